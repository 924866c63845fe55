import { digitsPeer } from '../digits_peer.mjs';
import { tfjsDigits } from '../digits_tfjs.mjs';
import { serve } from '../serve.mjs';
import '@tensorflow/tfjs-backend-cpu';

serve(digitsPeer(tfjsDigits('cpu'), 32));
