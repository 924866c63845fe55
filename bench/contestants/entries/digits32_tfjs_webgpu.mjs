import { digitsPeer } from '../digits_peer.mjs';
import { tfjsDigits } from '../digits_tfjs.mjs';
import { serve } from '../serve.mjs';
import '@tensorflow/tfjs-backend-webgpu';

serve(digitsPeer(tfjsDigits('webgpu'), 32));
