/** The experiments of one lab: begins them, keeps what they come to, and judges the goals they are for. */

import { ExperimentRunner } from '../engine/experiment_runner.js';
import type { Experiment, Goal, Settings } from '../engine/protocol.js';
import { ExperimentRecord } from './experiment_record.js';
import type { LabSession } from './session.js';

/** An answer is at least so long; it is for the reader's own thinking, and nobody marks it. */
export const SHORTEST_ANSWER = 15;

export class ExperimentBook {
  /** The experiment under way; one at a time. */
  running: ExperimentRecord | null = null;
  private readonly records = new Map<string, ExperimentRecord>();
  private readonly listeners = new Set<() => void>();
  private readonly runner: ExperimentRunner;

  constructor(private readonly session: LabSession) {
    this.runner = new ExperimentRunner(session.base);
  }

  /** Calls `listener` when something is to be drawn anew; what is returned ends that, and with the last the worker. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.runner.close();
    };
  }

  /** What an experiment has come to the last time it was begun. */
  recordOf(experiment: Experiment): ExperimentRecord | null {
    return this.records.get(experiment.id) ?? null;
  }

  /**
   * Runs an experiment with the settings as they are now, `over` laid over them; resolves when it has ended or was
   * stopped.
   */
  async start(experiment: Experiment, over: Settings = {}): Promise<void> {
    const { opened, options } = this.session;
    const own = this.session.own.data;
    if (this.running || !opened) return;
    const record = new ExperimentRecord(experiment, { ...opened.settings, ...over });
    record.answer = this.recordOf(experiment)?.answer ?? '';
    this.records.set(experiment.id, record);
    this.running = record;
    this.onChange();
    const order = { lesson: options.lesson, experiment, settings: record.settings, own };
    try {
      const finished = await this.runner.run(order, {
        progress: (share) => this.note(() => (record.share = share)),
        run: (run) => this.note(() => record.add(run)),
        curve: (curve) => this.note(() => record.addCurve(curve)),
        choose: () => (record.chosen = record.best()),
        report: (run) => this.note(() => record.addReported(run)),
      });
      record.end(finished ? 'finished' : 'stopped');
    } catch (thrown) {
      record.end('stopped');
      this.session.report(thrown);
    } finally {
      this.running = null;
      this.judge(record);
      this.onChange();
    }
  }

  /** Ends the experiment under way; its runs so far are kept. */
  stop(): void {
    this.runner.stop();
  }

  /** Keeps what the reader has written under a result. */
  answer(record: ExperimentRecord, text: string): void {
    record.answer = text;
    this.judge(record);
    this.onChange();
  }

  private onChange(): void {
    for (const listener of this.listeners) listener();
  }

  private note(change: () => void): void {
    change();
    this.onChange();
  }

  private judge(record: ExperimentRecord): void {
    const goal = goalOf(record);
    if (goal) this.session.noteExperiment(goal);
  }
}

const books = new WeakMap<LabSession, ExperimentBook>();

/** The experiments of a lab: all places that show them show the same. */
export function experimentsOf(session: LabSession): ExperimentBook {
  let book = books.get(session);
  if (!book) books.set(session, (book = new ExperimentBook(session)));
  return book;
}

/** The goal of an experiment as its record stands; null where it has none, or nothing to judge it by. */
function goalOf(record: ExperimentRecord): Goal | null {
  const { goal } = record.experiment;
  if (!goal || record.phase !== 'finished') return null;
  const { id } = goal;
  switch (goal.kind) {
    case 'finished':
      return { id, passed: true, value: record.reportedSummary?.mean ?? null };
    case 'answered':
      return { id, passed: record.answer.trim().length >= SHORTEST_ANSWER, value: null };
    case 'mean_at_least': {
      const first = record.experiment.variants[0]!;
      const mean = record.summary(first.id, goal.measure)?.mean ?? null;
      if (mean === null || !record.hadSettings(goal.given)) return null;
      const all = record.runsOf(first.id).every(({ diverged }) => !diverged);
      return { id, passed: all && mean >= goal.least, value: mean };
    }
    default:
      return goal satisfies never;
  }
}
