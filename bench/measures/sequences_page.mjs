/** The sequences lesson on its own page: what an edit of the graph costs, and the default run to its best epoch. */

import { withPage } from '../lib/browser.mjs';
import { median, overRounds } from '../lib/statistics.mjs';

const PAGE = 'sequences/?lang=en&backend=cpu';
/** An edit is asked for at the weights of this step. */
const STEP = 100;
/** Users whose graphs are asked for. */
const USERS = Array.from({ length: 20 }, (_, index) => 37 * index + 1);

/**
 * Milliseconds from the question to the frame behind the answer, with loss, attention, gate and ranks: the first graph,
 * graphs of other users, and of these with a picture and an edge taken away.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 */
export async function graphEdits({ browser, site }, rounds) {
  const turns = [];
  for (let round = 0; round < rounds; round += 1) {
    const turn = await withPage(browser, new URL(PAGE, site).href, (page) =>
      page.evaluate(
        async ({ step, users }) => {
          await customElements.whenDefined('ember-lab');
          const lab = document.querySelector('ember-lab');
          await lab.ready;
          await lab.step(step);
          const asked = async (options) => {
            const begin = performance.now();
            await lab.inspect('graph', options);
            await new Promise((resolve) => requestAnimationFrame(resolve));
            return performance.now() - begin;
          };
          const first = await asked({ user: 0 });
          const others = [];
          const edited = [];
          for (const user of users) {
            others.push(await asked({ user }));
            edited.push(await asked({ user, edits: { without_images: [0], without_texts: [1] } }));
          }
          return { first, others, edited };
        },
        { step: STEP, users: USERS },
      ),
    );
    turns.push(turn);
  }
  return {
    step: STEP,
    first: overRounds(turns.map(({ first }) => first)),
    others: overRounds(turns.map(({ others }) => median(others))),
    edited: overRounds(turns.map(({ edited }) => median(edited))),
    worst: Math.max(...turns.flatMap(({ edited }) => edited)),
  };
}

/**
 * Seconds of the default run on the page until its best MRR@20 on validation, and to its end.
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number[]} seeds
 */
export async function defaultRun({ browser, site }, seeds) {
  const runs = [];
  for (const seed of seeds) {
    runs.push(
      await withPage(browser, new URL(`${PAGE}&seed=${seed}`, site).href, (page) =>
        page.evaluate(async () => {
          await customElements.whenDefined('ember-lab');
          const lab = document.querySelector('ember-lab');
          await lab.ready;
          const begin = performance.now();
          let best = { value: -1, seconds: 0, epoch: 0 };
          lab.addEventListener('ember-progress', ({ detail }) => {
            const value = detail.metrics['valid_mrr@20'];
            if (typeof value === 'number' && value > best.value)
              best = { value, seconds: (performance.now() - begin) / 1000, epoch: detail.epoch };
          });
          await lab.start();
          return { best, seconds: (performance.now() - begin) / 1000 };
        }),
      ),
    );
  }
  return {
    seeds,
    toBest: overRounds(runs.map(({ best }) => best.seconds)),
    whole: overRounds(runs.map(({ seconds }) => seconds)),
    epoch: overRounds(runs.map(({ best }) => best.epoch)),
    mrr: overRounds(runs.map(({ best }) => best.value)),
  };
}
