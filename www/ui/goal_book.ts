/** The goals of a lesson and which of them this lab has reached, in any of its runs. */

import type { Goal } from '../engine/protocol.js';

/** Keeps what was reached, although each new run of the engine begins with nothing reached. */
export class GoalBook {
  /** In the order the lesson declares. */
  list: Goal[] = [];
  private completed = false;

  /** Takes in the goals as the engine sees them now. */
  note(goals: Goal[]): { changed: boolean; newlyPassed: Goal[] } {
    const before = new Map(this.list.map((goal) => [goal.id, goal]));
    const newlyPassed = goals.filter(({ id, passed }) => passed && !before.get(id)?.passed);
    const after = goals.map((goal) => {
      const known = before.get(goal.id);
      return known?.passed ? known : goal;
    });
    const changed = JSON.stringify(after) !== JSON.stringify(this.list);
    this.list = after;
    return { changed, newlyPassed };
  }

  /**
   * The share of goals passed, once: when every goal that is not hidden has passed. `hide` may name goals, or
   * the part `goals`, which hides them all. Null at any other time.
   */
  scoreWhenCompleted(hide: readonly string[]): number | null {
    const shown = hide.includes('goals') ? [] : this.list.filter(({ id }) => !hide.includes(id));
    const passed = shown.filter((goal) => goal.passed).length;
    if (this.completed || shown.length === 0 || passed < shown.length) return null;
    this.completed = true;
    return passed / shown.length;
  }
}
