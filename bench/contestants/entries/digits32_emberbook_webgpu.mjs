import { emberbookDigits } from '../digits_emberbook.mjs';
import { serve } from '../serve.mjs';

serve(emberbookDigits('webgpu', 32));
