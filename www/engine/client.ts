/**
 * The page's side of one lab: typed requests to a worker that is replaced when it dies.
 *
 * After a panic, a lost device, a silent worker or the end of one that nobody was asking, the client starts another, opens the lab with the same
 * layers on the same kind of device (on the CPU when the GPU was lost), goes back to the last checkpoint, and lets
 * what was asked go on: a training trains on, a request that only waited its turn is sent again. A request that was
 * itself under way when the worker died is rejected.
 */

import { compiledModules } from './compiled_modules.js';
import { EmberError, failure } from './failure.js';
import { WorkerGone, WorkerLink, type WorkerEvent } from './link.js';
import type {
  Device,
  EngineFailure,
  EngineUrls,
  Imported,
  Opened,
  Progress,
  RequestName,
  Requests,
} from './protocol.js';

/** What the owner of a client hears. */
export interface ClientListener {
  event(event: WorkerEvent): void;
  /** The worker died; another is being started. */
  recovering(reason: EngineFailure): void;
  /** The new worker stands where the last checkpoint was taken. */
  recovered(opened: Opened, progress: Progress, reason: EngineFailure): void;
  /** One worker after the other has died; none is started any more until somebody asks. */
  gaveUp(error: EmberError): void;
}

/** Requests sent as they are; the others have methods of their own. */
export type PlainRequest = Exclude<
  RequestName,
  'open' | 'train' | 'ping' | 'pause' | 'pace' | 'restore' | 'importModel' | 'move' | 'checkOwn'
>;

/** What a lab is opened with; the client knows the addresses. */
type OpenArgs = Omit<Requests['open']['args'], 'urls'>;

/** Workers that may die one after the other, without a step of progress, before the client gives up. */
const MOST_RECOVERIES = 3;
/** Milliseconds a worker has to have lived for its end, while nobody asked it anything, to be counted anew. */
const CALM_MS = 60_000;

/** One lab. */
export class EngineClient {
  private link: WorkerLink | null = null;
  private opening: OpenArgs | null = null;
  private checkpointBytes: Uint8Array | null = null;
  private progress: Progress | null = null;
  private recovery: Promise<void> | null = null;
  private moving: Promise<unknown> | null = null;
  private recoveriesInARow = 0;
  private stepAtRecovery = 0;
  private recoveredAt = -Infinity;
  private pauses = 0;
  private trainPace = 0;
  private fromBlob = false;
  private closed = false;

  constructor(
    private readonly workerUrl: URL,
    private readonly engineUrls: EngineUrls,
    private readonly listener: ClientListener,
  ) {}

  /** Opens a lab, in place of the one open before. Rejects with `EmberError`. */
  async open(args: OpenArgs): Promise<Opened> {
    this.recoveriesInARow = 0;
    let died = false;
    for (;;) {
      try {
        this.link ??= this.startWorker();
        const opened = await this.link.request('open', { ...args, urls: this.engineUrls });
        // Only now: a lab that cannot be opened leaves the one before it as it is.
        this.opening = onSameDevice(args, opened);
        this.checkpointBytes = null;
        this.link.expect(opened);
        this.progress = opened.progress;
        return opened;
      } catch (thrown) {
        if (!(thrown instanceof WorkerGone)) {
          // The lab before is not in this worker: it is opened in another when something is asked of it.
          if (died) this.link?.end();
          throw thrown;
        }
        died = true;
        this.link = null;
        await this.countRecovery(thrown.failure);
        args = withoutLostDevice(args, thrown.failure);
      }
    }
  }

  /** Trains `steps` steps, or to the end of the run; resolves there or when paused. */
  async train(steps: number, pace: number): Promise<Progress> {
    const target = (this.progress?.step ?? 0) + steps;
    const pausesBefore = this.pauses;
    this.trainPace = pace;
    // Whoever presses Run after the client has given up asks it to try again.
    if (this.link?.gone) this.recoveriesInARow = 0;
    for (;;) {
      await this.recovery;
      if (this.pauses > pausesBefore && this.progress) return this.progress;
      const left = target - (this.progress?.step ?? 0);
      const args = { pace: this.trainPace, ...(Number.isFinite(left) ? { steps: left } : {}) };
      try {
        this.progress = await this.openLink().request('train', args);
        if (!this.moving) return this.progress;
        // Ended only for the lab to be moved: it trains on over there.
        await this.moving;
      } catch (thrown) {
        await this.recoverFrom(thrown);
      }
    }
  }

