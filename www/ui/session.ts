/**
 * One lab at work: its status, its runs and its settings, without any drawing.
 *
 * The element's public methods and the panels both act through this class. Whatever opens the lab anew
 * (a setting, a reset, an older run) goes through `whileStill`, one after the other.
 */

import { engineAddresses } from '../engine/addresses.js';
import { EngineClient, type PlainRequest } from '../engine/client.js';
import { EmberError, failure, failureOf } from '../engine/failure.js';
import { missingFeature } from '../engine/floor.js';
import type { WorkerEvent } from '../engine/link.js';
import type {
  BackendChoice,
  Control,
  Device,
  DeviceGrounds,
  Goal,
  Layer,
  Opened,
  OwnPictures,
  OwnTable,
  Progress,
  Requests,
  Settings,
} from '../engine/protocol.js';
import { GoalBook, type GoalChange } from './goal_book.js';
import type { KeptRun } from './kept_run.js';
import { RunKeeper } from './kept_run_keeper.js';
import { restoreKept } from './kept_run_restore.js';
import type { Emit, Status } from './lab_events.js';
import { Messages } from './notices.js';
import {
  addressWith,
  backendOf,
  changedLayers,
  layersOf,
  presetLayers,
  valuesOf,
  type LabOptions,
} from './options.js';
import { RunBook } from './run_book.js';
import { sameValue, type Run } from './run.js';
import { Topics } from './topics.js';

/** Settings whose values speak of the data at hand: of the columns and rows of a table, or of whose pictures. */
const DATA_SETTINGS: ReadonlySet<string> = new Set([
  'dataset',
  'label_column',
  'features',
  'train_size',
  'eval_steps',
]);

/** What to lay over the settings when the lab is opened anew. */
interface Reopening {
  layers: Layer[];
  backend?: BackendChoice;
  because?: DeviceGrounds;
  /** The reader's own table in place of the one at hand; null for none. */
  table?: OwnTable | null;
  /** The reader's own pictures in place of those at hand; null for none. */
  pictures?: OwnPictures | null;
  /** An older run to take up again in place of a new one. */
  resume?: Run;
  /** A run of an earlier visit to go on with in place of a new one, if this build can. */
  kept?: KeptRun;
}

/** A lab. */
export class LabSession {
  status: Status = 'idle';
  opened: Opened | null = null;
  /** What is being loaded or read, and how far; `total` is 0 where the server does not tell. */
  loading: Omit<Extract<WorkerEvent, { event: 'loading' }>, 'event'> | null = null;
  /** Programs that a GPU has compiled for the lab's first step, while it waits for them. */
  compiling: { pipelines: number; expected: number } | null = null;
  /** Whether a worker died and another is being started. */
  recovering = false;
  stepsPerSecond = 0;
  /** Whether the lab stands on a dark page; set by the view. */
  dark = false;
  /** The reader's own table, where one was brought. */
  table: OwnTable | null = null;
  /** The reader's own pictures, where some were brought. */
  pictures: OwnPictures | null = null;
  readonly goals = new GoalBook();
  readonly runs = new RunBook();
  readonly messages = new Messages();
  readonly topics = new Topics();
  readonly keeper: RunKeeper;

  private readonly client: EngineClient;
  private loadingPromise: Promise<void> | null = null;
  private trainingPromise: Promise<void> | null = null;
  private exclusive: Promise<unknown> = Promise.resolve();
  private pauses = 0;
  /** Tells one table or set of pictures from another. */
  private nextKey = 1;
  /** The device the reader has moved to, or that is left since the GPU was lost. */
  private movedTo: { backend: Device['kind']; because: DeviceGrounds } | null = null;
  private readonly reported = new WeakSet<EmberError>();
  private closed = false;

  /** `base` is the folder of the site, where the worker and the modules lie. */
  constructor(
    public options: LabOptions,
    readonly base: URL,
    private readonly emit: Emit,
  ) {
    const { worker, urls } = engineAddresses(base);
    this.client = new EngineClient(worker, urls, {
      event: (event) => this.onWorkerEvent(event),
      recovering: () => {
        this.recovering = true;
        this.topics.announce('status');
      },
      recovered: (opened, progress, { code }) => {
        this.recovering = false;
        const isLost = code === 'device_lost' && opened.device.kind === 'cpu';
        const key = isLost ? 'ui.messages.device_lost' : 'ui.messages.recovered';
        this.messages.add('warning', key, { step: progress.step });
        if (isLost) this.stayOn(opened.device);
        this.loading = null;
        this.compiling = null;
        this.opened = opened;
        this.runs.current?.truncate(progress);
        this.runs.current?.computeOn(opened.device, progress.step);
        this.topics.announce('status', 'opened', 'progress', 'runs', 'notices');
      },
    });
    for (const notice of options.notices) this.messages.addNotice(notice);
    this.keeper = new RunKeeper(this);
  }

