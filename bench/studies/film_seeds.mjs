/**
 * Defaults of the movies lesson over several seeds, and which methods reach the goal of a better first list, run in Node with
 * the released module: the numbers are those that a page gives.
 *
 *     cargo xtask build --release --only recommenders
 *     nice node bench/studies/film_seeds.mjs watch_weight newcomers goals
 *
 * Each finished run is a line in `film_seeds.jsonl`; a run that stands there already is not made again. The steps for a
 * newcomer are a constant of the module (`STEPS` in `networks/user_tower.rs`): `--steps 50` says that the module was built
 * with 50. `--report` writes the tables of all lines to `film_seeds.md`.
 */

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { withoutTest } from '../lib/film_pack.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');
const LINES = join(here, 'film_seeds.jsonl');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1,2,3,4,5' },
    module: { type: 'string', default: join(root, 'pkg', 'recommenders') },
    steps: { type: 'string', default: '200' },
    only: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});

const folder = resolve(options.module);
const bindings = await import(pathToFileURL(join(folder, 'emberbook.js')).href);
bindings.initSync({ module: readFileSync(join(folder, 'emberbook_bg.wasm')) });
const pack = gunzipSync(readFileSync(join(root, 'data/movies/latest-small.bin.gz')));

async function open(settings, bytes = pack) {
  const files = new bindings.EngineFiles();
  files.add_bytes('latest-small.bin', bytes);
  const plan = bindings.Engine.plan('movies', [{ source: 'config', values: settings }], undefined);
  return plan.open(files, 'cpu');
}

/** Checkpoints of the ranking model behind its first stage, which weights of the second have no part in. */
const candidates = new Map();

/** The figures of `valid` after a whole run of both stages. */
async function ranked({ watch_weight, ...settings }) {
  const lab = await open({ ...settings, watch_weight });
  const key = JSON.stringify(settings);
  const { passes } = lab.opened().settings;
  if (candidates.has(key)) await lab.restore(candidates.get(key));
  while (lab.progress().epoch <= passes) await lab.train(1, Infinity);
  candidates.set(key, await lab.checkpoint());
  while (!lab.progress().finished) await lab.train(1e9, Infinity);
  const figures = await lab.evaluate('valid');
  lab.free();
  return figures;
}

/** Lists of everybody who comes new once, beside popularity; of the first of five parts of them with `share` .2. */
async function firstLists(settings, bytes, share = 1) {
  const lab = await open(settings, bytes);
  for (;;) {
    const shown = await lab.inspect('first_lists', { milliseconds: 500 }, []);
    if (!shown.finished && shown.done < share) continue;
    lab.free();
    return { judged: shown.judged, ...shown.compared };
  }
}

/** What is compared: the variants of each study, and how one is measured. */
const STUDIES = {
  watch_weight: {
    variants: () =>
      ['stars', 'time'].map((watch_weight) => ({
        variant: watch_weight,
        settings: { model: 'ranking', split: 'last_fifth', watch_weight },
      })),
    measure: ranked,
  },
  // Of a table without the test ratings of the default split.
  newcomers: {
    variants: () => [{ variant: `${options.steps} steps`, settings: { model: 'fusion' } }],
    measure: (settings) => firstLists(settings, withoutTest(pack), 0.2),
  },
  // The goal as the page judges it: of all ratings, with the defaults of each method.
  goals: {
    variants: () =>
      ['user_cf', 'item_cf', 'ease', 'hybrid', 'svd', 'content', 'bias', 'mf', 'candidate', 'fusion'].map(
        (model) => ({ variant: model, settings: { model } }),
      ),
    measure: (settings) => firstLists(settings),
  },
};

