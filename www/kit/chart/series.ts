/**
 * The values of one metric over the steps of a run, whole and thinned.
 *
 * A chart has a few hundred pixels; a run may have 200,000 steps. The thinned form keeps, for each bucket of
 * steps, the first value, the smallest, the largest, the last and one that is not finite, so that neither a
 * spike nor a gap is ever lost, and it grows with the run instead of being made anew for each frame.
 */

/** Buckets at which the thinned form is halved. */
const MOST_BUCKETS = 512;

interface Bucket {
  /** Indices into the whole series: first, smallest, largest, last; and the first that was not finite, where one was. */
  first: number;
  low: number;
  high: number;
  last: number;
  gap: number | null;
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
    else {
      const gap = value === null ? index : null;
      this.buckets.push({ first: index, low: index, high: index, last: index, gap });
    }
    if (this.buckets.length > MOST_BUCKETS) this.halve();
  }

  /** The points to draw: all of a short series, the telling ones of a long one. */
  thinned(): { x: number[]; y: (number | null)[] } {
    if (this.bucketSize === 1) return { x: this.steps, y: this.values };
    const x: number[] = [];
    const y: (number | null)[] = [];
    for (const { first, low, high, last, gap } of this.buckets) {
      for (const index of new Set([first, low, high, last, gap ?? first].sort((a, b) => a - b))) {
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
    if (this.values[index] === null) bucket.gap ??= index;
    this.takeExtremes(bucket, { low: index, high: index });
  }

  private takeExtremes(bucket: Bucket, { low, high }: Pick<Bucket, 'low' | 'high'>): void {
    if (this.goesBefore(low, bucket.low, 1)) bucket.low = low;
    if (this.goesBefore(high, bucket.high, -1)) bucket.high = high;
  }

  /** Whether a value is smaller (`sign` 1) or larger (−1) than another; a finite one goes before any other. */
  private goesBefore(index: number, other: number, sign: 1 | -1): boolean {
    const [value, against] = [this.values[index]!, this.values[other]!];
    if (value === null || against === null) return value !== null;
    return sign * (value - against) < 0;
  }

  private halve(): void {
    const merged: Bucket[] = [];
    for (let i = 0; i < this.buckets.length; i += 2) {
      const left = this.buckets[i]!;
      const right = this.buckets[i + 1];
      if (right) {
        left.last = right.last;
        left.gap ??= right.gap;
        this.takeExtremes(left, right);
      }
      merged.push(left);
    }
    this.buckets = merged;
    this.bucketSize *= 2;
  }
}
