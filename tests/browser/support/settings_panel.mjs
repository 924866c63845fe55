/** What the panel of settings shows, and what stands where in a lab. */

export const PANEL = 'ember-settings';

/**
 * The settings that the panel shows, in its order: `{name, label, items}`; `name` is the code's. Waits for the first:
 * the lab's parts come behind the first figure of a page, so that one that is ready may have none yet.
 */
export async function shownSettings(page) {
  await page.waitFor(
    `settings in ${PANEL}`,
    (panel) =>
      [...emberTest.elements(document)].some(
        (element) => element.localName === 'ember-setting' && emberTest.hosts(element).includes(panel),
      ),
    PANEL,
  );
  return page.read(
    (panel) =>
      [...emberTest.elements(document)]
        .filter((element) => element.localName === 'ember-setting' && emberTest.visible(element))
        .filter((element) => emberTest.hosts(element).includes(panel))
        .map((element) => {
          const inside = [...emberTest.elements(element.shadowRoot)];
          const text = (selector) => emberTest.text(inside.find((one) => one.matches(selector)));
          return {
            name: emberTest.tidy(text('.code')),
            label: emberTest.tidy(text('.head > .name')),
            items: inside.filter((one) => one.matches('.layers label .muted')).map(emberTest.text),
          };
        }),
    PANEL,
  );
}

/** Opens all groups of the panel. */
export async function openGroups(page) {
  for (const name of await page.names('summary', PANEL)) await page.openDetails(name, PANEL);
}

/** Names that the lesson of the page lists for the levels, and those of the settings that it replaces by its own elements. */
export function listedSettings(page, lesson) {
  return page.evaluate(async (lesson) => {
    const { entry } = await import(new URL(`../lessons/${lesson}/index.js`, location.href).href);
    return { ...entry.levels, own: Object.keys(entry.settings ?? {}) };
  }, lesson);
}

/** Where parts of the lab begin and end in the page, in pixels: `[top, bottom]` by selector. */
export function places(page, ...selectors) {
  return page.read((selectors) => {
    const found = [...emberTest.elements(document)].filter((element) =>
      emberTest.hosts(element).includes('ember-lab'),
    );
    return Object.fromEntries(
      selectors.map((selector) => {
        const element = found.find((one) => one.matches(selector) && emberTest.visible(one));
        if (!element) return [selector, null];
        const { top, bottom } = element.getBoundingClientRect();
        return [selector, [Math.round(top + scrollY), Math.round(bottom + scrollY)]];
      }),
    );
  }, selectors);
}
