/**
 * A front before the site: it hands every request on and puts a script of the tests before the scripts of each
 * page. The page's policy holds for that script as for any other. It can also put a script before one of the site's, and
 * hold pages of its own.
 */

import { createServer } from 'node:http';
import { watchWork } from './watch_work.mjs';

const SCRIPT_PATH = '/front-of-the-tests.js';
/** A page of the same origin with nothing on it. */
const BLANK_PATH = '/front-of-the-tests.html';

/**
 * Opens a front before the site at `siteUrl`. `before` holds the sources to run in each page first;
 * `requests` the paths that were asked for, `problems` the requests that were answered by an error; `blank` is the address of
 * an empty page. `beforeScript` holds the sources to run before a script of the site, by its path; `ownPages` further
 * pages by their paths, `{html, policy}`; `missing` the paths that are answered as not there, `stalled` those of which only the
 * first bytes come. With `folder` (such as `a/b/`) the site stands in that
 * folder, and nothing outside it.
 */
export async function openFront(siteUrl, folder = '') {
  const front = {
    before: [],
    beforeScript: {},
    ownPages: {},
    missing: new Set(),
    stalled: new Set(),
    problems: [],
    requests: [],
    url: '',
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((thrown) => {
      front.problems.push(`request: ${request.url} ${thrown.message}`);
      response.destroy();
    });
  });

  async function answer(request, response) {
    front.requests.push(request.url);
    if (request.url === SCRIPT_PATH) {
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(front.before.join(';\n'));
      return;
    }
    if (request.url === BLANK_PATH) {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><title>Nothing</title><link rel="icon" href="data:,">');
      return;
    }
    const own = front.ownPages[request.url.slice(1)];
    if (own) {
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': own.policy,
      });
      response.end(withScript(own.html));
      return;
    }
    if (!request.url.startsWith(`/${folder}`)) {
      front.problems.push(`request: ${request.url} is outside of /${folder}`);
      response.writeHead(404);
      response.end();
      return;
    }
    const path = request.url.slice(folder.length + 1);
    if (front.missing.has(path)) {
      response.writeHead(404, { 'content-type': 'text/plain' });
      response.end('not here');
      return;
    }
    const upstream = await fetch(new URL(path, siteUrl), { redirect: 'manual' });
    if (upstream.status >= 400) front.problems.push(`request: ${request.url} ${upstream.status}`);
    const headers = Object.fromEntries(upstream.headers);
    // `fetch` has unpacked the body, and the script makes pages longer.
    delete headers['content-encoding'];
    delete headers['content-length'];
    delete headers['transfer-encoding'];
    let body = Buffer.from(await upstream.arrayBuffer());
    if (headers['content-type']?.startsWith('text/html')) {
      body = Buffer.from(withScript(body.toString('utf8')));
    }
    const before = front.beforeScript[path];
    if (before) body = Buffer.concat([Buffer.from(`${before};\n`), body]);
    if (front.stalled.has(path)) {
      response.writeHead(upstream.status, { ...headers, 'content-length': String(body.length) });
      response.write(body.subarray(0, 1000));
      return;
    }
    response.writeHead(upstream.status, headers);
    response.end(body);
  }

  const withScript = (html) => html.replace('<head>', `<head>\n<script src="${SCRIPT_PATH}"></script>`);

  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  front.blank = new URL(BLANK_PATH, `http://127.0.0.1:${server.address().port}/`).href;
  front.url = `http://127.0.0.1:${server.address().port}/${folder}`;
  return front;
}

/** The same for a case whose pages stand on it: they bring the account of what they wait for (watch_work.mjs). */
export async function openWatchedFront(siteUrl) {
  const front = await openFront(siteUrl);
  front.before = [`(${watchWork})()`];
  return front;
}
