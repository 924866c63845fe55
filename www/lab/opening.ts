/**
 * Opens a lab, and opens it anew: with other settings, on other data or another device, or where an older run stood.
 * One such work is done after the other, with the run at rest; a training asked for later waits for them. What fails
 * leaves the lab as it was, a training under way included, and the reader can try again.
 */

import type { EngineClient } from '../engine/client.js';
import type { EmberError } from '../engine/failure.js';
import type { BackendChoice, Device, DeviceGrounds, Layer, Opened, OwnData } from '../engine/protocol.js';
import type { KeptRun } from './kept/kept_run.js';
import { restoreKept } from './kept/kept_run_restore.js';
import { addressWith, backendOf } from './options.js';
import type { Run } from './run.js';
import type { LabState } from './state.js';

/** What to lay over the settings when the lab is opened anew. */
export interface Reopening {
  layers: Layer[];
  backend?: BackendChoice;
  /** Data of the reader's own in place of those at hand; null for none. */
  own?: OwnData | null;
  /** An older run to take up again in place of a new one. */
  resume?: Run;
  /** A run of an earlier visit to go on with in place of a new one, if this build can. */
  kept?: KeptRun;
  /** Whether the run at hand goes on at its step, with these settings from there on. */
  goesOn?: boolean;
}

/** Where a lab is opened, and why there. */
interface OnDevice {
  backend: Device['kind'];
  because: DeviceGrounds;
}

/** The place of a device that was chosen before. */
const onDevice = ({ kind, reason, timing }: Device): OnDevice => ({
  backend: kind,
  because: { reason, timing },
});

/** A lab that is to be gone back to. */
interface Before {
  opened: Opened | null;
  own: OwnData | null;
  run: Run | null;
}

/** The opening of one lab. */
export class Opening {
  /** Ends with the failure of the work under way, or with none. */
  private exclusive: Promise<EmberError | null> = Promise.resolve(null);
  /** The device the reader has moved to, or that is left since the GPU was lost. */
  private movedTo: OnDevice | null = null;

  constructor(
    private readonly state: LabState,
    private readonly client: EngineClient,
  ) {}

  /** Settles once nothing is being opened, with the failure of what was under way: its settings are not in force then. */
  get idle(): Promise<EmberError | null> {
    return this.exclusive;
  }

  /** As `reopen`, and writes the settings into the page's address. */
  change(reopening: () => Reopening): Promise<void> {
    const again = (): Promise<void> => this.change(reopening);
    return this.reopen(reopening, again).then(() => this.writeAddress());
  }

  /** Opens the lab anew once what is under way has ended, with the run at rest; `again` is what the reader can try. */
  reopen(
    reopening: () => Reopening,
    again: () => Promise<void> = () => this.reopen(reopening),
  ): Promise<void> {
    return this.whileStill(() => this.open(reopening()), again);
  }

  /**
   * Opens the lab anew at the step where its run stands, with other settings from there on, and trains on if it did. A run
   * that has ended by then stays as it is.
   */
  async goOnWith(layers: () => Layer[]): Promise<void> {
    const work = async (): Promise<void> => {
      const { finished, runs, ownData } = this.state;
      if (finished) return;
      // What was brought since is not what it has learned from.
      await this.open({ layers: layers(), own: runs.current?.own ?? ownData, goesOn: true });
      this.writeAddress();
    };
    await this.whileStill(work, () => this.goOnWith(layers), true);
  }

  /** One such work after the other; a training asked for later waits for them. `trainsOn` says whether one under way does. */
  whileStill(
    work: () => Promise<void>,
    again: (() => Promise<void>) | null = null,
    trainsOn = false,
  ): Promise<void> {
    const { state } = this;
    const result = this.exclusive.then(async () => {
      await state.load();
      const trainOn = await state.stopTraining();
      try {
        await work();
      } catch (thrown) {
        trainOn();
        throw again ? state.goBack(thrown, again) : thrown;
      }
      if (trainsOn) trainOn();
    });
    return this.queue(result);
  }

  private queue(work: Promise<void>): Promise<void> {
    const ended = (failure: EmberError | null): EmberError | null => {
      // Whoever asks from now on has seen how it ended.
      if (this.exclusive === outcome) this.exclusive = Promise.resolve(null);
      return failure;
    };
    const outcome: Promise<EmberError | null> = work.then(
      () => ended(null),
      (thrown: unknown) => ended(this.state.known(thrown)),
    );
    this.exclusive = outcome;
    return work;
  }