  get device(): Device | null {
    return this.opened?.device ?? null;
  }

  get controls(): Control[] {
    return this.opened?.controls ?? [];
  }

  /** Whether nothing is left to train in the current run. */
  get finished(): boolean {
    return this.runs.current?.progress.finished ?? false;
  }

  /** Loads the lab; resolves when it can start. Rejects with `EmberError`. */
  load(): Promise<void> {
    this.loadingPromise ??= this.firstOpen().catch((thrown: unknown) => {
      // Forgotten, so that the reader can try again.
      this.loadingPromise = null;
      throw this.fail(thrown);
    });
    return this.loadingPromise;
  }

  private async firstOpen(): Promise<void> {
    const missing = missingFeature();
    if (missing) throw new EmberError(missing);
    this.setStatus('loading');
    await this.openWith({ layers: layersOf(this.options) });
    this.emit('ember-ready', { device: this.device! });
  }

  /** Trains to the end of the run or until paused; on a finished run resolves at once. */
  async start(pace = 0): Promise<void> {
    await this.train(Infinity, pace);
  }

  /** Trains `count` steps. */
  async step(count: number): Promise<void> {
    await this.train(count, 0);
  }

  private async train(steps: number, pace: number): Promise<void> {
    const pausesBefore = this.pauses;
    await this.exclusive;
    await this.load();
    if (this.pauses > pausesBefore) return;
    if (this.trainingPromise) return this.trainingPromise;
    if (this.finished) return;
    this.messages.clearErrors();
    this.setStatus('training');
    this.trainingPromise = this.client
      .train(steps, pace)
      .then(
        (progress) => this.afterTraining(progress),
        (thrown: unknown) => {
          throw this.fail(thrown);
        },
      )
      .finally(() => (this.trainingPromise = null));
    return this.trainingPromise;
  }

  /** Pauses at the next step; resolves when the run stands still. */
  async pause(): Promise<void> {
    this.pauses += 1;
    await this.stopTraining();
  }

  /** Changes the speed of a run under way, in steps per second; 0 is full speed. */
  setPace(pace: number): void {
    void this.client.setPace(pace);
  }

  /** Back to step 0 with the same settings; the run so far is kept for comparison. */
  async reset(): Promise<void> {
    await this.reopen(() => ({ layers: changedLayers({}, this.options, this.opened!) }));
  }

  /** Opens the lab with some settings changed; the run so far is kept for comparison. */
  async changeSettings(changes: Settings): Promise<void> {
    await this.reopen(() => ({ layers: changedLayers(changes, this.options, this.opened!) }));
    this.writeAddress();
  }

  /** Opens the lab with a preset; locked settings stay as they are. */
  async applyPreset(name: string): Promise<void> {
    await this.reopen(() => ({ layers: presetLayers(name, this.options, this.opened!) }));
    this.writeAddress();
  }

  /** Opens the lab with the settings of a run record, on its kind of device. */
  async applyRecord(config: Settings, backend: Device['kind']): Promise<void> {
    await this.reopen(() => ({ layers: [{ source: 'config', values: config }], backend }));
    this.writeAddress();
  }

  /** Takes an older run up again where it stopped; the current one is kept for comparison. */
  async resume(run: Run): Promise<void> {
    await this.reopen(() => ({
      layers: [{ source: 'config', values: run.settings }],
      table: run.table,
      pictures: run.pictures,
      resume: run,
    }));
    this.writeAddress();
  }

  /**
   * Goes on with a run of an earlier visit, on the reader's own pictures that were kept with it where there are some;
   * where that is not possible, begins with its settings and says so.
   */
  async takeUp(kept: KeptRun, pictures: OwnPictures | null): Promise<void> {
    const layers: Layer[] = [{ source: 'config', values: kept.settings }];
    const own = pictures ? { pictures } : {};
    await this.reopen(() => ({ layers, backend: kept.backend, kept, ...own }));
    this.writeAddress();
  }

