/** The line to one worker: starts it, sends requests, hands out answers, and notices when it is gone. */

import { EmberError, failure } from './failure.js';
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
export type WorkerEvent = Exclude<WorkerMessage, { event: 'fatal' | 'module_wanted' }>;

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

/** Seconds without a word, while a run trains on a GPU or a worker starts, after which it is given up. */
const SILENCE_S = { trainingOnGpu: 45, starting: 30 };

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

  /**
   * Starts a worker. A worker of another origin, or one that a host page's policy keeps out, is started from
   * a Blob that imports it.
   *
   * Throws `worker_blocked`.
   */
  constructor(
    url: URL,
    fromBlob: boolean,
    private readonly onEvent: (event: WorkerEvent) => void,
    private readonly bringModule: (name: ModuleName) => Promise<ModuleAnswer>,
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
      this.pending.set(id, { name, answer, reject });
      const request: RequestTo<Name> = { id, name, args };
      this.worker.postMessage(request);
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
    try {
      if (!fromBlob && url.origin === location.origin) return new Worker(url, { type: 'module' });
      const source = `import ${JSON.stringify(url.href)};`;
      this.blobUrl = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
      return new Worker(this.blobUrl, { type: 'module' });
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
    } else if (message.event === 'fatal') {
      this.lose(message.error, message.request);
    } else if (message.event === 'module_wanted') {
      void this.bringModule(message.module).then((answer) => this.give(answer));
    } else {
      this.onEvent(message);
    }
  }

  /** Hands a module to the worker, which compiles it for itself where the browser cannot post it. */
  private give(answer: ModuleAnswer): void {
    try {
      this.worker.postMessage(answer);
    } catch {
      const without: ModuleAnswer = { module: answer.module, compiled: null };
      this.worker.postMessage(without);
    }
  }

  private tick(): void {
    this.silentSeconds += 1;
    const training = [...this.pending.values()].some(({ name }) => name === 'train');
    if (!this.heard && this.pending.size > 0 && this.silentSeconds > SILENCE_S.starting) {
      this.lose(failure('worker_blocked', 'The worker never answered.'));
    } else if (training && this.silentSeconds > this.patience) {
      this.lose(failure('engine_panic', 'The worker fell silent.'));
    }
  }

  private lose(reason: EngineFailure, culprit?: number): void {
    if (this.gone) return;
    this.gone = reason;
    clearInterval(this.clock);
    this.worker.terminate();
    if (this.blobUrl) URL.revokeObjectURL(this.blobUrl);
    for (const [id, { reject }] of this.pending) reject(new WorkerGone(reason, id === culprit));
    this.pending.clear();
  }
}

function isAnswerTo<Name extends RequestName>(
  name: Name,
  answer: { name: RequestName },
): answer is AnswerTo<Name> {
  return answer.name === name;
}
