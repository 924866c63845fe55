/**
 * A lab in an iframe: `<lesson>/frame.html?origin=https://host.example&…`.
 *
 * `origin` names the page that embeds; messages go to that origin and are taken from it, and from no other.
 * Without it the lab works by itself and says nothing. Further parameters: the element's attributes by name
 * (`lang`, `backend`, `seed`, `config`, `preset`, `hide`, `lock`, `figure`, `level`, `load`, `autostart`), and settings by name.
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

import { failureOf } from '../engine/failure.js';
import { isRecord, parseJson } from '../engine/json.js';
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

/** A call of the host. */
interface Call {
  id: unknown;
  method: string;
  args: unknown[];
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
  const settings = new Map<string, string>();
  for (const [name, value] of parameters) {
    if (name === 'origin') continue;
    if (name === 'lang') document.documentElement.lang = value;
    if (LAB_ATTRIBUTES.includes(name)) lab.setAttribute(name, value);
    else settings.set(name, value);
  }
  if (settings.size === 0) return;
  let config: unknown;
  try {
    config = parseJson(lab.getAttribute('config') ?? '{}');
  } catch {
    config = null;
  }
  // Anything else is left as it is: the element reports what it cannot read.
  if (isRecord(config))
    lab.setAttribute('config', JSON.stringify({ ...config, ...Object.fromEntries(settings) }));
}

function connect(origin: string): void {
  const post = (message: object): void => window.parent.postMessage({ emberbook: 1, ...message }, origin);
  for (const type of EVENTS) {
    lab.addEventListener(type, (event) => {
      const detail: unknown = event instanceof CustomEvent ? event.detail : null;
      post({ type, id: null, detail });
    });
  }
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source !== window.parent) return;
    const call = callIn(event.data);
    if (call) void answer(call, post);
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

/** The call that a message is; null for messages of others. */
function callIn(data: unknown): Call | null {
  if (!isRecord(data) || data['emberbook'] !== 1 || data['type'] !== 'call') return null;
  const { id, method, args } = data;
  return { id, method: String(method), args: Array.isArray(args) ? args : [] };
}

async function answer({ id, method, args }: Call, post: (message: object) => void): Promise<void> {
  try {
    const member: unknown = Reflect.get(lab, method);
    if (READABLE.has(method)) {
      post({ type: 'result', id, result: member });
    } else if (METHODS.has(method) && typeof member === 'function') {
      const result: unknown = await Reflect.apply(member, lab, args);
      post({ type: 'result', id, result });
    } else {
      throw new Error(`there is no method "${method}"`);
    }
  } catch (thrown) {
    post({ type: 'error', id, error: failureOf(thrown, 'bad_call') });
  }
}