  /**
   * Takes the lab to the other kind of device at the step where it stands; a training under way goes on there.
   * Rejects with `EmberError`; the lab is then where it was.
   */
  async moveTo(backend: Device['kind']): Promise<Opened> {
    await this.recovery;
    const move = this.move(backend);
    this.moving = move.catch(() => undefined).finally(() => (this.moving = null));
    return move;
  }

  private async move(backend: Device['kind']): Promise<Opened> {
    try {
      const link = this.openLink();
      // Answered at once, out of turn, while the move waits for the training to end.
      const [, opened] = await Promise.all([link.request('pause', {}), link.request('move', { backend })]);
      this.opening = onSameDevice(this.opening!, opened);
      link.expect(opened);
      this.progress = opened.progress;
      return opened;
    } catch (thrown) {
      await this.recoverFrom(thrown);
      throw thrown instanceof WorkerGone ? new EmberError(thrown.failure) : thrown;
    }
  }

  /** Reads the reader's own data for a lab with these settings without using them. Rejects with `EmberError`. */
  checkOwn(args: Omit<Requests['checkOwn']['args'], 'urls'>): Promise<Requests['checkOwn']['result']> {
    return this.send('checkOwn', { ...args, urls: this.engineUrls });
  }

  /** Ends a training at its next step. */
  async pause(): Promise<void> {
    this.pauses += 1;
    await this.link?.request('pause', {}).catch(ignoreGone);
  }

  /** Changes the pace of a training under way: steps per second, or 0 for full speed. */
  async setPace(pace: number): Promise<void> {
    this.trainPace = pace;
    await this.link?.request('pace', { pace }).catch(ignoreGone);
  }

  /** Any request that leaves the lab as it is. */
  request<Name extends PlainRequest>(
    name: Name,
    args: Requests[Name]['args'],
  ): Promise<Requests[Name]['result']> {
    return this.send(name, args);
  }

  private async send<Name extends RequestName>(
    name: Name,
    args: Requests[Name]['args'],
  ): Promise<Requests[Name]['result']> {
    for (;;) {
      await this.recovery;
      try {
        return await this.openLink().request(name, args);
      } catch (thrown) {
        await this.recoverFrom(thrown);
        if (thrown instanceof WorkerGone && thrown.culprit) throw new EmberError(thrown.failure);
      }
    }
  }

  /** Goes to a checkpoint of the open lab. */
  async restore(bytes: Uint8Array): Promise<Progress> {
    this.progress = await this.change('restore', bytes);
    this.checkpointBytes = bytes;
    return this.progress;
  }

  /** Takes the weights of a file; the run starts anew from them. */
  async importModel(bytes: Uint8Array): Promise<Imported> {
    const imported = await this.change('importModel', bytes);
    this.progress = imported.progress;
    this.checkpointBytes = await this.request('checkpoint', {});
    return imported;
  }

  /** Ends the worker. */
  close(): void {
    this.closed = true;
    this.link?.end();
    this.link = null;
    compiledModules.leave(this);
  }

  private async change<Name extends 'restore' | 'importModel'>(
    name: Name,
    bytes: Uint8Array,
  ): Promise<Requests[Name]['result']> {
    await this.recovery;
    try {
      return await this.openLink().request(name, { bytes });
    } catch (thrown) {
      await this.recoverFrom(thrown);
      throw thrown instanceof WorkerGone ? new EmberError(thrown.failure) : thrown;
    }
  }

  private openLink(): WorkerLink {
    if (!this.link) throw new EmberError(failure('not_open', 'The lab is not open.'));
    return this.link;
  }

