/** To run before a page's own scripts: what a page does meanwhile is kept, for cases that ask about it later. */

/** Keeps every shift of the layout that no act of the reader has brought about (Chromium). */
export const KEEP_SHIFTS = `
  globalThis.emberShifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const moved = sources.map(({ node, previousRect: { y, height }, currentRect }) =>
        (node?.nodeName ?? '?') + '.' + (node?.className ?? '') + ' ' + Math.round(y) + '+' + Math.round(height) +
          ' to ' + Math.round(currentRect.y) + '+' + Math.round(currentRect.height));
      emberShifts.push({ value, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });`;

/** In the page: the shifts since they were asked for last, as their sum and in words. */
export function takeShifts() {
  const shifts = emberShifts.splice(0);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  return { sum, moved: shifts.map(({ value, moved }) => value.toFixed(4) + ': ' + moved.join(', ')) };
}

/** Keeps what the workers of the page are asked: the name of each request, and of a look inside which one. */
export const KEEP_ASKED = `
  globalThis.emberAsked = [];
  {
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message?.id !== undefined) emberAsked.push(message.args?.what ?? message.name);
      return postMessage.call(this, message, ...rest);
    };
  }`;

/** In the page: what was asked since it was asked for last, and how often. */
export function takeAsked() {
  const counts = {};
  for (const name of emberAsked.splice(0)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
