import { peer } from '../peer.mjs';
import { serve } from '../serve.mjs';
import { tfjs } from '../tfjs.mjs';
import '@tensorflow/tfjs-backend-webgpu';

serve(peer(tfjs('webgpu')));
