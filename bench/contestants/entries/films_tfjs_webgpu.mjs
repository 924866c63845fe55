import { filmsPeer } from '../films_peer.mjs';
import { tfjsFilms } from '../films_tfjs.mjs';
import { serve } from '../serve.mjs';
import '@tensorflow/tfjs-backend-webgpu';

serve(filmsPeer(tfjsFilms('webgpu')));
