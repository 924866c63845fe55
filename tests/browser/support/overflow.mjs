/** What sticks out of a phone's window. */

import { equal } from './expect.mjs';

/** A phone; WebKitGTK has no window so narrow. */
export const PHONE = { width: 360, height: 740 };

/** Nothing sticks out of the window, outside of anything that scrolls by itself. */
export async function checkFits(page, what) {
  const found = await page.read(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...emberTest.elements(document)]
      .filter((element) => emberTest.visible(element) && element.getBoundingClientRect().right > width + 1)
      .map(
        (element) =>
          `${element.localName}.${element.className} in ${element.getRootNode().host?.localName ?? 'page'}`,
      )
      .slice(0, 8)
      .concat(`page of ${document.documentElement.scrollWidth} px in a window of ${width}`);
  });
  equal(found, [], `what sticks out of ${what}`);
}

/** The page with letters of another size, as readers set them in their browser. */
export async function setTextSize(page, percent) {
  await page.read((percent) => void (document.documentElement.style.fontSize = `${percent}%`), percent);
  await page.settled();
}

/**
 * No table in sight has a column that its place cuts off, unless its first one stays while the others are scrolled. Gives
 * how many tables there are.
 */
export function checkTables(page, what) {
  return page.waitFor(`tables of ${what} that hide no column`, () => {
    // What is folded away has a size and no layout.
    const found = emberTest.all('table').filter((table) => table.tHead && table.checkVisibility());
    const place = (table) => table.parentElement ?? table.getRootNode().host;
    const stays = (table) => getComputedStyle(table.rows[1]?.cells[0] ?? table).position === 'sticky';
    const wide = found
      .filter((table) => table.getBoundingClientRect().width > place(table).clientWidth + 1)
      .filter((table) => !stays(table))
      .map((table) => `${table.getRootNode().host?.localName ?? 'text'}: ${emberTest.text(table.tHead)}`);
    if (wide.length > 0) throw new Error(`cut off: ${wide.join('; ')}`);
    return found.length;
  });
}
