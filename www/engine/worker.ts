/**
 * The worker of one lab: takes requests (protocol.ts), carries them out one after the other on the engine,
 * and sends events while a run trains. `ping`, `pause` and `pace` are answered at once, out of turn; requests that
 * only read are carried out between two slices of a run.
 */

import { askAboutPictures } from './material/asked_pictures.js';
import { Compiling } from './compiling.js';
import { Devices, type OpenedEngine, type OpenRequest } from './device.js';
import { failure, failureOf } from './failure.js';
import { countersAsJson, watchGpu } from './gpu.js';
import { holdLock } from './life.js';
import { Material } from './material/material.js';
import { pictureDecoder, type DecodePicture } from './material/picture_decoder.js';
import { Modules } from './modules.js';
import type {
  Answer,
  AnswerTo,
  Device,
  EngineFailure,
  EngineUrls,
  FromWorker,
  Json,
  ModuleAnswer,
  Opened,
  PictureInput,
  Progress,
  RequestName,
  Requests,
  RequestTo,
  ToWorker,
} from './protocol.js';
import { seriesOf } from './history.js';
import { Training } from './training.js';
import { WantedModules } from './wanted_modules.js';
import type { EnginePicture, PicturesModule } from './wasm.js';

/** The lab that is open, and what it was opened with. */
interface OpenLab extends OpenedEngine {
  training: Training;
  request: OpenRequest & { quiet?: boolean };
  /** Whether it has not made a step here yet. */
  isFresh: boolean;
}

/** Requests that wait their turn: all but those that are answered at once. */
type Queued = Exclude<ToWorker, { name: 'ping' | 'pause' | 'pace' }>;

/** Requests that leave the lab as it is, and so may come between two slices of a run. */
const READING: ReadonlySet<RequestName> = new Set<RequestName>([
  'history',
  'series',
  'evaluate',
  'predict',
  'inspect',
  'checkpoint',
  'exportModel',
  'checkOwn',
  'lookAtTable',
]);

const queue: Queued[] = [];
let busy = false;
let dead = false;
let lab: OpenLab | null = null;
let pace = 0;
/** Trainings with a smaller id than this are to end. */
let pausedBefore = 0;
let lastConsoleError = '';

const wanted = new WantedModules(post);
const modules = new Modules(wanted, post);
const pictureModules = new Modules<'pictures', PicturesModule>(wanted, post);
const decoderAt = (urls: EngineUrls): DecodePicture =>
  pictureDecoder(async () => (await pictureModules.load('pictures', urls)).module);
const material = new Material(post, decoderAt);
const compiling = new Compiling(post);
const devices = new Devices(modules, material, compiling);
const gpuCounters = watchGpu(onGpuLost, () => compiling.count());

// The panic hook of the module writes the place of a panic to the console; the page gets it with the failure.
const writeError = console.error.bind(console);
console.error = (...args: unknown[]) => {
  lastConsoleError = args.map(String).join(' ');
  writeError(...args);
};

globalThis.onmessage = ({ data: request }: MessageEvent<ToWorker | ModuleAnswer>) => {
  if (dead) return;
  if ('module' in request) {
    wanted.answered(request);
  } else if (request.name === 'ping') {
    post(answerTo(request, null));
  } else if (request.name === 'pause') {
    pausedBefore = request.id;
    post(answerTo(request, null));
  } else if (request.name === 'pace') {
    pace = request.args.pace;
    post(answerTo(request, null));
  } else {
    queue.push(request);
    void work();
  }
};

globalThis.onmessageerror = () => wanted.unreadable();

holdLock(globalThis.name, (locked) => post({ event: 'up', locked }));

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

async function answer(request: Queued): Promise<void> {
  try {
    const answered = await carryOut(request);
    const transfer = answered.result instanceof Uint8Array ? [answered.result.buffer] : [];
    if (!dead) post(answered, transfer);
  } catch (thrown) {
    const error = failureOf(thrown, 'unknown');
    if (isBroken(thrown, error)) {
      const message = lastConsoleError || error.message;
      die(failure('engine_panic', message, { request: request.name }), request.id);
      return;
    }
    // Whatever was asked can be asked again of the next worker, so nobody is named as the cause.
    if (error.code === 'device_lost' && lab?.device.kind === 'webgpu') die(error);
    else if (!dead) post({ id: request.id, name: request.name, error });
  }
}

/**
 * Whether the module is of no more use. A trap leaves its memory in no known state, and so does a stack that is full
 * (which is no trap to browsers); after either every further call is refused as "recursive use".
 */
function isBroken(thrown: unknown, { message }: EngineFailure): boolean {
  if (thrown instanceof WebAssembly.RuntimeError) return true;
  return thrown instanceof Error && /call stack|too much recursion|recursive use/i.test(message);
}

