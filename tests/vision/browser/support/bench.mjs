/** The filter bench, as fast as a reader types, and as an author fixes it. */

const BENCH = 'ember-filter-bench';

/**
 * Types -3.25 into a number of the bench, sign by sign and faster than the settings follow. Gives the address and the
 * filter shown one frame later.
 */
export async function typeFast(page, name) {
  await page.focus('spinbutton', name, BENCH);
  return page.evaluate(
    async (name, bench) => {
      const field = emberTest.usable('spinbutton', name, bench);
      for (const value of ['-3', '-3.', '-3.2', '-3.25']) {
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
      }
      await emberTest.frame();
      return { search: location.search, shown: emberTest.all('combobox', null, bench)[0].value };
    },
    name,
    BENCH,
  );
}

/** What of the bench in a lab is fixed: for its numbers, orientations and filters, field by field. */
export async function disabledOn(page, lab) {
  await page.waitFor(
    `the bench in ${lab}`,
    (lab, bench) => emberTest.all('combobox', null, lab).some((field) => emberTest.isWithin(field, bench)),
    lab,
    BENCH,
  );
  return page.read(
    (lab, bench) =>
      ['spinbutton', 'radio', 'combobox'].map((role) =>
        emberTest
          .all(role, null, lab)
          .filter((input) => emberTest.isWithin(input, bench))
          .map((input) => input.matches(':disabled')),
      ),
    lab,
    BENCH,
  );
}