const known = existsSync(LINES)
  ? readFileSync(LINES, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  : [];

if (options.report) {
  writeFileSync(join(here, 'film_seeds.md'), report(known));
} else {
  const only = options.only?.split(',');
  for (const seed of options.seeds.split(',').map(Number)) {
    for (const study of positionals) {
      for (const { variant, settings } of STUDIES[study].variants()) {
        if (only && !only.includes(variant)) continue;
        if (known.some((line) => line.study === study && line.variant === variant && line.seed === seed))
          continue;
        const begin = performance.now();
        const figures = await STUDIES[study].measure({ ...settings, seed });
        const seconds = Math.round((performance.now() - begin) / 100) / 10;
        appendFileSync(LINES, `${JSON.stringify({ study, variant, seed, seconds, figures })}\n`);
        console.log(study, variant, seed, seconds, JSON.stringify(figures));
      }
    }
  }
}

/** Mean and standard error. */
function mean(values) {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return { middle, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

function text(values) {
  const { middle, error } = mean(values);
  return values.length > 1 ? `${middle.toFixed(4)} ± ${error.toFixed(4)}` : middle.toFixed(4);
}

function table(lines, columns) {
  const variants = [...new Set(lines.map(({ variant }) => variant))];
  const row = (variant) => {
    const runs = lines.filter((line) => line.variant === variant);
    const figures = Object.values(columns).map((of) => text(runs.map((line) => of(line.figures))));
    return `| ${variant} | ${runs.length} | ${figures.join(' | ')} |`;
  };
  const names = Object.keys(columns);
  return [
    `| | seeds | ${names.join(' | ')} |`,
    `|---|---:|${names.map(() => '---').join('|')}|`,
    ...variants.map(row),
  ].join('\n');
}

/** The difference of two variants over pairs of one seed. */
function pairs(lines, [one, other], of) {
  const differences = lines
    .filter(({ variant }) => variant === one)
    .flatMap((line) => {
      const twin = lines.find(({ variant, seed }) => variant === other && seed === line.seed);
      return twin ? [of(line.figures) - of(twin.figures)] : [];
    });
  return `${one} less ${other}, pairs of one seed: ${text(differences)}`;
}

/** A study of which there are runs: what it is of, its table, and the difference of two of its variants. */
function section(lines, study, title, text, columns, pair) {
  const of = lines.filter((line) => line.study === study);
  if (of.length === 0) return '';
  const parts = [`## ${title}`, text, table(of, columns)];
  if (pair) parts.push(`NDCG@10, ${pairs(of, pair, columns['NDCG@10'])}.`);
  return `\n${parts.join('\n\n')}\n`;
}

function report(lines) {
  const ranked = {
    'NDCG@10': (figures) => figures['ndcg@10'],
    'HR@10': (figures) => figures['hr@10'],
    'Recall@10': (figures) => figures['recall@10'],
    'mispredicted watch time': (figures) => figures.mispredicted_time,
  };
  const lists = {
    'NDCG@10': ({ model }) => model.ndcg,
    'hit rate': ({ model }) => model.hit_rate,
    'above popularity by': ({ model, popular }) => model.ndcg - popular.ndcg,
    'twice its error': ({ error }) => 2 * error,
  };
  const sections = [
    section(
      lines,
      'watch_weight',
      'Weights of the ranking network',
      'Figures of `valid`, split `last_fifth`.',
      ranked,
      ['time', 'stars'],
    ),
    section(
      lines,
      'newcomers',
      'Steps for somebody new to the fusion network',
      'First lists of one part of five of those who can come new, of a table without the test ratings of the default split.',
      lists,
      ['50 steps', '200 steps'],
    ),
    section(
      lines,
      'goals',
      'The goal of a better first list',
      'As the page judges it: of all ratings, with the defaults of each method. It is reached where a method is above popularity by more than twice the error over newcomers.',
      lists,
    ),
  ];
  return `# Films over several seeds

Written by \`film_seeds.mjs --report\` from \`film_seeds.jsonl\`, which has every run: means over seeds with their standard
errors.
${sections.join('')}`;
}
