/** The looks inside of a lab with pictures, words and order. */

/** The element of each, and the button that asks it, where one has to. */
const PARTS = {
  graph: { part: 'ember-history-graph' },
  codes: { part: 'ember-modality-codes' },
  disturbed: { part: 'ember-two-bars', ask: 'ui.two_bars.begin' },
  pooling: { part: 'ember-pooling-pairs' },
  cost: { part: 'ember-cost', ask: 'ui.cost.begin' },
};

/** All of them by name. */
export const LOOKS = Object.keys(PARTS);

/** Opens one, asks it where it waits for that, and gives its element's name. */
export async function openLook(page, t, look) {
  const { part, ask } = PARTS[look];
  await page.openTab(t(`ui.inside.${look}`), 'ember-inside');
  await page.show(part);
  if (ask) {
    await page.click('button', t(ask), part);
    await page.waitForNoText(t('ui.asked.busy'), part);
  }
  await page.settled();
  return part;
}
