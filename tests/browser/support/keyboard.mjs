/** Walking through a page with the keyboard alone. */

import { ok } from './expect.mjs';

/** More stops than a page has: a walk that has not come by then never will. */
const MOST_STOPS = 150;

/** Presses Tab until `arrived` answers true to what has the focus (`page.focused`); the focus must be seen at every stop. */
export async function tabTo(page, what, arrived) {
  const seen = [];
  for (let presses = 0; presses < MOST_STOPS; presses++) {
    await page.press('Tab');
    const stop = await page.focused();
    const label = stop.onPage ? `${stop.role} ${stop.name}` : '';
    seen.push(label.slice(0, 50));
    ok(stop.marked || !stop.onPage, `the focus is seen on "${label}"`);
    if (arrived(stop)) return;
  }
  ok(false, `Tab leads to ${what}; it stopped at`, seen);
}

/** Whether a stop has a role and a name. */
export const isNamed = (role, name) => (stop) => stop.role === role && stop.name === name;
