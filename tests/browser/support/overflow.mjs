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
