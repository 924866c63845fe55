/** SHA-256 of the library alone, so that a bundler leaves out the library's other functions. */

export { sha256 } from '@noble/hashes/sha2.js';
