/**
 * One lab at work, without any drawing: what the element's public methods and the panels act through. The state itself
 * stands in `LabState`, what can be asked in `LabQuestions`. Whatever opens the lab anew (a setting, a reset, an older run) is done by `Opening`, and what
 * concerns the reader's own data by `OwnDataBook`.
 */

import { engineAddresses } from '../engine/addresses.js';
import { EngineClient } from '../engine/client.js';
import { EmberError, failureOf } from '../engine/failure.js';
import { missingFeature } from '../engine/floor.js';
import { changesWith, RATE_CHANGES } from '../engine/rate_changes.js';
import type { WorkerEvent } from '../engine/link.js';
import type { Device, Goal, Layer, OwnData, Progress, Settings } from '../engine/protocol.js';
import type { GoalChange } from './goal_book.js';
import type { KeptRun } from './kept/kept_run.js';
import { RunKeeper } from './kept/kept_run_keeper.js';
import type { Emit, Status } from './lab_events.js';
import { LEVEL_KEY, type Level } from './level.js';
import {
  addressWithout,
  asksForOther,
  changedLayers,
  layersOf,
  presetLayers,
  updatedLayers,
  type LabOptions,
} from './options.js';
import { Opening } from './opening.js';
import { OwnDataBook } from './own_data.js';
import { LabQuestions } from './questions.js';
import { sameValue, type Run } from './run.js';
import { remember } from '../kit/remembered.js';
import type { Language } from '../kit/words.js';

/** A lab. */
export class LabSession extends LabQuestions {
  readonly own: OwnDataBook;
  readonly keeper: RunKeeper;

  protected override readonly client: EngineClient;
  private readonly opening: Opening;
  private loadingPromise: Promise<void> | null = null;
  private trainingPromise: Promise<void> | null = null;
  /** The step a training under way goes to, and its pace. */
  private training = { end: 0, pace: 0 };
  private pauses = 0;
  private readonly reported = new WeakSet<EmberError>();
  private closed = false;

