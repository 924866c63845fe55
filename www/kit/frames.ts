/**
 * Draws in the next frame, each drawing at most once per frame, and only as many as leave the frame short: what
 * does not fit is drawn in the frame after, so that a key press never waits for a page full of charts.
 */

/** Milliseconds of a frame that drawing may take. */
const BUDGET_MS = 8;

/** In the order in which they were asked for. */
const waiting = new Set<() => void>();
let scheduled = false;

/** Calls `draw` in the next frame, or soon after. */
export function inNextFrame(draw: () => void): void {
  waiting.add(draw);
  schedule();
}

function schedule(): void {
  if (scheduled || waiting.size === 0) return;
  scheduled = true;
  requestAnimationFrame(drawSome);
}

function drawSome(): void {
  scheduled = false;
  const begin = performance.now();
  for (const draw of waiting) {
    waiting.delete(draw);
    draw();
    if (performance.now() - begin > BUDGET_MS) break;
  }
  schedule();
}
