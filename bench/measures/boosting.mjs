/** A hundred rounds of boosting in the browser beside LightGBM itself with one thread, on the same tables. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withPage } from '../lib/browser.mjs';
import { Random } from '../lib/random.mjs';

const ADDRESS = 'boosting/?lang=en&num_iterations=100';
/** The lab learns from three of five rows and judges by one. */
const TRAIN_SHARE = 0.6;
const ROUNDS = 100;
const LAB = 'ember-lab';
const PEER = fileURLToPath(new URL('../peers/boosting_lightgbm.py', import.meta.url));
const run = promisify(execFile);

/** A table of numbers, some with many values and some with sixty, and a label that follows from a few of them. */
function tableOf(rows, columns) {
  const random = new Random(11);
  const lines = [[...Array.from({ length: columns }, (_, column) => `c${column}`), 'label'].join(',')];
  for (let row = 0; row < rows; row += 1) {
    const cells = Array.from({ length: columns }, (_, column) =>
      column % 3 === 0 ? Math.floor(random.uniform() * 60) : Math.round(random.uniform() * 1e6) / 1e6,
    );
    const score = cells[0] / 60 + cells[1] * cells[2] + 0.5 * random.uniform();
    lines.push([...cells, score > 1 ? 1 : 0].join(','));
  }
  return lines;
}

/** Milliseconds from the file to a lab that is ready, and of a whole run as the page makes it, every round judged. */
function inBrowser({ browser, site }, text) {
  return withPage(browser, new URL(ADDRESS, site).href, async (page) => {
    await page.evaluate(async (selector) => {
      await customElements.whenDefined('ember-lab');
      const lab = document.querySelector(selector);
      lab.hide = 'inside,charts,code,share,experiments,goals';
      await lab.ready;
    }, LAB);
    return page.evaluate(
      async ([selector, text]) => {
        const lab = document.querySelector(selector);
        const begin = performance.now();
        await lab.load([new File([text], 'table.csv')]);
        const loaded = performance.now();
        await lab.start();
        const trained = performance.now();
        return { load: loaded - begin, train: trained - loaded, auc: (await lab.evaluate('valid')).auc };
      },
      [LAB, text],
    );
  });
}

/** LightGBM through Python; null where there is none. */
async function natively(lines, trainRows) {
  const folder = await mkdtemp(join(tmpdir(), 'emberbook-boosting-'));
  const file = join(folder, 'table.csv');
  try {
    await writeFile(file, lines.join('\n'));
    const python = process.env.PYTHON ?? 'python3';
    const { stdout } = await run(python, [PEER, file, String(trainRows), String(ROUNDS)]);
    return JSON.parse(stdout);
  } catch (error) {
    if (/No module named|ENOENT/.test(error.message)) return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly [rows: number, columns: number][]} sizes
 */
export async function boostingTables(arena, sizes) {
  const results = [];
  for (const [rows, columns] of sizes) {
    const lines = tableOf(rows, columns);
    const browser = await inBrowser(arena, lines.join('\n'));
    const lightgbm = await natively(lines, Math.round(rows * TRAIN_SHARE));
    results.push({ rows, columns, browser, lightgbm });
  }
  return results;
}
