/**
 * A lab in an iframe: `<lesson>/frame.html?origin=https://host.example&…`.
 *
 * `origin` names the page that embeds; messages go to that origin and are taken from it, and from no other.
 * Without it the lab works by itself and says nothing. Further parameters: the element's attributes by name
 * (`lang`, `backend`, `seed`, `config`, `preset`, `hide`, `lock`, `load`, `autostart`), and settings by name.
 *
 * Every message, either way, is `{emberbook: 1, type, id, …}`:
 *
 * | from | type | fields |
 * |---|---|---|
 * | host | `call` | `id`, `method` (a method of the element), `args` (list) |
 * | lab | `result` | the same `id`, `result` |
 * | lab | `error` | the same `id`, `error` as `{code, message, details}` |
 * | lab | name of an event, such as `ember-progress` | `id` null, `detail` |
 * | lab | `ember-resize` | `id` null, `height` in CSS pixels |
 *
 * `status`, `device` and `controls` are read as methods without arguments. Bytes cross as `Uint8Array`, pictures as
 * `File`, `Blob` or `ImageData`.
 */

import { LAB_ATTRIBUTES } from '../lab/attributes.js';

const EVENTS = [
  'ember-ready',
  'ember-status',
  'ember-progress',
  'ember-goal',
  'ember-completed',
  'ember-error',
];

const METHODS = new Set([
  'start',
  'pause',
  'step',
  'reset',
  'rewind',
  'evaluate',
  'predict',
  'inspect',
  'history',
  'checkpoints',
  'exportModel',
  'importModel',
  'exportRun',
  'load',
]);

const READABLE = new Set(['status', 'device', 'controls']);

interface Call {
  emberbook: 1;
  type: 'call';
  id: unknown;
  method: string;
  args?: unknown[];
}

const parameters = new URLSearchParams(location.search);
const lab = document.querySelector<HTMLElement>('ember-lab')!;
const host = hostOrigin(parameters.get('origin'));

takeParameters();
if (host && window.parent !== window) connect(host);
await import(new URL('../embed.js', import.meta.url).href);

/** The origin named, if it is one. */
function hostOrigin(named: string | null): string | null {
  try {
    return named ? new URL(named).origin : null;
  } catch {
    return null;
  }
}

/** Writes the parameters to the element before it wakes. */
function takeParameters(): void {
  const settings: { [name: string]: string } = {};
  for (const [name, value] of parameters) {
    if (name === 'origin') continue;
    if (name === 'lang') document.documentElement.lang = value;
    if (LAB_ATTRIBUTES.includes(name)) lab.setAttribute(name, value);
    else settings[name] = value;
  }
  if (Object.keys(settings).length === 0) return;
  let config: object = {};
  try {
    config = JSON.parse(lab.getAttribute('config') ?? '{}') as object;
  } catch {
    // Left as it is: the element reports what it cannot read.
    return;
  }
  lab.setAttribute('config', JSON.stringify({ ...config, ...settings }));
}

function connect(origin: string): void {
  const post = (message: object): void => window.parent.postMessage({ emberbook: 1, ...message }, origin);
  for (const type of EVENTS) {
    lab.addEventListener(type, (event) =>
      post({ type, id: null, detail: (event as CustomEvent).detail as unknown }),
    );
  }
  window.addEventListener('message', (event: MessageEvent<Partial<Call> | null>) => {
    if (event.origin !== origin || event.source !== window.parent) return;
    if (event.data?.emberbook === 1 && event.data.type === 'call') void answer(event.data as Call, post);
  });
  // The lab's own height, not the page's, which is never less than the frame's and so would never shrink.
  let height = 0;
  new ResizeObserver(() => {
    const next = Math.ceil(lab.getBoundingClientRect().bottom + window.scrollY);
    if (next === height) return;
    height = next;
    post({ type: 'ember-resize', id: null, height });
  }).observe(lab);
}

async function answer({ id, method, args = [] }: Call, post: (message: object) => void): Promise<void> {
  const element = lab as unknown as Record<string, unknown>;
  try {
    if (READABLE.has(method)) {
      post({ type: 'result', id, result: element[method] });
    } else if (METHODS.has(method)) {
      const result = await (element[method] as (...args: unknown[]) => Promise<unknown>).apply(lab, args);
      post({ type: 'result', id, result });
    } else {
      throw new Error(`there is no method "${method}"`);
    }
  } catch (thrown) {
    const { code, message, details } = thrown as { code?: string; message?: string; details?: unknown };
    const error = { code: code ?? 'bad_call', message: message ?? String(thrown), details: details ?? {} };
    post({ type: 'error', id, error });
  }
}