  /** A table or a set of pictures with the key that tells it from others. */
  withKey<Data extends object>(data: Data): Data & { key: number } {
    return { ...data, key: this.nextKey++ };
  }

  /**
   * Opens the lab on a table of the reader's own, given as UTF-8 text; settings that do not speak of the table are
   * kept. Rejects with `bad_table`; the lab and a run under way are then untouched.
   */
  async useTable(name: string, bytes: Uint8Array): Promise<void> {
    const table = this.withKey({ name, bytes });
    try {
      await this.request('checkTable', { table });
    } catch (thrown) {
      throw this.report(thrown);
    }
    await this.reopen(() => ({ layers: this.layersWithoutData(), table }));
    this.writeAddress();
  }

  /** Goes back to the lesson's own data. */
  async dropTable(): Promise<void> {
    await this.reopen(() => ({ layers: this.layersWithoutData(), table: null }));
    this.writeAddress();
  }

  /**
   * Opens the lab on pictures of the reader's own, files of a folder or zips, and says so; settings that do not speak
   * of the data are kept. Rejects with `bad_picture`, `bad_pictures`, or `unknown_file` where the lab learns from no
   * pictures of one's own; the lab and a run under way are then untouched.
   */
  async usePictures(name: string, files: OwnPictures['files']): Promise<void> {
    const pictures = this.withKey({ name, files });
    const { ignored, ...read } = await this.checkPictures(pictures);
    await this.reopen(() => ({ layers: this.layersWithoutData(), pictures }));
    this.writeAddress();
    const key = ignored > 0 ? 'ui.own_pictures.taken_some' : 'ui.own_pictures.taken';
    this.messages.add('good', key, { name, pictures: read.pictures, ignored });
    this.topics.announce('notices');
  }

  /** Goes back to the lesson's own pictures. */
  async dropPictures(): Promise<void> {
    await this.reopen(() => ({ layers: this.layersWithoutData(), pictures: null }));
    this.writeAddress();
  }

  private async checkPictures(pictures: OwnPictures): Promise<Requests['checkPictures']['result']> {
    try {
      await this.exclusive;
      await this.load();
      const { name: file } = pictures;
      if (!this.opened!.description.pictures?.own) {
        throw new EmberError(
          failure('unknown_file', `This lab learns from no pictures such as ${file}.`, { file }),
        );
      }
      const { lesson } = this.options;
      return await this.client.checkPictures({ lesson, layers: this.layersWithoutData(), pictures });
    } catch (thrown) {
      throw this.report(thrown);
    } finally {
      this.loading = null;
      this.topics.announce('status');
    }
  }

  /**
   * Takes the run to the other kind of device at the step where it stands, and goes on there if it was training. When
   * that cannot be done, it goes on where it was, and the error says so.
   */
  async moveTo(kind: Device['kind']): Promise<void> {
    const result = this.exclusive.then(async () => {
      await this.load();
      if (this.device!.kind === kind) return;
      const opened = await this.client.moveTo(kind);
      this.stayOn(opened.device);
      this.opened = opened;
      this.loading = null;
      this.messages.clearErrors();
      const run = this.runs.current!;
      run.truncate(opened.progress);
      run.computeOn(opened.device, opened.progress.step);
      if (this.status === 'training') this.topics.announce('opened', 'progress', 'runs', 'notices');
      else this.settle(opened.progress);
    });
    this.exclusive = result.catch(() => undefined);
    return result.catch((thrown: unknown) => {
      this.loading = null;
      this.compiling = null;
      this.topics.announce('status');
      throw this.report(thrown);
    });
  }

  private stayOn({ kind, reason, timing }: Device): void {
    this.movedTo = { backend: kind, because: { reason, timing } };
  }

  /** Goes to the last checkpoint at or before a step; the run as it was is kept for comparison. */
  async rewind(step: number): Promise<void> {
    await this.whileStill(async () => {
      const checkpoint = this.runs.current?.checkpointAt(step);
      if (!checkpoint) return;
      const progress = await this.client.restore(checkpoint.bytes);
      this.runs.fork(progress, this.device!);
      this.settle(progress);
    });
  }

