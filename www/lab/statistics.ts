/**
 * The few statistics the lab tells: means over seeds with their interval, and how sure a single accuracy is.
 * All intervals are two-sided with 95 % confidence.
 */

/** An interval of plausible values. */
export interface Interval {
  low: number;
  high: number;
}

/** What several runs of the same kind came to. */
export interface Summary {
  /** Number of values. */
  count: number;
  mean: number;
  /** Sample standard deviation (divided by n − 1): the spread from seed to seed; NaN for a single value. */
  deviation: number;
  /** Where the mean over ever more seeds plausibly lies; null for a single value, which says nothing of spread. */
  interval: Interval | null;
}

/** The 97.5 % quantile of the standard normal distribution. */
const NORMAL_QUANTILE = 1.959963984540054;

/**
 * Mean x̄ = Σx / n, standard deviation s = √(Σ(x − x̄)² / (n − 1)), and the t-interval x̄ ± t · s / √n with the
 * 97.5 % quantile t of Student's distribution with n − 1 degrees of freedom. Null when there are no values.
 */
export function summaryOf(values: readonly number[]): Summary | null {
  const count = values.length;
  if (count === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (count - 1));
  if (count === 1) return { count, mean, deviation, interval: null };
  const reach = (studentQuantile(count - 1) * deviation) / Math.sqrt(count);
  return { count, mean, deviation, interval: { low: mean - reach, high: mean + reach } };
}

/**
 * The 97.5 % quantile of Student's distribution with `freedom` degrees of freedom: in closed form for one and two,
 * else by the expansion of Abramowitz and Stegun 26.7.5, which is off by 0.12 % for three and far less for more.
 */
export function studentQuantile(freedom: number): number {
  if (freedom === 1) return Math.tan(0.475 * Math.PI);
  if (freedom === 2) return 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2));
  const z = NORMAL_QUANTILE;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, power) => sum + term / freedom ** power, 0);
}

/**
 * How far the accuracy found on `count` rows, of which `correct` were right, may lie from that on ever more rows:
 * Wilson's score interval (p̂ + z²/2n ± z √(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n). It stays inside 0 to 1 and
 * keeps close to its 95 % for few rows, where p̂ ± z √(p̂(1 − p̂)/n) would shrink to nothing at 15 of 15.
 * `correct` may be a sum of parts. Null without rows.
 */
export function accuracyInterval(correct: number, count: number): Interval | null {
  if (!(count > 0)) return null;
  const share = correct / count;
  const z2 = NORMAL_QUANTILE ** 2;
  const center = share + z2 / (2 * count);
  const reach = NORMAL_QUANTILE * Math.sqrt((share * (1 - share)) / count + z2 / (4 * count ** 2));
  const scale = 1 + z2 / count;
  return { low: Math.max(0, (center - reach) / scale), high: Math.min(1, (center + reach) / scale) };
}
