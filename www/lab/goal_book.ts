/** The goals of a lesson and which of them this lab has reached, in any of its runs and experiments. */

import type { Description, Goal } from '../engine/protocol.js';

/** What noting goals has changed. */
export interface GoalChange {
  changed: boolean;
  newlyPassed: Goal[];
}

/** Keeps what was reached, although each new run of the engine begins with nothing reached. */
export class GoalBook {
  /** In the order the lesson declares. */
  list: Goal[] = [];
  /** Goals that experiments judge: a single run cannot reach them. */
  private experimental: ReadonlySet<string> = new Set();
  private completed = false;

  /** Takes up the goals that a lesson declares; what was reached of them stays. */
  declare({ goals, experiments }: Pick<Description, 'goals' | 'experiments'>): void {
    const known = new Map(this.list.map((goal) => [goal.id, goal]));
    this.list = goals.map((id) => known.get(id) ?? { id, passed: false, value: null });
    this.experimental = new Set(experiments.flatMap(({ goal }) => (goal ? [goal.id] : [])));
  }

  /** Takes in the goals as the run sees them now. */
  noteRun(goals: readonly Goal[]): GoalChange {
    return this.note(goals.filter(({ id }) => !this.experimental.has(id)));
  }

  /** Takes in a goal as an experiment has judged it. */
  noteExperiment(goal: Goal): GoalChange {
    return this.note([goal]);
  }

  /**
   * The goals that are not hidden. `hide` may name goals, the part `goals`, which hides them all, or the part
   * `experiments`, which hides those that only an experiment can reach.
   */
  shown(hide: readonly string[]): Goal[] {
    if (hide.includes('goals')) return [];
    const withoutExperiments = hide.includes('experiments');
    return this.list.filter(
      ({ id }) => !hide.includes(id) && !(withoutExperiments && this.experimental.has(id)),
    );
  }

  /** The share of goals passed, once: when every goal that is not hidden has passed. Null at any other time. */
  scoreWhenCompleted(hide: readonly string[]): number | null {
    const shown = this.shown(hide);
    const passed = shown.filter((goal) => goal.passed).length;
    if (this.completed || shown.length === 0 || passed < shown.length) return null;
    this.completed = true;
    return passed / shown.length;
  }

  private note(goals: readonly Goal[]): GoalChange {
    const noted = new Map(goals.map((goal) => [goal.id, goal]));
    const before = this.list;
    this.list = before.map((known) => (known.passed ? known : (noted.get(known.id) ?? known)));
    return {
      changed: JSON.stringify(before) !== JSON.stringify(this.list),
      newlyPassed: this.list.filter((goal, index) => goal.passed && !before[index]!.passed),
    };
  }
}
