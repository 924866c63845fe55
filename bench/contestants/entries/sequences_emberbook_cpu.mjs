import { emberbookSequences } from '../sequences_emberbook.mjs';
import { serve } from '../serve.mjs';

serve(emberbookSequences());
