/**
 * The worker of one lab: takes requests (protocol.ts), carries them out one after the other on the engine,
 * and sends events while a run trains. `pause` and `pace` are answered at once, out of turn; requests that
 * only read are carried out between two slices of a run.
 */

import { openOnDevice } from './device.js';
import { failure, failureOf } from './failure.js';
import { countersAsJson, watchGpu } from './gpu.js';
import { Modules } from './modules.js';
import type { EngineFailure, FromWorker, Opened, RequestName, Requests, ToWorker } from './protocol.js';
import { seriesOf } from './series.js';
import { OwnTables } from './tables.js';
import { Training } from './training.js';
import type { Engine, EngineModule } from './wasm.js';

/** The global scope of a dedicated worker, as far as it is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
  postMessage(message: FromWorker, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;

/** Requests that leave the lab as it is, and so may come between two slices of a run. */
const READING: ReadonlySet<RequestName> = new Set<RequestName>([
  'history',
  'series',
  'evaluate',
  'predict',
  'inspect',
  'checkpoint',
  'exportModel',
  'checkTable',
]);

const queue: ToWorker[] = [];
let busy = false;
let dead = false;
let engine: Engine | null = null;
let training: Training | null = null;
/** The module the lab runs in. */
let loaded: EngineModule | null = null;
let pace = 0;
/** Trainings with a smaller id than this are to end. */
let pausedBefore = 0;
let lastConsoleError = '';

const modules = new Modules((module, loaded, total) => post({ event: 'loading', module, loaded, total }));
const tables = new OwnTables();
const gpuCounters = watchGpu((message) =>
  die(failure('device_lost', `The graphics device was lost: ${message}`)),
);

// The panic hook of the module writes the place of a panic to the console; the page gets it with the failure.
const writeError = console.error.bind(console);
console.error = (...args: unknown[]) => {
  lastConsoleError = args.map(String).join(' ');
  writeError(...args);
};

scope.onmessage = ({ data: request }) => {
  if (dead) return;
  if (request.name === 'pause') {
    pausedBefore = request.id;
    post({ id: request.id, result: null });
  } else if (request.name === 'pace') {
    pace = request.args.pace;
    post({ id: request.id, result: null });
  } else {
    queue.push(request);
    void work();
  }
};

/** Carries out what is queued, unless that is being done already. */
async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let request = queue.shift(); request && !dead; request = queue.shift()) await answer(request);
  busy = false;
}

/** Between two slices of a run: the queued requests that only read, in their order. */
async function answerReadingRequests(): Promise<void> {
  while (!dead && queue[0] && READING.has(queue[0].name)) await answer(queue.shift()!);
}

async function answer(request: ToWorker): Promise<void> {
  try {
    const result = await carryOut(request);
    const transfer = result instanceof Uint8Array ? [result.buffer as ArrayBuffer] : [];
    if (!dead) post({ id: request.id, result }, transfer);
  } catch (thrown) {
    // A trap inside the module leaves its memory in no known state.
    if (thrown instanceof WebAssembly.RuntimeError) {
      const message = lastConsoleError || thrown.message;
      die(failure('engine_panic', message, { request: request.name }), request.id);
      return;
    }
    const error = failureOf(thrown, 'unknown');
    // Whatever was asked can be asked again of the next worker, so nobody is named as the cause.
    if (error.code === 'device_lost') die(error);
    else if (!dead) post({ id: request.id, error });
  }
}

async function carryOut(request: ToWorker): Promise<unknown> {
  if (request.name === 'open') return open(request.args);
  if (request.name === 'inspect' && request.args.what === 'gpu_counters') return countersAsJson(gpuCounters);
  if (!engine || !training) throw failure('unknown', `Request ${request.name} came before a lab was open.`);
  switch (request.name) {
    case 'train': {
      pace = request.args.pace ?? 0;
      return training.run({
        steps: request.args.steps ?? Infinity,
        pace: () => pace,
        paused: () => dead || pausedBefore > request.id,
        between: answerReadingRequests,
      });
    }
    case 'history':
      return engine.history(request.args.from);
    case 'series':
      return seriesOf(engine.history(0), request.args.metric);
    case 'evaluate':
      return engine.evaluate(request.args.split);
    case 'predict':
      return engine.predict(request.args.input);
    case 'inspect':
      return engine.inspect(request.args.what, request.args.options);
    case 'checkpoint':
      return engine.checkpoint();
    case 'restore':
      await engine.restore(request.args.bytes);
      return afterJump(engine, training);
    case 'exportModel':
      return engine.export_model(request.args.format);
    case 'importModel':
      await engine.import_model(request.args.bytes);
      return afterJump(engine, training);
    case 'checkTable':
      tables.handle(loaded!, request.args.table)!.free();
      return null;
    case 'pause':
    case 'pace':
      throw failure('unknown', `Request ${request.name} is answered out of turn.`);
    default:
      return request satisfies never;
  }
}

async function open(args: Requests['open']['args']): Promise<Opened> {
  // The lab before is let go only when this one stands: what cannot be opened must not cost the reader a run.
  const { engine: opened, module, device, build } = await openOnDevice(args, modules, tables);
  engine?.free();
  engine = opened;
  loaded = module;
  training = new Training(opened, post, args.quiet);
  const { controls, settings, address, notices, description, versions } = opened.opened();
  return {
    controls,
    settings,
    address,
    notices,
    description,
    device,
    progress: opened.progress(),
    goals: opened.goals(),
    versions: { ...versions, build },
  };
}

function afterJump(engine: Engine, training: Training): ReturnType<Engine['progress']> {
  const progress = engine.progress();
  training.jumped(progress);
  return progress;
}

/** Tells the page that this worker is of no more use; the page ends it and starts another. */
function die(error: EngineFailure, request?: number): void {
  if (dead) return;
  dead = true;
  post({ event: 'fatal', error, ...(request === undefined ? {} : { request }) });
}

function post(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}
