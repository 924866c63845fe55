/** A step of the fusion network on tables of several lengths, with Adam over all rows and over those of a minibatch. */

import { ratingsFiles } from '../../tests/movies/browser/support/ratings.mjs';
import { orderOf } from '../lib/contestants.mjs';
import { withPage } from '../lib/browser.mjs';
import { median, overRounds } from '../lib/statistics.mjs';

const LAB = 'ember-lab';
/** As many users and ratings as latest-small; each film has a word of its own in its title. */
const SHAPE = { users: 671, ratings: 100_000 };
const FORMS = ['dense', 'sparse'];
/** A lab that is there at once, until it is given the ratings; then a run that nothing judges in between. */
const addressOf = (adam) => {
  const asked = { lang: 'en', dataset: 'made', users: 60, films: 60, density: 0.2, model: 'fusion', adam };
  return `movies/?${new URLSearchParams({ ...asked, valid: 'none', passes: 200, eval_steps: 10_000 })}`;
};

/**
 * Milliseconds per step, made in the page's worker.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {{ films: number[], rounds: number, warmSteps: number, blocks: number, blockSteps: number }} plan
 */
export async function filmsGrowth(arena, { films, rounds, ...steps }) {
  const cases = films.flatMap((count) =>
    FORMS.map((adam) => ({ id: `${count} ${adam}`, films: count, adam })),
  );
  const taken = new Map(cases.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of orderOf(cases, round)) taken.get(one.id).push(await stepOf(arena, one, steps));
  }
  return cases.map(({ id, films, adam }) => ({
    films,
    adam,
    parameters: taken.get(id)[0].parameters,
    milliseconds: overRounds(taken.get(id).map(({ milliseconds }) => milliseconds)),
  }));
}

function stepOf({ browser, site }, { films, adam }, steps) {
  return withPage(browser, new URL(addressOf(adam), site).href, async (page) => {
    const { parameters, times } = await page.evaluate(
      `(async (lab, shape, { warmSteps, blocks, blockSteps }) => {
        ${ratingsFiles}
        await customElements.whenDefined(lab.localName);
        lab.hide = 'inside,charts,code,share,experiments,goals';
        await lab.ready;
        await lab.load(Object.entries(ratingsFiles(shape)).map(([path, content]) => new File([content], path.split('/').at(-1))));
        const weights = await lab.exportModel('safetensors');
        // Behind the length of a head and the head come the numbers, of four bytes each.
        const head = 8 + Number(new DataView(weights.buffer, weights.byteOffset).getBigUint64(0, true));
        const parameters = (weights.length - head) / 4;
        await lab.step(warmSteps);
        const times = [];
        for (let block = 0; block < blocks; block += 1) {
          const begin = performance.now();
          await lab.step(blockSteps);
          times.push((performance.now() - begin) / blockSteps);
        }
        return { parameters, times };
      })(document.querySelector('${LAB}'), ${JSON.stringify({ ...SHAPE, films })}, ${JSON.stringify(steps)})`,
    );
    return { parameters, milliseconds: median(times) };
  });
}
