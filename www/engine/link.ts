/**
 * The line to one worker: starts it, sends requests, hands out answers, and notices when it is gone.
 *
 * A worker that has ended is noticed by its lock (life.ts), or, where there are no locks, by not answering while it has
 * nothing to do. One that lives and is stuck is noticed by its silence: every request has a limit to it.
 */

import { EmberError, failure } from './failure.js';
import { lockName, watchLock } from './life.js';
import type {
  Answer,
  AnswerTo,
  EngineFailure,
  FromWorker,
  ModuleAnswer,
  ModuleName,
  Opened,
  RequestName,
  Requests,
  RequestTo,
  WorkerMessage,
} from './protocol.js';

/** An event of the worker, without its own death and what the link answers by itself. */
export type WorkerEvent = Exclude<WorkerMessage, { event: 'up' | 'fatal' | 'module_wanted' }>;

/** The worker is gone. `culprit` says that the request this rejects was under way when it went. */
export class WorkerGone extends Error {
  constructor(
    readonly failure: EngineFailure,
    readonly culprit: boolean,
  ) {
    super(failure.message);
  }
}

interface Pending {
  name: RequestName;
  answer: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * Seconds without a word, while a run trains on a GPU or a worker starts, after which it is given up. The first step on a
 * GPU compiles its kernels, and so does the first evaluation: 20 s with a card that the processor imitates, more than 45
 * where others want the processor too. A card that hangs is found out by the browser, much sooner.
 */
const SILENCE_S = { trainingOnGpu: 240, starting: 30 };
/** Seconds without a word after which a worker that has nothing to do is asked whether it is there. */
const IDLE_S = 15;

/**
 * Seconds without a word after which a request is given up. Whatever a worker says counts as a word: progress, bytes of
 * a download, pictures read, other answers. They are generous, for a slow machine is not to be taken for a stuck one.
 */
const LIMITS_S: { [Name in RequestName]?: number } = {
  // Answered at once, out of turn.
  ping: 20,
  pause: 20,
  pace: 20,
  // Models whose checkpoint is a number of steps make them again, in a single call.
  restore: 1800,
  move: 1800,
};
/** The others open a lab, or compute over all rows or pictures in a single call. */
const USUAL_LIMIT_S = 300;

/** Requests that are never what a worker is stuck in: a run goes on from its checkpoint, the others are answered at once. */
const HARMLESS: ReadonlySet<RequestName> = new Set<RequestName>(['train', 'ping', 'pause', 'pace']);

/** One worker and the requests it has not answered yet. */
export class WorkerLink {
  /** Set when the worker is gone. */
  gone: EngineFailure | null = null;

  private readonly worker: Worker;
  private readonly pending = new Map<number, Pending>();
  private readonly clock: ReturnType<typeof setInterval>;
  private nextId = 1;
  private heard = false;
  private silentSeconds = 0;
  /** Seconds a step of the open lab may take. */
  private patience = 0;
  private blobUrl: string | null = null;
  private readonly lock = lockName();
  /** Modules that the worker waits for: then it is the page that is slow. */
  private bringing = 0;

  /**
   * Starts a worker. A worker of another origin, or one that a host page's policy keeps out, is started from
   * a Blob that imports it. `onIdleEnd` is called when it ends while nobody waits for an answer.
   *
   * Throws `worker_blocked`.
   */
  constructor(
    url: URL,
    fromBlob: boolean,
    private readonly onEvent: (event: WorkerEvent) => void,
    private readonly bringModule: (name: ModuleName) => Promise<ModuleAnswer>,
    private readonly onIdleEnd: (reason: EngineFailure) => void,
  ) {
    this.worker = this.spawn(url, fromBlob);
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.receive(data);
    this.worker.onmessageerror = () =>
      this.lose(failure('engine_panic', 'A message of the worker was unreadable.'));
    this.worker.onerror = (event) => {
      event.preventDefault();
      const code = this.heard ? 'engine_panic' : 'worker_blocked';
      this.lose(failure(code, event.message || 'The worker could not be started.'));
    };
    // Counted in ticks of a running page, so that a machine waking from sleep does not find its worker dead.
    this.clock = setInterval(() => this.tick(), 1000);
  }

