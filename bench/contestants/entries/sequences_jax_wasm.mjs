import { jaxSequences } from '../sequences_jax.mjs';
import { sequencesPeer } from '../sequences_peer.mjs';
import { serve } from '../serve.mjs';

serve(sequencesPeer(jaxSequences('wasm')));
