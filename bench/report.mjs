/** The results as Markdown. */

import { kilobytes, ms, ratioText, spread, table, whole } from './lib/markdown.mjs';
import { filmArena, filmLists, films, filmsGrowth } from './report_films.mjs';
import { sequencesGrowth, sequencesPage } from './report_sequences.mjs';

const SECTIONS = [
  ['agreement', agreement],
  ['cpu', (part) => steps('Step time, CPU', part)],
  ['webgpu', (part) => steps(`Step time, WebGPU on ${part.adapter}`, part)],
  ['gpuWork', gpuWork],
  ['digits', digits],
  ['digitsGpu', digitsGpu],
  ['digitsKernels', digitsKernels],
  ['digitsLong', digitsLong],
  ['films', (part) => films('Films: the fusion network, CPU', part)],
  ['filmsGpu', (part) => [films('Films, WebGPU', part), gpuWork(part.work)].join('\n\n')],
  ['filmsGrowth', filmsGrowth],
  ['filmLists', filmLists],
  ['filmArena', filmArena],
  ['sequencesGrowth', sequencesGrowth],
  ['sequencesPage', sequencesPage],
  ['boosting', boosting],
  ['presets', presets],
  ['reach', reach],
  ['startup', startup],
  ['page', page],
  ['reading', reading],
  ['experiments', experiments],
  ['memory', memory],
  ['ratings', ratings],
  ['sizes', sizes],
];

/** @param {any} results as run.mjs writes them to JSON */
export function report(results) {
  const { machine, date, load } = results;
  const head = [
    '# Emberbook beside its peers',
    [
      `Measured ${date}${results.quick ? ' with `--quick` (too few steps to quote)' : ''}:`,
      `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}; ${machine.browser};`,
      `Node ${machine.node}. ${Object.entries(results.libraries)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}.`,
      `Builds of Emberbook: ${Object.entries(results.builds)
        .map(([module, build]) => `${module} ${build}`)
        .join(', ')}.`,
      `Load of the machine (busy processes, mean of a minute): ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} after.`,
    ].join('\n'),
    'Figures are medians over rounds, with the least and the most of a round in brackets; README.md says how each is taken.',
  ];
  const failures = results.failures.map(
    ({ part, message }) => `**${part} could not be measured:** ${message}`,
  );
  const parts = SECTIONS.filter(([name]) => results[name]).map(([name, write]) => write(results[name]));
  return `${[...head, ...failures, ...parts].join('\n\n')}\n`;
}

function agreement(rows) {
  return [
    '## Same work',
    'Loss of 100 steps from the same weights over the same minibatches:',
    table(
      ['', 'first loss', 'last loss', 'largest difference at any step'],
      rows.map(({ name, first, last, difference }) => [
        name,
        first.toFixed(6),
        last.toFixed(6),
        difference.toExponential(1),
      ]),
    ),
  ].join('\n\n');
}

function steps(title, { plan, times, ratios }) {
  const row = ({ name, readings }) => [
    name,
    spread(readings.each.median),
    ms(readings.each.p95.median),
    spread(readings.together.median),
    ms(readings.together.p95.median),
  ];
  return [
    `## ${title}`,
    `Milliseconds per step; MLP 4-6-3, minibatches of 16, SGD. ${plan.rounds} rounds of ${whole(plan.steps)} steps ` +
      `after ${whole(plan.warmSteps)} to warm up, in blocks of ${plan.blockSteps}; p95 is that of the blocks.`,
    table(
      ['', 'loss read at each step', 'p95', `losses read every ${plan.blockSteps} steps`, 'p95'],
      times.map(row),
    ),
    [
      `- Emberbook, every loss read at its step: ${ratioText(ratios.each)}`,
      `- Emberbook as its page trains, beside the fastest peer in whichever way is quicker for it: ${ratioText(ratios.best)}`,
    ].join('\n'),
  ].join('\n\n');
}

