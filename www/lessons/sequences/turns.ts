/** What was done, to be undone and done again. */

/** States one after another; none is ever changed. */
export class Turns<State> {
  private constructor(
    private readonly past: readonly State[],
    readonly now: State,
    private readonly future: readonly State[],
  ) {}

  /** At the beginning. */
  static at<State>(now: State): Turns<State> {
    return new Turns<State>([], now, []);
  }

  /** The state at the beginning. */
  get first(): State {
    return this.past[0] ?? this.now;
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** On to another state; what was undone before is forgotten. */
  to(next: State): Turns<State> {
    return new Turns([...this.past, this.now], next, []);
  }

  undo(): Turns<State> {
    const before = this.past.at(-1);
    return before === undefined
      ? this
      : new Turns(this.past.slice(0, -1), before, [this.now, ...this.future]);
  }

  redo(): Turns<State> {
    const [next, ...rest] = this.future;
    return next === undefined ? this : new Turns([...this.past, this.now], next, rest);
  }
}
