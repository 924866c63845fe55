/**
 * The values of one metric over the steps of a run, whole and thinned.
 *
 * A chart has a few hundred pixels; a run may have 200,000 steps. The thinned form keeps, for each bucket of
 * steps, the first value, the smallest, the largest and the last, so that a spike is never lost, and it grows
 * with the run instead of being made anew for each frame.
 */

/** Buckets at which the thinned form is halved. */
const MOST_BUCKETS = 512;

interface Bucket {
  /** Indices into the whole series, ascending: first, smallest, largest, last. */
  first: number;
  low: number;
  high: number;
  last: number;
}

/** Values in order of step; null where the value was not finite. */
export class Series {
  readonly steps: number[] = [];
  readonly values: (number | null)[] = [];
  private buckets: Bucket[] = [];
  private bucketSize = 1;

  /** Adds a value; steps must ascend. */
  push(step: number, value: number | null): void {
    const index = this.steps.length;
    this.steps.push(step);
    this.values.push(value);
    const bucket = Math.floor(index / this.bucketSize);
    const current = this.buckets[bucket];
    if (current) this.widen(current, index);
    else this.buckets.push({ first: index, low: index, high: index, last: index });
    if (this.buckets.length > MOST_BUCKETS) this.halve();
  }

  /** The points to draw: all of a short series, the telling ones of a long one. */
  thinned(): { x: number[]; y: (number | null)[] } {
    if (this.bucketSize === 1) return { x: this.steps, y: this.values };
    const x: number[] = [];
    const y: (number | null)[] = [];
    for (const { first, low, high, last } of this.buckets) {
      for (const index of new Set([first, low, high, last].sort((a, b) => a - b))) {
        x.push(this.steps[index]!);
        y.push(this.values[index]!);
      }
    }
    return { x, y };
  }

  /** The value at the step nearest to `step`, with its step; null when there is none. */
  nearest(step: number): { step: number; value: number | null } | null {
    const { steps, values } = this;
    if (steps.length === 0) return null;
    let low = 0;
    let high = steps.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (steps[middle]! < step) low = middle + 1;
      else high = middle;
    }
    if (low > 0 && step - steps[low - 1]! < steps[low]! - step) low -= 1;
    return { step: steps[low]!, value: values[low]! };
  }

  private widen(bucket: Bucket, index: number): void {
    bucket.last = index;
    if (this.isBelow(index, bucket.low)) bucket.low = index;
    if (this.isBelow(bucket.high, index)) bucket.high = index;
  }

  /** Whether one value is smaller than another; a null counts as both extremes, so that it is kept. */
  private isBelow(index: number, other: number): boolean {
    const value = this.values[index];
    const against = this.values[other];
    if (value === null || against === null) return value === null;
    return value! < against!;
  }

  private halve(): void {
    const merged: Bucket[] = [];
    for (let i = 0; i < this.buckets.length; i += 2) {
      const left = this.buckets[i]!;
      const right = this.buckets[i + 1];
      if (right) {
        left.last = right.last;
        if (this.isBelow(right.low, left.low)) left.low = right.low;
        if (this.isBelow(left.high, right.high)) left.high = right.high;
      }
      merged.push(left);
    }
    this.buckets = merged;
    this.bucketSize *= 2;
  }
}