  /** `base` is the folder of the site, where the worker and the modules lie. */
  constructor(
    options: LabOptions,
    base: URL,
    language: Language,
    private readonly emit: Emit,
  ) {
    super(options, base, language);
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
        if (isLost) this.opening.stayOn(opened.device);
        this.loading = null;
        this.compiling = null;
        this.opened = opened;
        const run = this.runs.current;
        // While an older run is being taken up, the lab may be that one's already.
        if (run && sameValue(run.settings, opened.settings)) {
          run.truncate(progress);
          run.computeOn(opened.device, progress.step);
        }
        this.topics.announce('status', 'opened', 'progress', 'runs', 'notices');
      },
      gaveUp: (error) => void this.fail(error),
    });
    for (const notice of options.notices) this.messages.addNotice(notice);
    this.opening = new Opening(this, this.client);
    this.own = new OwnDataBook(this, this.opening, this.client);
    this.keeper = new RunKeeper(this, this.own, this);
  }

  /** Loads the lab; resolves when it can start. Rejects with `EmberError`. */
  override load(): Promise<void> {
    this.loadingPromise ??= this.firstOpen().catch((thrown: unknown) => {
      // Forgotten, so that the reader can try again.
      this.loadingPromise = null;
      throw this.fail(thrown, () => this.load());
    });
    return this.loadingPromise;
  }

  private async firstOpen(): Promise<void> {
    const missing = missingFeature();
    if (missing) throw new EmberError(missing);
    this.setStatus('loading');
    await this.opening.open({ layers: layersOf(this.options) });
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
    // A run of other settings than those just asked for is not what is wanted.
    const failed = await this.opening.idle;
    if (failed) throw failed;
    await this.load();
    if (this.pauses > pausesBefore) return;
    if (!this.trainingPromise && !this.finished) this.messages.clearErrors();
    return this.trainNow(steps, pace);
  }

  private async trainNow(steps: number, pace: number): Promise<void> {
    if (this.trainingPromise) return this.trainingPromise;
    if (this.finished) return;
    this.training = { end: this.runs.current!.progress.step + steps, pace };
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
    this.training.pace = pace;
    void this.client.setPace(pace);
  }

  /** Back to step 0 with the same settings; the run so far is kept for comparison. */
  async reset(): Promise<void> {
    await this.opening.reopen(() => ({ layers: changedLayers({}, this.options, this.opened!) }));
  }

  /**
   * Opens the lab with some settings changed; the run so far is kept for comparison. With another learning rate from the
   * beginning, changes that were made in the middle of a run with the one before are gone.
   */
  async changeSettings(changes: Settings): Promise<void> {
    const all = 'learning_rate' in changes ? { [RATE_CHANGES]: '', ...changes } : changes;
    await this.opening.change(() => {
      const declared = this.controls.some(({ name }) => name === RATE_CHANGES);
      return { layers: changedLayers(declared ? all : changes, this.options, this.opened!) };
    });
  }

  /**
   * Goes on with another learning rate from the step where the run stands, training on if it was. The settings hold the
   * change, and with them the address and the record: the run can be made again. The run as it was is kept for comparison.
   * Where the run has ended meanwhile nothing is changed.
   */
  async changeRate(rate: number): Promise<void> {
    await this.opening.goOnWith(() => {
      const { settings } = this.opened!;
      const { step } = this.runs.current!.progress;
      const changes: Settings =
        step === 0 ? { learning_rate: rate } : { [RATE_CHANGES]: changesWith(settings, step, rate) };
      return changedLayers(changes, this.options, this.opened!);
    });
  }

  /** Opens the lab with a preset; locked settings stay as they are. */
  async applyPreset(name: string): Promise<void> {
    await this.opening.change(() => ({ layers: presetLayers(name, this.options, this.opened!) }));
  }

  /** Opens the lab with the settings of a run record, on its kind of device. */
  async applyRecord(config: Settings, backend: Device['kind']): Promise<void> {
    await this.opening.change(() => ({ layers: [{ source: 'config', values: config }], backend }));
  }

  /** Takes an older run up again where it stopped; the current one is kept for comparison. */
  async resume(run: Run): Promise<void> {
    await this.opening.change(() => ({
      layers: [{ source: 'config', values: run.settings }],
      // What was brought since stays at hand.
      own: run.own ?? this.own.data,
      resume: run,
    }));
  }

  /**
   * Goes on with a run of an earlier visit, on the data of the reader's own that were kept with it where there are some;
   * where that is not possible, begins with its settings and says so.
   */
  async takeUp(kept: KeptRun, own: OwnData | null): Promise<void> {
    const layers: Layer[] = [{ source: 'config', values: kept.settings }];
    await this.opening.change(() => ({ layers, backend: kept.backend, kept, ...(own && { own }) }));
  }

  /** Takes the run to the other kind of device; where that cannot be done, it goes on where it was. */
  moveTo(kind: Device['kind']): Promise<void> {
    return this.opening.moveTo(kind);
  }

  /** Goes to the last checkpoint at or before a step; the run as it was is kept for comparison. */
  async rewind(step: number): Promise<void> {
    await this.opening.whileStill(async () => {
      const checkpoint = this.runs.current?.checkpointAt(step);
      if (!checkpoint) return;
      const progress = await this.client.restore(checkpoint.bytes);
      this.runs.fork(progress, this.device!);
      this.settle(progress);
    });
  }

  /**
   * Takes weights from a file as the start of a new run, and says what should be known of them. Rejects with `bad_model`,
   * `other_classes` or `other_columns`; nothing is lost then.
   */
  async importModel(bytes: Uint8Array): Promise<void> {
    await this.opening.whileStill(async () => {
      const { progress, remark } = await this.client.importModel(bytes);
      const run = this.runs.begin(this.opened!.settings, progress, this.device!, this.own.data);
      run.imported = true;
      if (remark) this.messages.add('warning', `errors.${remark.code}`, { ...remark.details });
      await this.opening.keepFirstCheckpoint(run);
      this.settle(progress);
    });
  }

  /** Shows more or fewer settings; on the book's own pages the choice is kept for the next one. */
  chooseLevel(level: Level): void {
    this.level = level;
    if (this.options.ownsAddress) {
      remember(LEVEL_KEY, level);
      // What the address asked for would be in force again after a reload.
      history.replaceState(history.state, '', addressWithout('level'));
    }
    this.topics.announce('level');
  }

  /** Resolves when a setting changed just before is in force, or has failed, and the lab is open. */
  override async settled(): Promise<void> {
    await this.opening.idle;
    await this.load();
  }

  /**
   * Takes up what the element says now; opens the lab anew where its settings are concerned. Where that is another
   * lesson, `other` says what is undone when it cannot be had, and how it is tried again.
   */
  update(
    options: LabOptions,
    language: Language,
    other: { undo(): void; again(): Promise<void> } | null = null,
  ): void {
    const before = { options: this.options, language: this.language };
    const isOtherLesson = before.options.lesson !== options.lesson;
    this.options = options;
    this.language = language;
    if (options.level && options.level !== before.options.level) this.level = options.level;
    for (const notice of options.notices) this.messages.addNotice(notice);
    this.topics.announce('words', 'notices', 'level');
    if (isOtherLesson || before.options.backend !== options.backend) this.opening.forgetDevice();
    if (!this.loadingPromise || !asksForOther(before.options, options)) return;
    const layers = (): Layer[] => updatedLayers(before.options, options, this.opened!);
    // Each lesson decodes data in its own way, and most would refuse what was brought to another.
    const own = isOtherLesson ? { own: null } : {};
    this.opening
      .reopen(() => ({ layers: layers(), ...own }), other?.again)
      .catch(() => {
        if (!isOtherLesson) return;
        this.options = { ...options, lesson: before.options.lesson };
        this.language = before.language;
        other?.undo();
        this.topics.announce('words');
      });
  }

  /** Shows everything in these words. */
  speak(language: Language): void {
    this.language = language;
    this.topics.announce('words');
  }

  override known(thrown: unknown): EmberError {
    return thrown instanceof EmberError ? thrown : new EmberError(failureOf(thrown, 'unknown'));
  }

  override report(thrown: unknown, again?: () => Promise<void>, wentBack = false): EmberError {
    const error = this.known(thrown);
    // An error passes through several hands on its way to whoever asked; it is told once.
    if (this.reported.has(error)) return error;
    this.reported.add(error);
    this.messages.addFailure(error, again, wentBack);
    this.topics.announce('notices');
    this.emit('ember-error', { code: error.code, message: error.message });
    return error;
  }

  /** Ends the worker. */
  close(): void {
    this.keeper.close();
    this.closed = true;
    this.client.close();
  }

  override async stopTraining(): Promise<() => void> {
    const { trainingPromise, training, pauses } = this;
    if (!trainingPromise) return () => undefined;
    await this.client.pause();
    await trainingPromise.catch(() => undefined);
    return () => {
      // Whoever asked for it to begin was told that it stands still; what it comes to is shown to the reader.
      if (this.pauses > pauses || this.closed) return;
      const left = training.end - this.runs.current!.progress.step;
      this.trainNow(left, training.pace).catch(() => undefined);
    };
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
    run.add(event.history);
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
  override async judge(run: Run): Promise<void> {
    const { openings } = this;
    try {
      for (const split of this.opened?.description.splits ?? []) {
        const figures = await this.client.request('evaluate', { split });
        // What was opened meanwhile may have answered in the place of this run's lab.
        if (this.runs.current !== run || this.openings !== openings) return;
        run.results = { ...run.results, [split]: figures };
      }
      this.topics.announce('runs');
    } catch (thrown) {
      if (!this.closed) this.report(thrown);
    }
  }

  /** Sets the status that the progress of the run at rest calls for. */
  override settle(progress: Progress): void {
    const { step, finished, diverged } = progress;
    this.compiling = null;
    this.setStatus(diverged ? 'error' : finished ? 'done' : step > 0 ? 'paused' : 'ready');
    this.topics.announce('opened', 'progress', 'runs', 'notices');
  }

  /** Takes in a goal as an experiment has judged it. */
  noteExperiment(goal: Goal): void {
    this.tellGoals(this.goals.noteExperiment(goal));
  }

  /** Tells of goals that have changed, and of the whole once all have passed. */
  override tellGoals({ changed, newlyPassed }: GoalChange): void {
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

  override fail(thrown: unknown, again?: () => Promise<void>): EmberError {
    this.recovering = false;
    this.loading = null;
    this.compiling = null;
    if (this.closed) return this.known(thrown);
    this.setStatus('error');
    return this.report(thrown, again);
  }

  override goBack(thrown: unknown, again: () => Promise<void>): EmberError {
    this.loading = null;
    this.compiling = null;
    if (this.closed || !this.opened) return this.known(thrown);
    const error = this.report(thrown, again, true);
    if (this.status !== 'training') this.settle(this.runs.current!.progress);
    else this.topics.announce('opened', 'progress', 'status');
    return error;
  }
}
