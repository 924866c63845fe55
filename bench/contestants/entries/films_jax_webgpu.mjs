import { jaxFilms } from '../films_jax.mjs';
import { filmsPeer } from '../films_peer.mjs';
import { serve } from '../serve.mjs';

serve(filmsPeer(jaxFilms('webgpu')));
