/** Nothing scrolls sideways on a phone. WebKitGTK has no window so narrow. */

import { equal } from '../support/expect.mjs';
import { words } from '../support/words.mjs';

/** Elements that stick out of the window, outside of anything that scrolls by itself. */
function overflowing(page) {
  return page.evaluate(() => {
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
}

export const tests = ['zh', 'en'].map((language) => ({
  name: `nothing scrolls sideways at 360 px in ${language}`,
  browsers: ['chromium', 'firefox'],
  async run({ open }) {
    const cover = await open(`?lang=${language}`, { width: 360, height: 740 });
    equal(await overflowing(cover), [], 'what sticks out of the cover');
    for (const [task, status] of [
      ['filters', 'done'],
      ['mnist&train_size=200', 'ready'],
      ['happy_or_sad&image_size=64', 'ready'],
    ]) {
      const pictures = await open(`vision/?lang=${language}&task=${task}`, { width: 360, height: 740 });
      await pictures.waitForStatus(status);
      equal(await overflowing(pictures), [], `what sticks out of the task ${task}`);
    }
    const trees = await open(`boosting/?lang=${language}&num_iterations=5`, { width: 360, height: 740 });
    await trees.waitForStatus('ready');
    await trees.call('start');
    for (const view of [
      'campaign',
      'growth',
      'importance',
      'answers',
      'contributions',
      'trees',
      'rules',
      'job',
      'batch',
    ]) {
      await trees.click('tab', words(language, `ui.inside.${view}`));
      equal(await overflowing(trees), [], `what sticks out of the look inside ${view}`);
    }
    const page = await open(`iris/?lang=${language}&epochs=99999`, { width: 360, height: 740 });
    await page.waitForStatus('ready');
    equal(await overflowing(page), [], 'what sticks out before a run');
    await page.call('step', 40);
    await page.call('reset');
    await page.call('start');
    await page.waitFor(
      'the drawing to settle',
      () => new Promise((resolve) => setTimeout(resolve, 300, true)),
    );
    equal(await overflowing(page), [], 'what sticks out after a run');
  },
}));
