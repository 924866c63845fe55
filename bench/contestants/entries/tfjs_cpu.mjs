import { peer } from '../peer.mjs';
import { serve } from '../serve.mjs';
import { tfjs } from '../tfjs.mjs';
import '@tensorflow/tfjs-backend-cpu';

serve(peer(tfjs('cpu')));
