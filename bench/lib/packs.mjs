/** The site's packed files of data. */

/**
 * @param {string} site
 * @param {string} name
 */
export async function readPack(site, name) {
  const response = await fetch(new URL(`data/${name}`, site));
  const stream = response.body.pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
