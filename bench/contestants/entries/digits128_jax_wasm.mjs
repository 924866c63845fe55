import { jaxDigits } from '../digits_jax.mjs';
import { digitsPeer } from '../digits_peer.mjs';
import { serve } from '../serve.mjs';

serve(digitsPeer(jaxDigits('wasm'), 128));
