import { filmsPeer } from '../films_peer.mjs';
import { tfjsFilms } from '../films_tfjs.mjs';
import { serve } from '../serve.mjs';
import '@tensorflow/tfjs-backend-cpu';

serve(filmsPeer(tfjsFilms('cpu')));
