import { filmsPeer } from '../films_peer.mjs';
import { tfjsFilms } from '../films_tfjs.mjs';
import { serve } from '../serve.mjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

serve(
  filmsPeer(tfjsFilms('wasm', () => setWasmPaths(new URL('../tfjs-wasm/', globalThis.location.href).href))),
);