function gpuWork(rows) {
  const count = (value) => String(Number(value.toFixed(2)));
  return [
    '## WebGPU calls per step',
    'Counted by wrapping the calls; independent of the machine. Two figures: losses read at each step / together.',
    table(
      ['', 'dispatches', 'submits', 'buffers made', 'pipelines at warm-up', 'adapter'],
      rows.map(({ name, adapter, each, together, pipelinesAtWarmUp }) => [
        name,
        ...['dispatches', 'submits', 'buffers'].map(
          (what) => `${count(each[what])} / ${count(together[what])}`,
        ),
        String(pipelinesAtWarmUp),
        adapter,
      ]),
    ),
  ].join('\n\n');
}

function digits({ cpu32, cpu128, epochs }) {
  return [
    '## Digits: the MNIST exercise’s network, CPU',
    'Milliseconds per step with its loss read; 347,690 parameters, Adam.',
    digitTable([
      ['minibatches of 32', cpu32],
      ['minibatches of 128', cpu128],
    ]),
    [
      `- Minibatches of 32: ${ratioText(cpu32.ratios.each)}`,
      `- Minibatches of 128: ${ratioText(cpu128.ratios.each)}`,
      `- 10,000 pictures: ${epochsText(epochs)}`,
    ].join('\n'),
  ].join('\n\n');
}

/** Whole epochs with their evaluations. */
const epochsText = ({ epochs, seeds, millisecondsPerEpoch, accuracy }) =>
  `an epoch with its evaluation ${spread(millisecondsPerEpoch, whole)} ms; test accuracy after ${epochs} epochs, ` +
  `mean of ${seeds} seeds: ${accuracy.mean.toFixed(4)} (${accuracy.least}–${accuracy.most})`;

function digitsGpu({ gpu32, work }) {
  return [
    '## Digits, WebGPU',
    digitTable([['minibatches of 32', gpu32]]),
    `Emberbook: ${ratioText(gpu32.ratios.each)}`,
    gpuWork(work),
  ].join('\n\n');
}

