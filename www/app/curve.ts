/** The curve of the cover: points of a run on its picture, which is 640 × 160 with its axes 12 from the left and below. */

import type { HistoryPoint } from '../engine/protocol.js';

const LEFT = 12;
const WIDTH = 616;
/** The height of a loss of 0, and that of one nat. */
const ZERO = 150.5;
const NAT = 109.2;

/** Where a step of a run and a loss stand. */
export function placeOf(step: number, steps: number, loss: number): [x: number, y: number] {
  const y = Math.min(148, Math.max(8, ZERO - NAT * loss));
  return [round(LEFT + (WIDTH * step) / steps), round(y)];
}

/** The line through a metric of a run, as the mean of every `span` steps at their middle. */
export function lineOf(
  history: readonly HistoryPoint[],
  metric: string,
  steps: number,
  span: number,
): string {
  const sums = new Map<number, { sum: number; count: number; step: number }>();
  for (const point of history) {
    const value = point[metric];
    if (typeof value !== 'number') continue;
    const group = Math.floor(point.step / span);
    const { sum, count, step } = sums.get(group) ?? { sum: 0, count: 0, step: 0 };
    sums.set(group, { sum: sum + value, count: count + 1, step: step + point.step });
  }
  const places = [...sums.values()].map(({ sum, count, step }) => placeOf(step / count, steps, sum / count));
  return places.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

const round = (value: number): number => Math.round(10 * value) / 10;
