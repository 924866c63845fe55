import { emberbook } from '../emberbook.mjs';
import { serve } from '../serve.mjs';

serve(emberbook('cpu'));