  /** Sends a request. Rejects with `EmberError`, or with `WorkerGone` when the worker went before it answered. */
  request<Name extends RequestName>(
    name: Name,
    args: Requests[Name]['args'],
  ): Promise<Requests[Name]['result']> {
    if (this.gone) return Promise.reject(new WorkerGone(this.gone, false));
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const answer = (given: Answer): void => {
        if (isAnswerTo(name, given)) resolve(given.result);
        else reject(new TypeError(`The worker answered ${given.name} to ${name}.`));
      };
      const request: RequestTo<Name> = { id, name, args };
      try {
        this.worker.postMessage(request);
      } catch (thrown) {
        // What cannot be copied, such as a function, is the fault of whoever has handed it over.
        reject(new EmberError(failure('bad_input', `What was asked cannot be read: ${String(thrown)}`)));
        return;
      }
      if (this.pending.size === 0) this.silentSeconds = 0;
      this.pending.set(id, { name, answer, reject });
    });
  }

  /** How long a step of the lab just opened may take; a first one on a GPU compiles its kernels. */
  expect({ device, description }: Opened): void {
    this.patience = device.kind === 'webgpu' ? SILENCE_S.trainingOnGpu : description.longest_step;
  }

  /** Ends the worker; what is pending is rejected. */
  end(): void {
    this.lose(failure('worker_ended', 'The lab was closed.'));
  }

  private spawn(url: URL, fromBlob: boolean): Worker {
    const options: WorkerOptions = { type: 'module', name: this.lock };
    try {
      if (!fromBlob && url.origin === location.origin) return new Worker(url, options);
      const source = `import ${JSON.stringify(url.href)};`;
      this.blobUrl = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      return new Worker(this.blobUrl, options);
    } catch (thrown) {
      throw new EmberError(failure('worker_blocked', String(thrown)));
    }
  }

  private receive(message: FromWorker): void {
    this.heard = true;
    this.silentSeconds = 0;
    if ('id' in message) {
      const pending = this.pending.get(message.id);
      this.pending.delete(message.id);
      if ('error' in message) pending?.reject(new EmberError(message.error));
      else pending?.answer(message);
    } else if (message.event === 'up') {
      if (message.locked)
        watchLock(this.lock, () => this.lose(failure('engine_panic', 'The worker has ended.')));
    } else if (message.event === 'fatal') {
      this.lose(message.error, message.request);
    } else if (message.event === 'module_wanted') {
      this.bringing += 1;
      void this.bringModule(message.module).then((answer) => this.give(answer));
    } else {
      this.onEvent(message);
    }
  }

  /** Hands a module to the worker, which compiles it for itself where the browser cannot post it. */
  private give(answer: ModuleAnswer): void {
    this.bringing -= 1;
    this.silentSeconds = 0;
    try {
      this.worker.postMessage(answer);
    } catch {
      const without: ModuleAnswer = { module: answer.module, compiled: null };
      this.worker.postMessage(without);
    }
  }

  private tick(): void {
    if (this.bringing > 0) return;
    this.silentSeconds += 1;
    const waiting = [...this.pending.entries()];
    if (waiting.length === 0) {
      // Whether it answers is all that counts: the limit of this request sees to one that does not.
      if (this.silentSeconds >= IDLE_S) this.request('ping', {}).catch(() => undefined);
    } else if (!this.heard && this.silentSeconds > SILENCE_S.starting) {
      this.lose(failure('worker_blocked', 'The worker never answered.'));
    } else if (this.silentSeconds > Math.max(...waiting.map(([, { name }]) => this.limit(name)))) {
      const stuck = waiting.find(([, { name }]) => !HARMLESS.has(name));
      this.lose(failure('engine_panic', 'The worker fell silent.'), stuck?.[0]);
    }
  }

  private limit(name: RequestName): number {
    if (name === 'train') return this.patience;
    const limit = LIMITS_S[name] ?? USUAL_LIMIT_S;
    // One request may cost no less than one step.
    return HARMLESS.has(name) ? limit : Math.max(limit, this.patience);
  }

  private lose(reason: EngineFailure, culprit?: number): void {
    if (this.gone) return;
    this.gone = reason;
    clearInterval(this.clock);
    this.worker.terminate();
    if (this.blobUrl) URL.revokeObjectURL(this.blobUrl);
    const waiting = [...this.pending];
    this.pending.clear();
    for (const [id, { reject }] of waiting) reject(new WorkerGone(reason, id === culprit));
    const idle = waiting.every(([, { name }]) => name === 'ping');
    if (idle && reason.code !== 'worker_ended') this.onIdleEnd(reason);
  }
}

function isAnswerTo<Name extends RequestName>(
  name: Name,
  answer: { name: RequestName },
): answer is AnswerTo<Name> {
  return answer.name === name;
}
