/**
 * Carries out an experiment: its runs in workers of their own, side by side where there are cores for it, on the CPU, so
 * that the reader's lab goes on undisturbed. Nothing is done on the page for single steps: the worker trains quietly, and what is told is
 * measured at the end of each run.
 */

import { EngineClient } from './client.js';
import { engineAddresses } from './addresses.js';
import { lossNoise, stepsTo } from './experiment_measures.js';
import { isJsonObject } from './json.js';
import type { Experiment, Json, Measure, OwnData, Progress, Settings, Variant } from './protocol.js';
import { RATE_CHANGES } from './rate_changes.js';

/** Milliseconds a worker is kept without work, so that the next experiment begins at once. */
const IDLE_MS = 60_000;
/** Most workers of an experiment: each holds its data. */
const MOST_WORKERS = 3;
/** Seeds are whole numbers below this. */
export const SEEDS = 2 ** 32;

/** What is to be run. */
export interface ExperimentOrder {
  lesson: string;
  experiment: Experiment;
  /** The reader's settings when it begins. */
  settings: Settings;
  /** The reader's own data, where the lab learns from some. */
  own: OwnData | null;
}

/** A finished run. */
export interface ExperimentRun {
  variant: string;
  seed: number;
  /** By the measure's id; null where the run has no such number. */
  values: { [measure: string]: number | null };
  /** Whether the loss stopped being finite; all values are null then. */
  diverged: boolean;
}

/** A recorded metric of the first run of a variant. */
export interface ExperimentCurve {
  variant: string;
  steps: Float64Array;
  values: Float64Array;
}

/** What the owner of a runner hears. */
export interface ExperimentListener {
  /** The share of all work that is done, 0 to 1. */
  progress(share: number): void;
  run(run: ExperimentRun): void;
  curve(curve: ExperimentCurve): void;
  /** All runs are done; asks which variant is chosen, where the experiment chooses one. */
  choose(): string | null;
  /** A run of the chosen variant, measured by what only it is measured by. */
  report(run: ExperimentRun): void;
}

interface Task {
  variant: Variant;
  seed: number;
  measures: Measure[];
  curve: boolean;
  done(run: ExperimentRun): void;
}

/** A worker, and how far its run is. */
interface Hand {
  readonly client: EngineClient;
  /** 0 to 1; 0 between runs. */
  share: number;
}

/** Workers for experiments, started when first needed. */
export class ExperimentRunner {
  private readonly hands: Hand[] = [];
  private readonly addresses: ReturnType<typeof engineAddresses>;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private stopping = false;
  private onProgress: () => void = () => undefined;

  /** `base` is the folder of the site; `cores` are those of the machine. */
  constructor(
    base: URL,
    private readonly cores = navigator.hardwareConcurrency,
  ) {
    this.addresses = engineAddresses(base);
  }

  /** Runs an experiment; resolves with whether it came to its end. Rejects with `EmberError`. One at a time. */
  async run(order: ExperimentOrder, listener: ExperimentListener): Promise<boolean> {
    clearTimeout(this.idle);
    this.stopping = false;
    const { experiment } = order;
    const tasks = [...warmUp(order), ...comparison(order, listener)];
    const reported = experiment.selection ? experiment.seeds : 0;
    const all = tasks.length + reported;
    let done = 0;
    this.onProgress = () => {
      const under = this.hands.reduce((sum, { share }) => sum + share, 0);
      listener.progress((done + under) / all);
    };
    const carryOut = (list: Task[]): Promise<boolean> =>
      this.sideBySide(order, list, listener, () => (done += 1));
    try {
      if (!(await carryOut(tasks))) return false;
      const chosen = experiment.variants.find(({ id }) => id === listener.choose());
      return await carryOut(chosen ? reporting(order, chosen, listener) : []);
    } finally {
      this.onProgress = () => undefined;
      this.idle = setTimeout(() => this.close(), IDLE_MS);
    }
  }

  /** Ends the experiment under way; what is done is kept. */
  stop(): void {
    this.stopping = true;
    for (const { client } of this.hands) void client.pause();
  }

  /** Ends the worker. */
  close(): void {
    this.stopping = true;
    clearTimeout(this.idle);
    this.hands.splice(0).forEach(({ client }) => client.close());
  }

  /**
   * Carries out tasks in their order, each by the first worker that is free; false when it was stopped before their end.
   * What fails in one worker stops the others.
   */
  private async sideBySide(
    order: ExperimentOrder,
    tasks: Task[],
    listener: ExperimentListener,
    onDone: () => void,
  ): Promise<boolean> {
    const waiting = [...tasks];
    const work = async (hand: Hand): Promise<boolean> => {
      for (let task = waiting.shift(); task; task = waiting.shift()) {
        if (!(await this.carryOut(order, task, listener, hand))) return false;
        hand.share = 0;
        onDone();
        this.onProgress();
      }
      return true;
    };
    const count = Math.min(workersFor(order.experiment, this.cores), tasks.length);
    while (this.hands.length < count) this.hands.push(this.newHand());
    const hands = this.hands.slice(0, count);
    try {
      return (await Promise.all(hands.map(work))).every(Boolean);
    } catch (thrown) {
      waiting.length = 0;
      this.stop();
      throw thrown;
    } finally {
      for (const hand of hands) hand.share = 0;
    }
  }