  /**
   * Takes the run to the other kind of device at the step where it stands, and goes on there if it was training. When
   * that cannot be done, it goes on where it was, and the error says so.
   */
  async moveTo(kind: Device['kind']): Promise<void> {
    const { state } = this;
    const result = this.exclusive.then(async () => {
      await state.load();
      if (state.device!.kind === kind) return;
      const opened = await this.client.moveTo(kind);
      this.stayOn(opened.device);
      state.opened = opened;
      state.loading = null;
      state.messages.clearErrors();
      const run = state.runs.current!;
      run.truncate(opened.progress);
      run.computeOn(opened.device, opened.progress.step);
      if (state.status === 'training') state.topics.announce('opened', 'progress', 'runs', 'notices');
      else state.settle(opened.progress);
    });
    return this.queue(
      result.catch((thrown: unknown) => {
        state.loading = null;
        state.compiling = null;
        state.topics.announce('status');
        throw state.report(thrown, () => this.moveTo(kind));
      }),
    );
  }

  /** Opens the lab on this device from now on, whatever is asked for. */
  stayOn(device: Device): void {
    this.movedTo = onDevice(device);
  }

  /** Opens the lab on the device that is asked for again. */
  forgetDevice(): void {
    this.movedTo = null;
  }

  /** Opens the lab at once; all but the first opening goes through `reopen`. */
  async open(reopening: Reopening): Promise<void> {
    const { state } = this;
    const { layers, backend, own = state.ownData, goesOn } = reopening;
    state.openings += 1;
    const before = { opened: state.opened, own: state.ownData, run: state.runs.current };
    const { lesson } = state.options;
    const device = backend
      ? { backend }
      : ((goesOn ? state.device && onDevice(state.device) : this.movedTo) ?? {
          backend: backendOf(state.options),
        });
    const opened = await this.client.open({ lesson, layers, own, ...device });
    try {
      await this.take(opened, own, reopening);
    } catch (thrown) {
      await this.openAgain(before);
      throw thrown;
    }
  }

  /** Makes a lab that the worker has opened the one that is shown, with a run of its own. */
  private async take(opened: Opened, own: OwnData | null, reopening: Reopening): Promise<void> {
    const { state } = this;
    const { resume, kept, goesOn } = reopening;
    const last = (goesOn ? state.runs.current : resume)?.checkpoints.at(-1);
    const resumed = last ? await this.client.restore(last.bytes) : null;
    if (state.opened && state.opened.description.id !== opened.description.id) state.runs.clear();
    state.opened = opened;
    state.ownData = own;
    state.loading = null;
    state.compiling = null;
    state.messages.clearErrors();
    state.messages.clearSettings();
    for (const notice of opened.notices) state.messages.addNotice(notice);
    state.goals.declare(opened.description);
    state.tellGoals(state.goals.noteRun(opened.goals));
    state.topics.announce('goals');
    if (resume && resumed) {
      state.runs.resume(resume);
      resume.truncate(resumed);
      resume.computeOn(opened.device, resumed.step);
    } else if (goesOn && resumed) {
      state.runs.fork(resumed, opened.device, opened.settings);
      // Not a step more, but the worker tells of the goals as they stand here.
      await this.client.train(0, 0);
    } else {
      const run = state.runs.begin(opened.settings, opened.progress, opened.device, own);
      await this.keepFirstCheckpoint(run);
      if (kept) await this.goOn(kept, opened);
    }
    state.settle(state.runs.current!.progress);
  }

  /** The lab as it was, at the last checkpoint of its run: another stands in the worker that could not be used. */
  private async openAgain({ opened, own, run }: Before): Promise<void> {
    if (!opened || !run) return;
    const { state } = this;
    const layers: Layer[] = [{ source: 'config', values: opened.settings }];
    const lesson = opened.description.id;
    state.openings += 1;
    state.opened = await this.client.open({ lesson, layers, own, ...onDevice(opened.device) });
    state.ownData = own;
    if (state.runs.current !== run) state.runs.resume(run);
    const last = run.checkpoints.at(-1);
    run.truncate(last ? await this.client.restore(last.bytes) : state.opened.progress);
  }

  /** Step 0 can be gone back to like any other, and a worker that dies early has a place to go on from. */
  async keepFirstCheckpoint(run: Run): Promise<void> {
    const bytes = await this.client.request('checkpoint', {});
    run.keep({ step: run.progress.step, epoch: run.progress.epoch, bytes });
  }

  /** Puts the run that has just begun where a kept one stood, or says that it cannot go on there. */
  private async goOn(kept: KeptRun, opened: Opened): Promise<void> {
    const run = this.state.runs.current!;
    if (!(await restoreKept(this.client, kept, opened, run))) {
      this.state.messages.add('warning', 'ui.kept.begun_again');
    } else if (run.progress.finished && !run.progress.diverged) {
      void this.state.judge(run);
    }
  }

  private writeAddress(): void {
    const { options, opened } = this.state;
    if (!options.ownsAddress || !opened) return;
    const declared = opened.controls.map(({ name }) => name);
    history.replaceState(history.state, '', addressWith(declared, opened.address));
  }
}
