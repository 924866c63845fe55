/** An estimate of the time left that does not jump: the speed is smoothed, and the answer is as coarse as it is long. */

/** Seconds after which an old speed counts for a third. */
const MEMORY_SECONDS = 4;

export class TimeLeft {
  private speed = 0;
  private at = NaN;

  /** Forgets what was seen, for a run that begins anew. */
  reset(): void {
    this.speed = 0;
    this.at = NaN;
  }

  /**
   * Seconds for `steps` more steps, or null while no speed is known. `speed` is what is measured now in steps a
   * second, `now` the time in milliseconds.
   */
  of(steps: number, speed: number, now: number): number | null {
    if (!(speed > 0)) return null;
    const seconds = (now - this.at) / 1000;
    // Logarithms are smoothed: half and twice the speed weigh the same.
    const weight = this.speed > 0 ? 1 - Math.exp(-seconds / MEMORY_SECONDS) : 1;
    this.speed = this.speed > 0 ? this.speed * (speed / this.speed) ** weight : speed;
    this.at = now;
    return coarse(steps / this.speed);
  }
}

/** Rounded up to seconds, from 20 on to fives, from a minute on to tens, from ten minutes on to whole minutes. */
function coarse(seconds: number): number {
  const unit = seconds < 20 ? 1 : seconds < 60 ? 5 : seconds < 600 ? 10 : 60;
  // A speed that has all but arrived does not cost a whole unit.
  return Math.max(1, Math.ceil(seconds / unit - 0.02) * unit);
}