  /** One run from its opening to its figures; false when it was stopped before its end. */
  private async carryOut(
    order: ExperimentOrder,
    task: Task,
    listener: ExperimentListener,
    { client }: Hand,
  ): Promise<boolean> {
    if (this.stopping) return false;
    const values = { ...kept(order), ...task.variant.settings, seed: task.seed };
    await client.open({
      lesson: order.lesson,
      layers: [{ source: 'config', values }],
      backend: 'cpu',
      own: order.own,
      quiet: true,
    });
    if (this.stopping) return false;
    const began = performance.now();
    const progress = await client.train(Infinity, 0);
    const milliseconds = performance.now() - began;
    if (this.stopping || !progress.finished) return false;
    const measured = progress.diverged
      ? Object.fromEntries(task.measures.map(({ id }) => [id, null]))
      : await measure(client, task.measures, progress, milliseconds);
    if (task.curve) {
      const series = await client.request('series', { metric: order.experiment.curves! });
      listener.curve({ variant: task.variant.id, ...series });
    }
    if (this.stopping) return false;
    task.done({ variant: task.variant.id, seed: task.seed, values: measured, diverged: progress.diverged });
    return true;
  }

  private newHand(): Hand {
    const client = new EngineClient(this.addresses.worker, this.addresses.urls, {
      event: (event) => {
        if (event.event !== 'progress') return;
        const { step, totalSteps } = event.progress;
        hand.share = step / totalSteps;
        this.onProgress();
      },
      recovering: () => undefined,
      recovered: () => undefined,
      gaveUp: () => undefined,
    });
    const hand: Hand = { client, share: 0 };
    return hand;
  }
}

/**
 * How many workers carry out an experiment: one core is left to the reader's lab. Where time is measured, runs do not
 * disturb one another.
 */
export function workersFor({ measures }: Pick<Experiment, 'measures'>, cores: number): number {
  if (measures.some(({ kind }) => kind === 'milliseconds_per_step')) return 1;
  return Math.min(MOST_WORKERS, Math.max(1, cores - 1));
}

/** The reader's settings as far as the experiment keeps them. */
export function kept({ experiment, settings }: Pick<ExperimentOrder, 'experiment' | 'settings'>): Settings {
  const { keep } = experiment;
  // Changes of the learning rate belong to the steps of one run: with other minibatches they would be in other epochs.
  if (keep.kind === 'all')
    return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== RATE_CHANGES));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => keep.names.includes(name)));
}

function seeds({ experiment, settings }: ExperimentOrder): number[] {
  const first = Number(settings['seed'] ?? 0);
  return Array.from({ length: experiment.seeds }, (_, index) => (first + index) % SEEDS);
}

/** Where time is measured, each variant is first run once for nothing: browsers make code faster as it runs. */
function warmUp(order: ExperimentOrder): Task[] {
  const { measures, variants } = order.experiment;
  if (!measures.some(({ kind }) => kind === 'milliseconds_per_step')) return [];
  const seed = seeds(order)[0]!;
  return variants.map((variant) => ({ variant, seed, measures: [], curve: false, done: () => undefined }));
}

/**
 * All variants with one seed, then all with the next: a comparison that is stopped still compares like with like.
 * Variants that no seed changes are run with the first alone.
 */
function comparison(order: ExperimentOrder, listener: ExperimentListener): Task[] {
  const { measures, variants, curves } = order.experiment;
  const runsWith = (index: number): Variant[] => variants.filter(({ seeded }) => seeded || index === 0);
  return seeds(order).flatMap((seed, index) =>
    runsWith(index).map((variant) => ({
      variant,
      seed,
      measures,
      curve: curves !== null && index === 0,
      done: (run: ExperimentRun) => listener.run(run),
    })),
  );
}

/**
 * The chosen variant's runs once more, for the figure that no choice may look at: on the CPU they are the same runs
 * bit for bit.
 */
function reporting(order: ExperimentOrder, variant: Variant, listener: ExperimentListener): Task[] {
  const measures = [order.experiment.selection!.report];
  const done = (run: ExperimentRun): void => listener.report(run);
  return seeds(order).map((seed) => ({ variant, seed, measures, curve: false, done }));
}

async function measure(
  client: EngineClient,
  measures: Measure[],
  progress: Progress,
  milliseconds: number,
): Promise<ExperimentRun['values']> {
  const series = remembered((metric) => client.request('series', { metric }));
  const figures = remembered((split) => client.request('evaluate', { split }));
  const inspected = remembered((what) => client.request('inspect', { what, options: {} }));
  const losses = async (): Promise<Float64Array> => (await series('loss')).values;
  const stepsPerEpoch = Math.max(1, Math.round(progress.totalSteps / progress.totalEpochs));
  const value = async (one: Measure): Promise<number | null> => {
    switch (one.kind) {
      case 'figure':
        return finite((await figures(one.split))[one.metric]);
      case 'steps_to':
        return stepsTo(await losses(), stepsPerEpoch, one.loss);
      case 'loss_noise':
        return lossNoise(await losses(), stepsPerEpoch);
      case 'milliseconds_per_step':
        return milliseconds / progress.totalSteps;
      case 'inspected': {
        const answer = await inspected(one.what);
        return isJsonObject(answer) ? finite(answer[one.name]) : null;
      }
      default:
        return one satisfies never;
    }
  };
  const values: ExperimentRun['values'] = {};
  for (const one of measures) values[one.id] = await value(one);
  return values;
}

/** Asks once for each name. */
function remembered<Answer>(ask: (name: string) => Promise<Answer>): (name: string) => Promise<Answer> {
  const asked = new Map<string, Promise<Answer>>();
  return (name) => {
    const answer = asked.get(name) ?? ask(name);
    asked.set(name, answer);
    return answer;
  };
}

function finite(value: Json | undefined): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