async function carryOut(request: Queued): Promise<Answer> {
  if (request.name === 'open') return answerTo(request, await open(request.args));
  if (request.name === 'inspect' && request.args.what === 'gpu_counters') {
    return answerTo(request, countersAsJson(gpuCounters));
  }
  if (!lab) throw failure('unknown', `Request ${request.name} came before a lab was open.`);
  const { engine, module } = lab;
  switch (request.name) {
    case 'train':
      return answerTo(request, await train(lab, request));
    case 'history':
      return answerTo(request, engine.history(request.args.from));
    case 'series':
      return answerTo(request, seriesOf(engine.history(0), request.args.metric));
    case 'evaluate':
      return answerTo(request, await engine.evaluate(request.args.split));
    case 'predict': {
      const { input, pictures } = request.args;
      return answerTo(request, await ask(lab, pictures, (decoded) => engine.predict(input, decoded)));
    }
    case 'inspect': {
      const { what, options, pictures } = request.args;
      return answerTo(request, await ask(lab, pictures, (decoded) => engine.inspect(what, options, decoded)));
    }
    case 'checkpoint':
      return answerTo(request, await engine.checkpoint());
    case 'restore':
      await engine.restore(request.args.bytes);
      return answerTo(request, afterJump(lab));
    case 'exportModel':
      return answerTo(request, await engine.export_model(request.args.format));
    case 'importModel': {
      const remark = await engine.import_model(request.args.bytes);
      return answerTo(request, { progress: afterJump(lab), remark });
    }
    case 'checkOwn':
      return answerTo(request, await material.check(module, request.args));
    case 'lookAtTable': {
      const { lesson, name, bytes, reading } = request.args;
      return answerTo(request, module.EngineOwn.look_at_table(lesson, name, bytes, reading));
    }
    case 'move':
      return answerTo(request, await move(lab, request.args.backend));
    case 'compareDevices':
      return answerTo(request, await devices.compare(lab.request));
    default:
      return request satisfies never;
  }
}

function answerTo<Name extends RequestName>(
  { id, name }: RequestTo<Name>,
  result: Requests[Name]['result'],
): AnswerTo<Name> {
  return { id, name, result };
}

/** Trains until the steps are made, the run ends, or a pause is asked for. */
function train(open: OpenLab, { id, args }: RequestTo<'train'>): Promise<Progress> {
  pace = args.pace ?? 0;
  const isFirst = open.isFresh && args.steps !== 0;
  if (isFirst) open.isFresh = false;
  if (isFirst && open.device.kind === 'webgpu') {
    compiling.begin(open.engine.opened().description.pipelines);
  }
  const run = open.training.run({
    steps: args.steps ?? Infinity,
    pace: () => pace,
    paused: () => dead || pausedBefore > id,
    between: () => {
      compiling.end();
      return answerReadingRequests();
    },
  });
  return run.finally(() => compiling.end());
}

async function open(request: Requests['open']['args']): Promise<Opened> {
  // The lab before is let go only when this one stands: what cannot be opened must not cost the reader a run.
  return take(await devices.open(request), request);
}

/** The same lab at the same step on the other device; the one before stands until then. */
async function move({ engine, device, request }: OpenLab, kind: Device['kind']): Promise<Opened> {
  const checkpoint = await engine.checkpoint();
  const moved = await devices.openOn(kind, request, { reason: 'moved', timing: device.timing });
  try {
    await moved.engine.restore(checkpoint);
  } catch (thrown) {
    if (!(thrown instanceof WebAssembly.RuntimeError)) moved.engine.free();
    throw thrown;
  }
  return take(moved, request);
}

/** Puts a lab in the place of the one before, and says what it is. */
function take(opened: OpenedEngine, request: OpenLab['request']): Opened {
  lab?.engine.free();
  material.settle(request);
  lab = { ...opened, training: new Training(opened.engine, post, request.quiet), request, isFresh: true };
  const { engine, module, device, build } = opened;
  const { controls, settings, address, notices, description, versions } = engine.opened();
  return {
    controls,
    settings,
    address,
    notices,
    description,
    device,
    progress: afterJump(lab),
    goals: engine.goals(),
    versions: { ...versions, build },
    picturesByBrowser: description.pictures?.own_name == null ? 0 : material.decodedByBrowser(module),
  };
}

function ask(
  { module, request }: OpenLab,
  pictures: PictureInput[] | undefined,
  question: (decoded: EnginePicture[]) => Promise<Json>,
): Promise<Json> {
  return pictures?.length
    ? askAboutPictures(module, pictures, decoderAt(request.urls), question)
    : question([]);
}

function afterJump({ engine, training }: OpenLab): Progress {
  const progress = engine.progress();
  training.jumped(progress);
  return progress;
}

/** The run on a GPU goes on in another worker; a lab on the CPU only has no GPU to be moved to any more. */
function onGpuLost(message: string): void {
  if (lab?.device.kind === 'webgpu') die(failure('device_lost', `The graphics device was lost: ${message}`));
  else devices.loseGpu(`The graphics device was lost: ${message}`);
}

/** Tells the page that this worker is of no more use; the page ends it and starts another. */
function die(error: EngineFailure, request?: number): void {
  if (dead) return;
  dead = true;
  post({ event: 'fatal', error, ...(request === undefined ? {} : { request }) });
}

function post(message: FromWorker, transfer: Transferable[] = []): void {
  globalThis.postMessage(message, transfer);
}
