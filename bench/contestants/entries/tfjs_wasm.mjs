import { peer } from '../peer.mjs';
import { serve } from '../serve.mjs';
import { tfjs } from '../tfjs.mjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

serve(peer(tfjs('wasm', () => setWasmPaths(new URL('../tfjs-wasm/', globalThis.location.href).href))));
