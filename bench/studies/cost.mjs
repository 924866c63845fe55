/**
 * From which length of the history on attention along the edges is faster than attention between all nodes: milliseconds
 * of a forward pass for one history, as the look *Cost* of the sequences lesson measures them, with the released module
 * in Node. Both models are asked in turns; printed are medians over the rounds and the quotient's spread.
 *
 *     cargo xtask build --release --only sequences
 *     node bench/studies/cost.mjs [--rounds 7]
 */

import { parseArgs } from 'node:util';
import { openSequences } from './lib/sequences_in_node.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);
const MODELS = ['mmsr', 'full_attention'];

const { open, build } = await openSequences();
const labs = await Promise.all(MODELS.map((model) => open({ model, encoder_epochs: 10, users: 50 })));
// The first pass prepares what later ones find done.
for (const lab of labs) await lab.inspect('cost', {}, []);
const rows = MODELS.map(() => []);
for (let round = 0; round < rounds; round += 1) {
  for (const [index, lab] of labs.entries()) rows[index].push((await lab.inspect('cost', {}, [])).rows);
}

const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)];
console.log(`build ${build}, ${rounds} rounds, milliseconds of one history`);
console.log('items  scores  complete  mmsr  full_attention  quotient (from–to)');
for (const [place, { length, scores, complete }] of rows[0][0].entries()) {
  const times = rows.map((of) => of.map((round) => round[place].milliseconds));
  const quotients = times[0].map((time, round) => time / times[1][round]);
  const [least, most] = [Math.min(...quotients), Math.max(...quotients)];
  console.log(
    [length, scores.toFixed(0), complete.toFixed(0), ...times.map((one) => median(one).toFixed(3))].join(
      '  ',
    ) + `  ${median(quotients).toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`,
  );
}
