/** What an experiment has come to: its runs, their means, and what can be said of them. */

import { SEEDS, type ExperimentCurve, type ExperimentRun } from '../engine/experiment_runner.js';
import type { Experiment, Measure, Settings, Variant } from '../engine/protocol.js';
import { sameValue } from './run.js';
import { Series } from '../kit/chart/series.js';
import { summaryOf, type Summary } from './statistics.js';

export type ExperimentPhase = 'running' | 'stopped' | 'finished';

/** An experiment that was begun. */
export class ExperimentRecord {
  phase: ExperimentPhase = 'running';
  /** Share of the work done, 0 to 1. */
  share = 0;
  /** Changes with every run and curve, so that what is made of them is made only once. */
  version = 0;
  readonly began = performance.now();
  /** Milliseconds it took, once it is over. */
  took: number | null = null;
  /** Id of the variant chosen in the end. */
  chosen: string | null = null;
  /** What the reader has written under the result. */
  answer = '';
  readonly curves = new Map<string, Series>();
  private readonly runs = new Map<string, ExperimentRun[]>();
  private reported: ExperimentRun[] = [];

  /** `settings` are those it began with; later changes of the reader's do not touch it. */
  constructor(
    readonly experiment: Experiment,
    readonly settings: Settings,
  ) {}

  add(run: ExperimentRun): void {
    this.runs.set(run.variant, this.inOrder([...this.runsOf(run.variant), run]));
    this.version += 1;
  }

  /** By seed: with workers side by side, a later run may be the first to end. Seeds wrap. */
  private inOrder(runs: ExperimentRun[]): ExperimentRun[] {
    const first = Number(this.settings['seed'] ?? 0);
    const place = ({ seed }: ExperimentRun): number => (seed - first + SEEDS) % SEEDS;
    return runs.sort((one, other) => place(one) - place(other));
  }

  addReported(run: ExperimentRun): void {
    this.reported = this.inOrder([...this.reported, run]);
    this.version += 1;
  }

  addCurve({ variant, steps, values }: ExperimentCurve): void {
    const series = new Series();
    values.forEach((value, index) => series.push(steps[index]!, Number.isFinite(value) ? value : null));
    this.curves.set(variant, series);
    this.version += 1;
  }

  end(phase: ExperimentPhase): void {
    this.phase = phase;
    this.took = performance.now() - this.began;
  }

  /** Seconds left, by what has been done so far; null as long as that says nothing. */
  get secondsLeft(): number | null {
    if (this.share < 0.02) return null;
    return ((performance.now() - this.began) * (1 - this.share)) / this.share / 1000;
  }

  get headline(): Measure {
    return this.experiment.measures[0]!;
  }

  /** The variants that have a run, in declared order. */
  get begun(): Variant[] {
    return this.experiment.variants.filter(({ id }) => this.runs.has(id));
  }

  /**
   * Whether every variant has two runs at least, so that something can be said of spread; or all it has, where it has
   * fewer.
   */
  get telling(): boolean {
    const { variants, seeds } = this.experiment;
    return variants.every(({ id, seeded }) => this.runsOf(id).length >= (seeded ? Math.min(2, seeds) : 1));
  }

  /** How many seeds the comparison has come to: those of the seeded variant with the fewest runs. */
  get seedsDone(): number {
    const { variants } = this.experiment;
    const seeded = variants.filter((variant) => variant.seeded);
    return Math.min(...(seeded.length > 0 ? seeded : variants).map(({ id }) => this.runsOf(id).length));
  }

  runsOf(variant: string): readonly ExperimentRun[] {
    return this.runs.get(variant) ?? [];
  }

  get allRuns(): ExperimentRun[] {
    return this.experiment.variants.flatMap(({ id }) => this.runsOf(id));
  }

  get reportedRuns(): readonly ExperimentRun[] {
    return this.reported;
  }

  /** Mean, spread and interval of a measure over a variant's seeds; null where no run has the number. */
  summary(variant: string, measure: string): Summary | null {
    const declared = this.experiment.measures.find(({ id }) => id === measure);
    return declared ? possible(declared, summaryOf(numbers(this.runsOf(variant), measure))) : null;
  }

  /** The same of the chosen variant's figure that no choice has looked at. */
  get reportedSummary(): Summary | null {
    const { selection } = this.experiment;
    return selection
      ? possible(selection.report, summaryOf(numbers(this.reported, selection.report.id)))
      : null;
  }

  /**
   * What a variant differs by from the first, seed by seed: what the seed fixes alike in both, such as the split,
   * does not blur the difference.
   */
  difference(variant: string): Summary | null {
    const first = this.experiment.variants[0]!.id;
    if (variant === first) return null;
    const measure = this.headline.id;
    const of = (id: string, seed: number): number | null => {
      const runs = this.runsOf(id);
      // What no seed changes has one run, which stands for all.
      const seeded = this.experiment.variants.find((one) => one.id === id)?.seeded;
      const run = seeded ? runs.find((one) => one.seed === seed) : runs[0];
      return run?.values[measure] ?? null;
    };
    const both = [first, variant].flatMap((id) => this.runsOf(id).map(({ seed }) => seed));
    const pairs = [...new Set(both)].flatMap((seed) => {
      const [one, other] = [of(first, seed), of(variant, seed)];
      return one === null || other === null ? [] : [other - one];
    });
    return summaryOf(pairs);
  }

  /** The variant with the best means, compared in the declared order; null where there is nothing to choose by. */
  best(): string | null {
    const { selection } = this.experiment;
    if (!selection) return null;
    const better = (one: string, other: string): boolean => {
      for (const { measure, largest } of selection.by) {
        const [a, b] = [this.summary(one, measure)?.mean ?? NaN, this.summary(other, measure)?.mean ?? NaN];
        // What has no mean, because every run has diverged, is best at nothing.
        if (Number.isNaN(a) !== Number.isNaN(b)) return Number.isNaN(b);
        if (a !== b && !Number.isNaN(a)) return largest ? a > b : a < b;
      }
      return false;
    };
    return this.begun
      .map(({ id }) => id)
      .reduce<string | null>((best, id) => (best === null || better(id, best) ? id : best), null);
  }

  /** Whether the settings of the runs were these. */
  hadSettings(given: Settings): boolean {
    return Object.entries(given).every(([name, value]) => sameValue(this.settings[name], value));
  }
}

/**
 * The interval cut to values that there are: no measure is below 0, and no share above 1. Nothing is lost by that, for
 * the mean cannot lie outside either.
 */
function possible(measure: Measure, summary: Summary | null): Summary | null {
  if (!summary?.interval) return summary;
  const most = measure.kind === 'figure' && measure.metric === 'accuracy' ? 1 : Infinity;
  const { low, high } = summary.interval;
  return { ...summary, interval: { low: Math.max(0, low), high: Math.min(most, high) } };
}

function numbers(runs: readonly ExperimentRun[], measure: string): number[] {
  return runs.flatMap(({ values }) => {
    const value = values[measure] ?? null;
    return value === null ? [] : [value];
  });
}
