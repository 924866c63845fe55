import { emberbookDigits } from '../digits_emberbook.mjs';
import { serve } from '../serve.mjs';

serve(emberbookDigits('cpu', 32));