  private startWorker(): WorkerLink {
    const onEvent = (event: WorkerEvent): void => {
      if (event.event === 'progress') {
        this.progress = event.progress;
        if (event.progress.step > this.stepAtRecovery) this.recoveriesInARow = 0;
      } else if (event.event === 'checkpoint') {
        this.checkpointBytes = event.bytes;
      }
      this.listener.event(event);
    };
    return new WorkerLink(
      this.workerUrl,
      this.fromBlob,
      onEvent,
      (name) => compiledModules.answer(name, this.engineUrls[name].wasm, this, onEvent),
      (reason) => this.recoverUnasked(reason),
    );
  }

  /** The worker ended while nobody asked it anything: browsers take them away from pages that are not looked at. */
  private recoverUnasked(reason: EngineFailure): void {
    if (this.closed || !this.opening) return;
    if (performance.now() - this.recoveredAt > CALM_MS) this.recoveriesInARow = 0;
    // Whoever owns the client hears of a failure by `gaveUp`.
    this.recoverFrom(new WorkerGone(reason, false)).catch(() => undefined);
  }

  /** Passes every error on but the death of the worker, from which it recovers; several callers share one recovery. */
  private async recoverFrom(thrown: unknown): Promise<void> {
    if (!(thrown instanceof WorkerGone)) throw thrown;
    if (this.closed || !this.opening) throw new EmberError(thrown.failure);
    if (!this.link?.gone) return this.recovery ?? undefined;
    this.recovery ??= this.recover(thrown.failure)
      .catch((error: unknown) => {
        if (error instanceof EmberError) this.listener.gaveUp(error);
        throw error;
      })
      .finally(() => (this.recovery = null));
    return this.recovery;
  }

  private async recover(reason: EngineFailure): Promise<void> {
    this.opening = withoutLostDevice(this.opening!, reason);
    for (;;) {
      await this.countRecovery(reason);
      this.listener.recovering(reason);
      try {
        this.link = this.startWorker();
        const opened = await this.link.request('open', { ...this.opening, urls: this.engineUrls });
        this.link.expect(opened);
        const bytes = this.checkpointBytes;
        this.progress = bytes ? await this.link.request('restore', { bytes }) : opened.progress;
        this.stepAtRecovery = this.progress.step;
        this.recoveredAt = performance.now();
        this.listener.recovered(opened, this.progress, reason);
        return;
      } catch (thrown) {
        if (!(thrown instanceof WorkerGone)) {
          // The new worker is well and has no lab, for want of a file: the next request tries again.
          this.link?.end();
          this.recoveriesInARow = 0;
          throw thrown;
        }
        reason = thrown.failure;
        this.opening = withoutLostDevice(this.opening, reason);
      }
    }
  }

  private async countRecovery(reason: EngineFailure): Promise<void> {
    this.recoveriesInARow += 1;
    // Where the worker's own address is kept out, a Blob may still be let in; that is tried once.
    const blockedTwice = reason.code === 'worker_blocked' && this.fromBlob;
    this.fromBlob ||= reason.code === 'worker_blocked';
    if (!this.closed && !blockedTwice && this.recoveriesInARow <= MOST_RECOVERIES) return;
    throw new EmberError(this.closed ? reason : await this.explained(reason));
  }

  /** What finds out why a worker did not come up is fetched when it is needed, where it can be. */
  private async explained(reason: EngineFailure): Promise<EngineFailure> {
    if (reason.code !== 'worker_blocked') return reason;
    const asked = import('./why_blocked.js').then(({ whyBlocked }) => whyBlocked(reason, this.workerUrl));
    return asked.catch(() => reason);
  }
}

/** The same lab for another worker, which need not find out again which device suits it. */
function onSameDevice(args: OpenArgs, { device }: Opened): OpenArgs {
  const { kind, reason, timing } = device;
  return { ...args, backend: kind, because: { reason, timing } };
}

/** The same lab for another worker; on the CPU when the one before lost its GPU. */
function withoutLostDevice(args: OpenArgs, { code }: EngineFailure): OpenArgs {
  if (code !== 'device_lost') return args;
  return {
    ...args,
    backend: 'cpu',
    because: { reason: 'device_lost', timing: args.because?.timing ?? null },
  };
}

function ignoreGone(thrown: unknown): void {
  if (!(thrown instanceof WorkerGone)) throw thrown;
}
