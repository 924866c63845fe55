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
/** Measurements of the engine, each followed by its peers'. */
const TURNS = 3;
const LAB = 'ember-lab';
const PEER = fileURLToPath(new URL('../peers/boosting_lightgbm.py', import.meta.url));
const NATIVE = ['bench', '--quiet', '--package', 'gbdt', '--bench', 'boosting', '--'];
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

/** A page whose lab is ready and draws nothing that is not asked for. */
function withLab({ browser, site }, use) {
  return withPage(browser, new URL(ADDRESS, site).href, async (page) => {
    await page.evaluate(async (selector) => {
      await customElements.whenDefined('ember-lab');
      const lab = document.querySelector(selector);
      lab.hide = 'inside,charts,code,share,experiments,goals';
      await lab.ready;
    }, LAB);
    return use(page);
  });
}

/** Milliseconds from the file to a lab that is ready, and of a whole run as the page makes it, every round judged. */
function inBrowser(arena, text) {
  return withLab(arena, async (page) => {
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

/**
 * The engine alone in the page's worker: all rows, binning, rounds without judging, and prediction of all rows.
 * Milliseconds, in turn with `peer`, so that a slow minute of the machine hits both.
 */
function engineInTurns(arena, text, peer) {
  return withLab(arena, async (page) => {
    await page.evaluate(
      ([text, rounds]) => {
        const [header, ...lines] = text.split('\n').map((line) => line.split(','));
        const column = (index) => lines.map((cells) => Number(cells[index]));
        const last = header.length - 1;
        globalThis.boostingTable = {
          columns: header
            .slice(0, last)
            .map((name, index) => ({ name, values: column(index), categorical: false })),
          labels: column(last),
          weights: null,
          parameters: { objective: 'binary', num_leaves: 31 },
          rounds,
        };
      },
      [text, ROUNDS],
    );
    const ours = [];
    const theirs = [];
    for (let turn = 0; turn < TURNS; turn += 1) {
      ours.push(
        await page.evaluate(
          async (selector) =>
            (await document.querySelector(selector).inspect('replay', globalThis.boostingTable)).milliseconds,
          LAB,
        ),
      );
      theirs.push(await peer());
    }
    return { ours, theirs };
  });
}

/** A peer through a program of its own; null where there is none. */
async function program(name, args) {
  try {
    const { stdout } = await run(name, args);
    return JSON.parse(stdout);
  } catch (error) {
    if (/No module named|ENOENT/.test(error.message)) return null;
    throw error;
  }
}

const middle = (values) => [...values].sort((one, other) => one - other)[values.length >> 1];

/**
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {readonly [rows: number, columns: number][]} sizes
 */
export async function boostingTables(arena, sizes) {
  const results = [];
  const folder = await mkdtemp(join(tmpdir(), 'emberbook-boosting-'));
  const python = process.env.PYTHON ?? 'python3';
  try {
    for (const [rows, columns] of sizes) {
      const lines = tableOf(rows, columns);
      const text = lines.join('\n');
      const file = join(folder, `${rows}x${columns}.csv`);
      await writeFile(file, text);
      const page = await inBrowser(arena, text);
      const judged = await program(python, [
        PEER,
        file,
        String(Math.round(rows * TRAIN_SHARE)),
        String(ROUNDS),
      ]);
      const { ours, theirs } = await engineInTurns(arena, text, async () => ({
        lightgbm: await program(python, [PEER, file, String(rows), String(ROUNDS)]),
        native: await program('cargo', [...NATIVE, file, String(ROUNDS)]),
      }));
      const training = (of) => middle(of.map(({ binning, training }) => binning + training)) / 1000;
      const prediction = (of) => middle(of.map(({ prediction }) => prediction)) / 1000;
      const natives = theirs.map(({ native }) => native).filter(Boolean);
      const peers = theirs.map(({ lightgbm }) => lightgbm).filter(Boolean);
      results.push({
        rows,
        columns,
        page: { load: page.load, train: page.train, auc: page.auc, lightgbm: judged?.with_metrics ?? null },
        wasm: { train: training(ours), predict: prediction(ours) },
        native: natives.length > 0 ? { train: training(natives), predict: prediction(natives) } : null,
        lightgbm:
          peers.length > 0
            ? {
                train: middle(peers.map(({ alone }) => alone.all)),
                predict: middle(peers.map(({ alone }) => alone.predict)),
              }
            : null,
      });
    }
    return results;
  } finally {
    await rm(folder, { recursive: true });
  }
}
