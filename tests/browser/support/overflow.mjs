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
export async function checkTables(page, what) {
  const { wide, count } = await page.read(async () => {
    const tables = () => emberTest.all('table').filter(({ tHead }) => tHead);
    // They are laid out anew in a frame after the one that has shown them.
    for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    const found = tables();
    const stays = (table) => getComputedStyle(table.rows[1]?.cells[0] ?? table).position === 'sticky';
    const wide = found
      .filter((table) => table.getBoundingClientRect().width > table.parentElement.clientWidth + 1)
      .filter((table) => !stays(table))
      .map(
        (table) =>
          `${table.className} in ${table.getRootNode().host?.localName}: ${emberTest.text(table.tHead)}`,
      );
    return { wide, count: found.length };
  });
  equal(wide, [], `tables cut off in ${what}`);
  return count;
}