  /** Takes weights from a file as the start of a new run. Rejects with `bad_model`; nothing is lost then. */
  async importModel(bytes: Uint8Array): Promise<void> {
    await this.whileStill(async () => {
      const progress = await this.client.importModel(bytes);
      const run = this.runs.begin(this.opened!.settings, progress, this.device!);
      run.imported = true;
      await this.keepFirstCheckpoint(run);
      this.settle(progress);
    });
  }

  /** A request that leaves the lab as it is. */
  async request<Name extends PlainRequest>(
    name: Name,
    args: Requests[Name]['args'],
  ): Promise<Requests[Name]['result']> {
    // A setting changed just before is meant to be in force.
    await this.exclusive;
    await this.load();
    return this.client.request(name, args);
  }

  /** Takes up what the element says now; opens the lab anew where its settings are concerned. */
  update(options: LabOptions): void {
    const before = this.options;
    this.options = options;
    const settingsOf = ({ lesson, backend, seed, config, preset }: LabOptions): string =>
      JSON.stringify([lesson, backend, seed, config, preset]);
    for (const notice of options.notices) this.messages.addNotice(notice);
    this.topics.announce('words', 'notices');
    if (before.lesson !== options.lesson) this.runs.clear();
    if (before.lesson !== options.lesson || before.backend !== options.backend) this.movedTo = null;
    if (this.loadingPromise && settingsOf(before) !== settingsOf(options)) {
      void this.reopen(() => ({ layers: layersOf(options) })).catch(() => undefined);
    }
  }

  /** Shows an error to the reader and to the host page; the lab stays usable. Returns it in the one form. */
  report(thrown: unknown): EmberError {
    const failure = failureOf(thrown, 'unknown');
    const error = thrown instanceof EmberError ? thrown : new EmberError(failure);
    // An error passes through several hands on its way to whoever asked; it is told once.
    if (this.reported.has(error)) return error;
    this.reported.add(error);
    this.messages.addFailure(failure);
    this.topics.announce('notices');
    this.emit('ember-error', { code: failure.code, message: failure.message });
    return error;
  }

  /** Ends the worker. */
  close(): void {
    this.keeper.close();
    this.closed = true;
    this.client.close();
  }

  /** Opens the lab anew once what is under way has ended, with the run at rest. */
  private reopen(reopening: () => Reopening): Promise<void> {
    return this.whileStill(() => this.openWith(reopening())).catch((thrown: unknown) => {
      throw this.fail(thrown);
    });
  }

  /** One such work after the other; a training asked for later waits for them. */
  private whileStill(work: () => Promise<void>): Promise<void> {
    const result = this.exclusive.then(async () => {
      await this.load();
      await this.stopTraining();
      await work();
    });
    this.exclusive = result.catch(() => undefined);
    return result;
  }

  private async stopTraining(): Promise<void> {
    if (!this.trainingPromise) return;
    await this.client.pause();
    await this.trainingPromise.catch(() => undefined);
  }

  private async openWith({
    layers,
    backend,
    table = this.table,
    pictures = this.pictures,
    resume,
    kept,
  }: Reopening): Promise<void> {
    const { lesson } = this.options;
    const device = backend ? { backend } : (this.movedTo ?? { backend: backendOf(this.options) });
    const opened = await this.client.open({ lesson, layers, table, pictures, ...device });
    this.opened = opened;
    this.table = table;
    this.pictures = pictures;
    this.loading = null;
    this.compiling = null;
    this.messages.clearErrors();
    this.messages.clearSettings();
    for (const notice of opened.notices) this.messages.addNotice(notice);
    this.goals.declare(opened.description);
    this.tellGoals(this.goals.noteRun(opened.goals));
    this.topics.announce('goals');
    const last = resume?.checkpoints.at(-1);
    if (resume && last) {
      const progress = await this.client.restore(last.bytes);
      this.runs.resume(resume);
      resume.truncate(progress);
      resume.computeOn(opened.device, progress.step);
    } else {
      const run = this.runs.begin(opened.settings, opened.progress, opened.device);
      run.table = table;
      run.pictures = pictures;
      await this.keepFirstCheckpoint(run);
      if (kept) await this.goOn(kept, opened);
    }
    this.settle(this.runs.current!.progress);
  }

