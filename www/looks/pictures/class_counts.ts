/** What the numbers of pictures of each class mean for what can be learned from them. */

/** A class with fewer pictures is named: one or two of them held out judge nothing. */
const FEW = 5;
/** How many times as many pictures the largest class may have as the smallest before it is said. */
const UNBALANCED = 2;

/** Pictures of each class, class by class, in each part. */
export interface ClassCounts {
  train: readonly number[];
  test: readonly number[];
}

/** A word of advice: a key under `ui.own_pictures` and what stands in its gaps; `class` is the number of a class. */
export type CountAdvice =
  | { key: 'few'; class: number; count: number }
  | { key: 'unbalanced'; class: number; share: number; times: number };

/** Each class with few pictures, and the largest class where the classes differ much in size. */
export function adviceOn({ train, test }: ClassCounts): CountAdvice[] {
  const counts = train.map((count, index) => count + (test[index] ?? 0));
  const advice: CountAdvice[] = [];
  for (const [index, count] of counts.entries())
    if (count < FEW) advice.push({ key: 'few', class: index, count });
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (most > least * UNBALANCED) {
    const all = counts.reduce((sum, count) => sum + count, 0);
    const largest = counts.indexOf(most);
    advice.push({ key: 'unbalanced', class: largest, share: most / all, times: most / least });
  }
  return advice;
}
