/**
 * A page that scrolls or grows under a pointer at rest sends pointer events that nobody meant. Whoever walks along a
 * figure with the keys would lose their place to a mouse that lies there.
 */

import { listenerOf } from './events.js';

const last = { x: NaN, y: NaN };

const follow = ({ screenX, screenY }: PointerEvent): void => {
  [last.x, last.y] = [screenX, screenY];
};
// After the listeners of figures, which compare with the place before.
globalThis.addEventListener?.('pointermove', follow);
globalThis.addEventListener?.('pointerdown', follow);

/** Whether the pointer has not moved, and the element that listens is in the hands of the keyboard. */
export function isResting(event: PointerEvent): boolean {
  const { type, screenX, screenY } = event;
  if (type === 'pointerdown') return false;
  return screenX === last.x && screenY === last.y && listenerOf(event).matches(':focus-visible');
}
