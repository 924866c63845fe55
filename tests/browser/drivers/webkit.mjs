/**
 * WebKitGTK by plain WebDriver: `WebKitWebDriver` starts its MiniBrowser, on a virtual display where there is
 * no other. WebDriver neither shows the console nor runs scripts before the page's own, so the site is seen
 * through a front that puts them in (support/front.mjs).
 */

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { openFront } from '../support/front.mjs';
import { keepProblems } from '../support/in_page.mjs';
import { watchWork } from '../support/watch_work.mjs';

/** Keys by their DOM names, as WebDriver writes them. */
const KEYS = {
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Space: ' ',
  Escape: '\uE00C',
  Backspace: '\uE003',
  Delete: '\uE017',
  Home: '\uE011',
  End: '\uE010',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
};

export async function launchWebKit({ executable, siteUrl }) {
  const port = await freePort();
  const driver = startDriver(executable, port);
  const send = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebDriver ${path}: ${value?.error} ${value?.message ?? ''}`);
    return value;
  };
  await untilReady(driver, send);
  const front = await openFront(siteUrl);
  const { sessionId } = await send('POST', '/session', { capabilities: { alwaysMatch: {} } });
  const session = (method, path, body) => send(method, `/session/${sessionId}${path}`, body);
  await session('POST', '/timeouts', { script: 450_000, pageLoad: 120_000 });
  return {
    open: (options) => openPage(session, front, siteUrl, options),
    close: async () => {
      await session('DELETE', '').catch(() => undefined);
      front.close();
      await stop(driver);
    },
  };
}

/** Forgets what tests before have left: other drivers give each page a profile of its own. */
const FORGET = `(async () => {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases()) {
    await new Promise((resolve, reject) => {
      const deletion = indexedDB.deleteDatabase(name);
      deletion.onsuccess = resolve;
      deletion.onerror = () => reject(deletion.error);
    });
  }
})()`;

/** Whether the page has loaded and its labs, if it has any, are elements by now. */
const UPGRADED = `document.readyState === 'complete' &&
  (!document.querySelector('ember-lab') || !!customElements.get('ember-lab'))`;

/** The one window there is, emptied for a test. */
async function openPage(session, front, siteUrl, { width = 1280, height = 900, before = [] } = {}) {
  front.before = [`(${keepProblems})(true)`, `(${watchWork})()`, ...before];
  front.problems.length = 0;
  const problems = [];
  await session('POST', '/window/rect', { width, height });
  const evaluate = async (expression) => {
    const script = `const done = arguments[arguments.length - 1];
      (async () => (${expression}))().then(
        (value) => done({ value }),
        (thrown) => done({ thrown: String(thrown && thrown.message || thrown) }));`;
    const { value, thrown } = await session('POST', '/execute/async', { script, args: [] });
    if (thrown !== undefined) throw new Error(thrown);
    return value;
  };
  await session('POST', '/url', { url: front.blank });
  await evaluate(FORGET);
  const collect = async () => {
    problems.push(...(await evaluate('globalThis.emberProblems?.splice(0) ?? []').catch(() => [])));
    return [...problems, ...front.problems];
  };
  const keys = (actions) =>
    session('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  const press = (key) => {
    const values = key.split('+').map((name) => KEYS[name] ?? name);
    return keys([
      ...values.map((value) => ({ type: 'keyDown', value })),
      ...values.reverse().map((value) => ({ type: 'keyUp', value })),
    ]);
  };
  return {
    native: null,
    goto: async (url) => {
      await collect();
      await session('POST', '/url', { url: url.replace(siteUrl, front.url) });
      // The driver may answer before the page's modules have run.
      for (let look = 0; look < 250 && !(await evaluate(UPGRADED)); look += 1) {
        await new Promise((resolve) => setTimeout(resolve, 40));
      }
    },
    evaluate,
    press,
    type: (text) =>
      keys(
        [...text].flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      ),
    clickAt: (x, y) =>
      session('POST', '/actions', {
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            parameters: { pointerType: 'mouse' },
            actions: [
              { type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport', duration: 0 },
              { type: 'pointerDown', button: 0 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      }),
    resize: (newWidth, newHeight) => session('POST', '/window/rect', { width: newWidth, height: newHeight }),
    screenshot: async () => Buffer.from(await session('GET', '/screenshot'), 'base64'),
    problems: collect,
    close: async () => {
      await session('POST', '/url', { url: 'about:blank' });
    },
  };
}

function startDriver(executable, port) {
  const needsDisplay = !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  const [program, ...first] = needsDisplay
    ? ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1400x1000x24', executable]
    : [executable];
  return spawn(program, [...first, '--host=127.0.0.1', `--port=${port}`], {
    // Its own process group, so that the display and the browser end with it.
    detached: true,
    stdio: 'ignore',
    env: {
      ...process.env,
      LANG: 'C.UTF-8',
      // Without a graphics card its layers would be put together by one that is imitated: half of the processor's time.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      // The sandbox of WebKitGTK cannot be set up by root.
      ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
    },
  });
}

async function untilReady(driver, send) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with status ${driver.exitCode}`);
    const status = await send('GET', '/status').catch(() => null);
    if (status?.ready) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('WebKitWebDriver did not answer within a minute');
}

async function stop(driver) {
  if (driver.exitCode !== null) return;
  const ended = new Promise((resolve) => driver.once('exit', resolve));
  process.kill(-driver.pid, 'SIGTERM');
  await ended;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