  /** Puts the run that has just begun where a kept one stood, or says that it cannot go on there. */
  private async goOn(kept: KeptRun, opened: Opened): Promise<void> {
    const run = this.runs.current!;
    if (!(await restoreKept(this.client, kept, opened, run))) {
      this.messages.add('warning', 'ui.kept.begun_again');
    } else if (run.progress.finished && !run.progress.diverged) {
      void this.judge(run);
    }
  }

  /** Step 0 can be gone back to like any other, and a worker that dies early has a place to go on from. */
  private async keepFirstCheckpoint(run: Run): Promise<void> {
    const bytes = await this.client.request('checkpoint', {});
    run.keep({ step: run.progress.step, epoch: run.progress.epoch, bytes });
  }

  /** The settings the reader has changed and those that lead, but for those that speak of the data. */
  private layersWithoutData(): Layer[] {
    const { controls, settings } = this.opened!;
    const kept = controls.filter(
      ({ name, default: usual, leads }) =>
        leads || (!DATA_SETTINGS.has(name) && !sameValue(settings[name]!, usual)),
    );
    return [{ source: 'config', values: valuesOf(kept, settings) }];
  }

  private writeAddress(): void {
    if (!this.options.ownsAddress || !this.opened) return;
    const declared = this.opened.controls.map(({ name }) => name);
    history.replaceState(history.state, '', addressWith(declared, this.opened.address));
  }

  private onWorkerEvent(event: WorkerEvent): void {
    if (this.closed) return;
    if (event.event === 'loading') {
      this.loading = event;
      this.topics.announce('status');
      return;
    }
    if (event.event === 'compiling') {
      const { pipelines, expected } = event;
      this.compiling = { pipelines, expected };
      this.topics.announce('status');
      return;
    }
    const run = this.runs.current;
    if (!run) return;
    if (event.event === 'checkpoint') {
      run.keep(event);
      return;
    }
    run.add(event.points);
    if (event.progress.step > run.progress.step) this.compiling = null;
    run.progress = event.progress;
    this.stepsPerSecond = event.stepsPerSecond;
    const { step, totalSteps, epoch, metrics } = event.progress;
    this.emit('ember-progress', { step, totalSteps, epoch, metrics });
    this.tellGoals(this.goals.noteRun(event.goals));
    this.topics.announce('progress');
  }

  private afterTraining(progress: Progress): void {
    const run = this.runs.current!;
    run.progress = progress;
    if (progress.finished && !progress.diverged) void this.judge(run);
    this.settle(progress);
    if (progress.diverged) {
      this.report(
        new EmberError({ code: 'diverged', message: 'The loss is no longer finite.', details: {} }),
      );
    }
  }

  /** The figures of a finished run on every split, for the comparison of runs. */
  private async judge(run: Run): Promise<void> {
    try {
      for (const split of this.opened?.description.splits ?? []) {
        const figures = await this.client.request('evaluate', { split });
        if (this.runs.current !== run) return;
        run.results = { ...run.results, [split]: figures };
      }
      this.topics.announce('runs');
    } catch (thrown) {
      if (!this.closed) this.report(thrown);
    }
  }

  /** Sets the status that the progress of the run at rest calls for. */
  private settle(progress: Progress): void {
    const { step, finished, diverged } = progress;
    this.compiling = null;
    this.setStatus(diverged ? 'error' : finished ? 'done' : step > 0 ? 'paused' : 'ready');
    this.topics.announce('opened', 'progress', 'runs', 'notices');
  }

  /** Takes in a goal as an experiment has judged it. */
  noteExperiment(goal: Goal): void {
    this.tellGoals(this.goals.noteExperiment(goal));
  }

  private tellGoals({ changed, newlyPassed }: GoalChange): void {
    for (const goal of newlyPassed) this.emit('ember-goal', goal);
    if (changed) this.topics.announce('goals');
    const score = this.goals.scoreWhenCompleted(this.options.hide);
    if (score !== null) this.emit('ember-completed', { score });
  }

  private setStatus(status: Status): void {
    if (status === this.status) return;
    this.status = status;
    this.emit('ember-status', { status });
    this.topics.announce('status');
  }

  /** An error after which the lab stands still: its status says so, and all it had is kept. */
  private fail(thrown: unknown): EmberError {
    this.recovering = false;
    this.loading = null;
    this.compiling = null;
    if (this.closed)
      return thrown instanceof EmberError ? thrown : new EmberError(failureOf(thrown, 'unknown'));
    this.setStatus('error');
    return this.report(thrown);
  }
}