function digitsKernels(rows) {
  return [
    '## Digits on WebGPU, kernel by kernel',
    'Milliseconds of a step, batch 32, each dispatch timed in a pass of its own.',
    ...rows.map(({ name, milliseconds, dispatches, kernels, others }) =>
      [
        `${name}: ${ms(milliseconds)} ms in ${dispatches.toFixed(1)} dispatches.`,
        table(
          ['kernel', 'dispatches', 'ms', 'share'],
          [
            ...kernels.map((kernel) => [
              `${kernel.name} ${kernel.key} (${kernel.counts.join(' × ')})`,
              kernel.dispatches.toFixed(1),
              ms(kernel.milliseconds),
              `${((100 * kernel.milliseconds) / milliseconds).toFixed(0)} %`,
            ]),
            [`${others.count} others`, '', ms(others.milliseconds), ''],
          ],
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n');
}

function digitsLong({ all, memory, gpuMemory: onGpu }) {
  const { before, after, warmSteps, furtherSteps } = memory;
  return [
    '## Digits, long runs',
    [
      `- 60,000 pictures, 10,000 to test: ${epochsText(all)}`,
      `- WebAssembly memory after ${whole(warmSteps)} steps and after ${whole(furtherSteps)} more: ${(before / 1e6).toFixed(1)} and ${(after / 1e6).toFixed(1)} MB`,
    ].join('\n'),
    gpuMemory(onGpu),
  ].join('\n\n');
}

function gpuMemory({ name, warmSteps, furtherSteps, before, after }) {
  const megabytes = (bytes) => (bytes / 1e6).toFixed(2);
  const row = (title, value) => [title, value(before), value(after)];
  return [
    `${name}, a small network: MB after ${whole(warmSteps)} steps and after ${whole(furtherSteps)} more.`,
    table(
      ['', 'before', 'after'],
      [
        row('buffers of the GPU', ({ gpu }) => megabytes(gpu)),
        row('WebAssembly memory', ({ wasm }) => megabytes(wasm)),
        row('heap of the worker, JavaScript objects', ({ heap }) => heap.objects.toFixed(2)),
      ],
    ),
  ].join('\n\n');
}

function digitTable(parts) {
  return table(
    ['', 'contestant', 'ms per step', 'p95'],
    parts.flatMap(([title, { times }]) =>
      times.map(({ name, readings }) => [
        title,
        name,
        spread(readings.each.median),
        ms(readings.each.p95.median),
      ]),
    ),
  );
}

function boosting(rows) {
  const seconds = (value) => (value === undefined || value === null ? '–' : value.toFixed(2));
  const ratio = (one, other) => (one && other ? (one / other).toFixed(2) : '–');
  const size = ({ rows, columns }) => `${whole(rows)} × ${columns}`;
  const engine = (what) =>
    table(
      ['rows × columns', 'wasm', 'native', 'LightGBM', 'wasm ÷ LightGBM', 'native ÷ LightGBM'],
      rows.map((row) => [
        size(row),
        seconds(row.wasm[what]),
        seconds(row.native?.[what]),
        seconds(row.lightgbm?.[what]),
        ratio(row.wasm[what], row.lightgbm?.[what]),
        ratio(row.native?.[what], row.lightgbm?.[what]),
      ]),
    );
  return [
    '## Boosting, 100 rounds of 31 leaves',
    'Seconds, medians of three turns; all rows are learned from, binning included, nothing judged. LightGBM is native, with one thread.',
    engine('train'),
    'Prediction of all rows.',
    engine('predict'),
    'The page: 60 % of the rows are learned from, and every round is judged by them and by another 20 %. LightGBM judges by 40 %.',
    table(
      ['rows × columns', 'file → ready', 'run', 'LightGBM: binning and rounds', 'run ÷ LightGBM'],
      rows.map((row) => [
        size(row),
        seconds(row.page.load / 1000),
        seconds(row.page.train / 1000),
        seconds(row.page.lightgbm?.all),
        ratio(row.page.train / 1000, row.page.lightgbm?.all),
      ]),
    ),
  ].join('\n\n');
}

function presets(results) {
  const share = (value) => value.toFixed(3);
  return [
    '## Quick presets on their own page',
    table(
      ['preset', 'steps', 'seconds', 'on held-out rows'],
      Object.entries(results).map(([address, { steps, seconds, ...figures }]) => [
        `\`${address}\``,
        whole(steps),
        spread(seconds, (value) => value.toFixed(1)),
        Object.entries(figures)
          .map(([name, figure]) => `${name} ${spread(figure, share)}`)
          .join(', '),
      ]),
    ),
  ].join('\n\n');
}

function reach(rows) {
  return [
    '## Time to 0.93 test accuracy',
    'Full speed from the document’s settings, test accuracy asked for after each epoch (part of the time).',
    table(
      ['', 'milliseconds, median', 'epochs, median', 'seeds that get there within 150 epochs'],
      rows.map(({ name, milliseconds, epochs, reached, seeds }) => [
        name,
        milliseconds === null ? '–' : ms(milliseconds),
        epochs === null ? '–' : String(epochs),
        `${reached} of ${seeds}`,
      ]),
    ),
  ].join('\n\n');
}

function startup({ lab, workers }) {
  return [
    '## Start-up',
    'Milliseconds on localhost with nothing cached.',
    table(
      ['', 'milliseconds'],
      [
        [
          `Lab in a page of another origin: click on the poster → ready (${lab.device})`,
          spread(lab.clickToReady),
        ],
        ['… → first finished step', spread(lab.clickToFirstStep)],
        ['Lesson’s own page: navigation → lab ready', spread(lab.navigationToReady)],
        ...workers.map((worker) => [
          `Bare worker, start → first finished step: ${worker.name}`,
          spread(worker),
        ]),
      ],
    ),
  ].join('\n\n');
}

function page({ speed, keys }) {
  return [
    '## The page while training',
    `A whole run of 16,000 steps on the lesson’s page, everything drawn: ${spread(speed, whole)} steps per second.`,
    'Key press to the end of the next frame, milliseconds, while nothing runs, beside an experiment in its own worker, and while a run trains at full speed; a fresh page each:',
    table(
      ['run', 'field', 'median', 'worst of ' + keys[0].times.length],
      keys.map(({ run, field, median, worst }) => [run, field, ms(median), ms(worst)]),
    ),
  ].join('\n\n');
}

function reading({ slowdown, rows, figures }) {
  const share = ({ median }) => `${(100 * median).toFixed(1)}%`;
  return [
    '## Reading',
    `The first figure: from the navigation until it is drawn, with a processor ${slowdown} times slower; from the press of the first Run button to the frame behind the first step. The run: layout shift since the navigation, share of its time in tasks of more than 50 ms and the page’s work for each frame, ${slowdown} times slower.`,
    table(
      [
        'lesson',
        'first figure, ms',
        'press, nothing cached, ms',
        'press, again, ms',
        'shift',
        'long tasks',
        'work a frame, ms',
      ],
      rows.map((row) => [
        row.lesson,
        spread(row.firstFigure),
        spread(row.cold),
        spread(row.warm),
        row.shift.median.toFixed(3),
        share(row.longShare),
        ms(row.workPerFrame.median),
      ]),
    ),
    `Iris with every figure of its text made and the first in view, over the lab alone in view: ${spread(figures.ratio, (ratio) => ratio.toFixed(2))} of the steps per second.`,
  ].join('\n\n');
}

function experiments({ longTable, twentySeeds, firstOfSearch }) {
  return [
    '## Tables and experiments',
    table(
      ['on the lesson’s page', 'ms'],
      [
        ['Own table of 100,000 rows and 6 columns: file → lab ready on it', spread(longTable)],
        ['Experiment: click → 20 seeds of the network done', spread(twentySeeds)],
        ['Search for an architecture: click → first run in its table', spread(firstOfSearch)],
      ],
    ),
  ].join('\n\n');
}

function memory({ wasm, heaps }) {
  const megabytes = ({ objects, buffers }) => `${objects.toFixed(2)} + ${buffers.toFixed(2)}`;
  return [
    '## Memory',
    'Before and after further steps. Heaps after a garbage collection, JavaScript objects + array buffers.',
    table(
      ['', 'steps before', 'further steps', 'MB before', 'MB after'],
      [
        ...wasm.map(({ name, warmSteps, furtherSteps, before, after }) => [
          `${name}: WebAssembly memory`,
          whole(warmSteps),
          whole(furtherSteps),
          (before / 1e6).toFixed(2),
          (after / 1e6).toFixed(2),
        ]),
        ...['page', 'worker'].map((place) => [
          `Lesson’s page: heap of the ${place}`,
          whole(heaps.warmSteps),
          whole(heaps.furtherSteps),
          megabytes(heaps.before[place]),
          megabytes(heaps.after[place]),
        ]),
      ],
    ),
  ].join('\n\n');
}

function ratings({ zipBytes, ratings: count, seconds, before, peak }) {
  const megabytes = (value) => value.toFixed(0);
  return [
    '## Ratings of the reader’s own',
    `A zip of ml-1m’s shape, ${(zipBytes / 1e6).toFixed(1)} MB with ${whole(count)} ratings:`,
    table(
      ['on the lesson’s page', ''],
      [
        ['File chosen → lab open on them, seconds', spread(seconds)],
        ['Resident memory of the page’s process before, MB', spread(before, megabytes)],
        ['The most of it until then, MB', spread(peak, megabytes)],
      ],
    ),
  ].join('\n\n');
}

function sizes({ site, peers }) {
  const row = ({ name, raw, gzip, brotli }) => [name, kilobytes(raw), kilobytes(gzip), kilobytes(brotli)];
  const columns = ['raw', 'gzip -9', 'brotli -q 11'];
  return [
    '## Sizes',
    'Kilobytes (1,000 bytes).',
    table(['file of the site', ...columns], site.map(row)),
    'A peer’s worker for this task alone, bundled and minified, with the wasm it fetches:',
    table(['peer', ...columns], peers.map(row)),
  ].join('\n\n');
}
