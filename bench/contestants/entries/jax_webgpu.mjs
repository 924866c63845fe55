import { jax } from '../jax.mjs';
import { peer } from '../peer.mjs';
import { serve } from '../serve.mjs';

serve(peer(jax('webgpu')));
