/**
 * The values of one metric over the steps of a run, whole and thinned.
 *
 * A chart has a few hundred pixels; a run may have 200,000 steps. The thinned form keeps, for each bucket of
 * steps, the first value, the smallest, the largest, the last and one that is not finite, so that neither a
 * spike nor a gap is ever lost, and it grows with the run instead of being made anew for each frame.
 */

/** Buckets at which the thinned form is halved. */
const MOST_BUCKETS = 512;

/** A running mean, and over how many steps it is taken. */
interface Mean {
  x: number[];
  y: (number | null)[];
  window: number;
}

/** Points from which the noise is told. */
const MOST_SAMPLED = 400;

interface Bucket {
  /** Indices into the whole series: first, smallest, largest, last; and the first that was not finite, where one was. */
  first: number;
  low: number;
  high: number;
  last: number;
  gap: number | null;
  /** Of the finite values. */
  sum: number;
  count: number;
}

/** Of a curve's mean: a share of all its steps on either side. */
const MEAN_REACH = 1 / 60;
/** A curve with fewer points than this is read point by point. */
const LEAST_POINTS = 200;
/** Neighbours of a noisy curve differ by more than this share of its whole range, in the mean. */
const NOISE = 0.01;

/** Values in order of step; null where the value was not finite. */
export class Series {
  readonly steps: number[] = [];
  readonly values: (number | null)[] = [];
  private buckets: Bucket[] = [];
  private bucketSize = 1;
  private known: { length: number; mean: Mean | null } = { length: 0, mean: null };

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
      this.buckets.push({ first: index, low: index, high: index, last: index, gap, sum: 0, count: 0 });
    }
    if (value !== null) {
      const into = this.buckets[bucket]!;
      into.sum += value;
      into.count += 1;
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

  /**
   * The running mean of a noisy curve, one point for each bucket; null for a curve that is smooth or short, which is
   * read as it is. Its window is as wide on either side of a point as the ends allow, so that a fall is not shifted;
   * only the newest points are the mean of what has been so far.
   */
  mean(): Mean | null {
    // Asked several times for each drawing.
    if (this.known.length !== this.steps.length)
      this.known = { length: this.steps.length, mean: this.computeMean() };
    return this.known.mean;
  }

  private computeMean(): Mean | null {
    const { buckets, steps } = this;
    if (steps.length < LEAST_POINTS || !this.isNoisy()) return null;
    const reach = Math.max(1, Math.round(buckets.length * MEAN_REACH));
    const sums = [0];
    const counts = [0];
    for (const [index, { sum, count }] of buckets.entries()) {
      sums.push(sums[index]! + sum);
      counts.push(counts[index]! + count);
    }
    const x: number[] = [];
    const y: (number | null)[] = [];
    for (const [index, { first, last }] of buckets.entries()) {
      const before = Math.min(reach, index);
      const after = Math.min(before, buckets.length - 1 - index);
      const [from, to] = [index - before, index + after + 1];
      const count = counts[to]! - counts[from]!;
      x.push((steps[first]! + steps[last]!) / 2);
      y.push(count === 0 ? null : (sums[to]! - sums[from]!) / count);
    }
    // The line begins and ends with the curve.
    [x[0], x[x.length - 1]] = [steps[0]!, steps.at(-1)!];
    return { x, y, window: (2 * reach + 1) * this.bucketSize };
  }

  /** Whether neighbours differ by much beside how far the curve goes altogether; asked of its latest part. */
  private isNoisy(): boolean {
    const { values } = this;
    const begin = Math.max(2, values.length - MOST_SAMPLED);
    let sum = 0;
    let count = 0;
    for (let index = begin; index < values.length; index++) {
      const [a, b, c] = [values[index - 2]!, values[index - 1]!, values[index]!];
      if (a === null || b === null || c === null) continue;
      // From a straight line through both neighbours.
      sum += Math.abs(b - (a + c) / 2);
      count += 1;
    }
    return count > 0 && sum / count > NOISE * this.range();
  }

  /** From the smallest to the largest finite value. */
  private range(): number {
    const { values } = this;
    let [low, high] = [Infinity, -Infinity];
    for (const bucket of this.buckets) {
      low = Math.min(low, values[bucket.low] ?? Infinity);
      high = Math.max(high, values[bucket.high] ?? -Infinity);
    }
    return high - low;
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
        left.sum += right.sum;
        left.count += right.count;
        this.takeExtremes(left, right);
      }
      merged.push(left);
    }
    this.buckets = merged;
    this.bucketSize *= 2;
  }
}
