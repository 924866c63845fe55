/**
 * The experiments of the sequences lesson, run in Node with the released module: the numbers are those that a page gives.
 *
 *     cargo xtask build --release --only sequences
 *     node bench/studies/next_items.mjs models --seeds 1,2,3,4,5
 *
 * Each finished run is a line in `next_items.jsonl`; a run that stands there for this build is not made again. What is
 * compared is what the lesson declares (`src/lessons/sequences/experiments.rs`). `--report` writes the tables of all lines
 * to `next_items.md`.
 */

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openSequences } from './lib/sequences_in_node.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const LINES = join(here, 'next_items.jsonl');

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1,2,3,4,5' },
    only: { type: 'string' },
    settings: { type: 'string', default: '{}' },
    report: { type: 'boolean', default: false },
  },
});

const { open, build: buildName } = await openSequences();

/** Trains to the end and measures. */
async function run(settings) {
  const lab = await open(settings);
  const begin = performance.now();
  await lab.train(0, Infinity);
  const prepared = performance.now();
  let progress = lab.progress();
  while (!progress.finished) progress = await lab.train(1e9, Infinity);
  const trained = performance.now();
  const tracks = lab.history(0);
  const valid = tracks.find((track) => track.metrics.includes('valid_mrr@20'));
  const column = valid.metrics.indexOf('valid_mrr@20');
  const curve = [];
  for (let row = 0; row * valid.metrics.length < valid.values.length; row++)
    curve.push(valid.values[row * valid.metrics.length + column]);
  const test = await lab.evaluate('test');
  let disturbed = null;
  if (progress.totalEpochs > 1 || progress.step > 1)
    disturbed = await lab.inspect('disturbed', {}, []).catch(() => null);
  const pooling = await lab.inspect('pooling', {}, []).catch(() => null);
  lab.free();
  const best = curve.indexOf(Math.max(...curve));
  const secondsToBest = ((trained - prepared) / 1000) * ((best + 1) / curve.length);
  return {
    test,
    valid: curve[best],
    epoch: best + 1,
    curve: curve.map((value) => Number(value.toFixed(4))),
    seconds: {
      prepared: (prepared - begin) / 1000,
      trained: (trained - prepared) / 1000,
      toBest: secondsToBest,
    },
    disturbed,
    pooling,
  };
}

const known = existsSync(LINES)
  ? readFileSync(LINES, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  : [];

if (options.report) {
  writeFileSync(join(here, 'next_items.md'), report(known));
} else {
  const lab = await open({});
  const { experiments } = lab.opened().description;
  lab.free();
  const laid = JSON.parse(options.settings);
  const only = options.only?.split(',');
  for (const seed of options.seeds.split(',').map(Number)) {
    for (const id of positionals) {
      const experiment = experiments.find((one) => one.id === id);
      if (!experiment) throw new Error(`there is no experiment ${id}`);
      for (const variant of experiment.variants.filter(({ id: name }) => !only || only.includes(name))) {
        const settings = { ...variant.settings, ...laid, seed };
        const key = JSON.stringify([buildName, id, variant.id, settings]);
        if (known.some((line) => line.key === key)) continue;
        const line = {
          key,
          build: buildName,
          experiment: id,
          variant: variant.id,
          settings,
          ...(await run(settings)),
        };
        appendFileSync(LINES, `${JSON.stringify(line)}\n`);
        known.push(line);
        console.log(
          `${id} ${variant.id} seed ${seed}: test MRR@20 ${line.test['mrr@20'].toFixed(4)}, HR@20 ${line.test['hr@20'].toFixed(4)}, ` +
            `valid ${line.valid.toFixed(4)} at epoch ${line.epoch}, ${line.seconds.trained.toFixed(1)} s`,
        );
      }
    }
  }
}

/** Mean and standard error. */
function mean(values) {
  const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return {
    middle,
    error: values.length > 1 ? Math.sqrt(squares / (values.length - 1) / values.length) : NaN,
  };
}

function report(lines) {
  const text = (values, digits = 4) => {
    const { middle, error } = mean(values);
    return `${middle.toFixed(digits)} ± ${error.toFixed(digits)}`;
  };
  const parts = [
    '# Next items\n',
    'Written by `next_items.mjs --report` from `next_items.jsonl`, which has every run with its seed and the build of the module: ' +
      'means over seeds with their standard errors, test figures, all signals on. Drops are of MRR@20 on validation.\n',
  ];
  // MMSR with nothing else set, from whatever experiment; builds since then give it to the bit.
  const usual = ({ settings }) => Object.keys(settings).every((name) => ['model', 'seed'].includes(name));
  const mmsr = lines.filter((line) => line.variant === 'mmsr' && usual(line));
  for (const experiment of new Set(lines.map((line) => line.experiment))) {
    const of = lines.filter((line) => line.experiment === experiment);
    parts.push(`## ${experiment}\n`);
    parts.push(
      '| variant | seeds | MRR@20 | HR@20 | NDCG@20 | MRR@5 | HR@5 | best epoch | drop shuffled | drop mismatched |',
    );
    parts.push('|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|');
    for (const variant of new Set(of.map((line) => line.variant))) {
      const runs = of.filter((line) => line.variant === variant);
      const figure = (name) => text(runs.map((line) => line.test[name]));
      const drops = (way) =>
        runs.every((line) => line.disturbed) ? text(runs.map((line) => line.disturbed[way].drop)) : '';
      parts.push(
        `| ${variant} | ${runs.length} | ${['mrr@20', 'hr@20', 'ndcg@20', 'mrr@5', 'hr@5'].map(figure).join(' | ')} | ` +
          `${mean(runs.map((line) => line.epoch)).middle.toFixed(0)} | ${drops('shuffled')} | ${drops('mismatched')} |`,
      );
    }
    parts.push('');
    for (const variant of new Set(of.map((line) => line.variant).filter((name) => name !== 'mmsr'))) {
      const pairs = of
        .filter((line) => line.variant === variant)
        .flatMap((line) => {
          const twin = mmsr.find(({ settings }) => settings.seed === line.settings.seed);
          return twin ? [line.test['mrr@20'] - twin.test['mrr@20']] : [];
        });
      if (pairs.length > 1)
        parts.push(`- \`${variant}\` less \`mmsr\`, pairs of one seed: ${text(pairs)} MRR@20`);
    }
    parts.push('');
  }
  return parts.join('\n');
}
