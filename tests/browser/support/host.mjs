/** A page of somebody else, on an origin of its own, that holds labs of the site. */

import { createServer } from 'node:http';
import { watchWork } from './watch_work.mjs';

/**
 * Serves pages by path: `{'/': html}`. The policy allows what the README asks a host page to allow, but for `wasm` where
 * that is false. Gives `{origin, close}`.
 */
export async function openHost(siteUrl, pages, { wasm = true } = {}) {
  const site = new URL(siteUrl).origin;
  const policy = [
    "default-src 'none'",
    `script-src 'unsafe-inline' ${wasm ? "'wasm-unsafe-eval'" : ''} ${site}`,
    `connect-src ${site}`,
    `worker-src blob: ${site}`,
    'img-src blob: data:',
    "style-src 'unsafe-inline'",
    `frame-src ${site}`,
  ].join('; ');
  const server = createServer((request, response) => {
    const html = pages[new URL(request.url, 'http://host.example').pathname];
    if (html === undefined) {
      response.writeHead(request.url === '/favicon.ico' ? 204 : 404);
      response.end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    // Where the driver puts no scripts of the tests before those of a page, the page has to bring this one.
    response.end(html.replace('<head>', `<head><script>(${watchWork})()</script>`));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
