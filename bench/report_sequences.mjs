/** What is said of histories by their length. */

import { ms, ratioText, spread, table, whole } from './lib/markdown.mjs';

export function sequencesGrowth({ plan, batchSize, rows, exponents }) {
  const agreed = rows.flatMap(({ length, agreement }) =>
    agreement.map(({ name, first, last, difference }) => [
      String(length),
      name,
      first.toFixed(6),
      last.toFixed(6),
      difference.toExponential(1),
    ]),
  );
  const perSecond = ({ median }) => whole((1000 * batchSize) / median);
  const timed = rows.flatMap(({ length, times }) =>
    times.map(({ name, readings }) => [
      String(length),
      name,
      spread(readings.each.median),
      ms(readings.each.p95.median),
      perSecond(readings.each.median),
      (times[0].readings.each.median.median / readings.each.median.median).toFixed(2),
    ]),
  );
  return [
    '## Sequences: a step by the length of histories',
    `Loss of the first steps of MMSR from the same weights over the same minibatches of ${batchSize}:`,
    table(['length', '', 'first loss', 'last loss', 'largest difference at any step'], agreed),
    `Milliseconds per step with its loss read; 64 numbers, one layer, no dropout. ${plan.rounds} rounds of ${whole(plan.steps)} steps. ` +
      'Emberbook computes along the edges of the graphs, jax-js a score for every two nodes.',
    table(['length', '', 'ms per step', 'p95', 'histories per second', 'Emberbook ÷ this'], timed),
    ...rows.map(({ length, ratio }) => `Emberbook on histories of ${length}: ${ratioText(ratio)}`),
    'Time of a step as a power of the length, from 10 to 50: ' +
      exponents
        .map(({ name, ...power }) => `${name} ${spread(power, (value) => value.toFixed(2))}`)
        .join(', ') +
      '.',
  ].join('\n\n');
}

export function sequencesPage({ edits, run }) {
  return [
    '## Sequences: the page',
    `A graph with loss, attention, gate and ranks at the weights of step ${edits.step}, from the question to the frame behind the answer, milliseconds: the first ${spread(edits.first)}, of other users ${spread(edits.others)}, of these with a picture and words taken away ${spread(edits.edited)}, at worst ${ms(edits.worst)}.`,
    `The default run on the page, seeds ${run.seeds.join(', ')}: its best MRR@20 on validation, ${spread(run.mrr, (value) => value.toFixed(4))}, in epoch ${spread(run.epoch, whole)}, after ${spread(run.toBest, (value) => value.toFixed(0))} s; to its end ${spread(run.whole, (value) => value.toFixed(0))} s.`,
  ].join('\n\n');
}
