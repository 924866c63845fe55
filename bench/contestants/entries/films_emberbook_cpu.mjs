import { emberbookFilms } from '../films_emberbook.mjs';
import { serve } from '../serve.mjs';

serve(emberbookFilms('cpu'));
