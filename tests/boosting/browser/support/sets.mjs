/** The tables of tests/oracles/boosting_lightgbm.py, as the lab's `inspect('replay')` takes them, with LightGBM's own answers. */

import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const FOLDER = new URL('../../../fixtures/boosting/', import.meta.url);

const unpacked = (name, file) => gunzipSync(readFileSync(new URL(`${name}/${file}`, FOLDER))).toString();

/** Names of the sets. */
export const names = readdirSync(FOLDER).sort();

/** What a model file says of its trees: all that training decides. */
export const trees = (text) => text.slice(0, text.indexOf('\nend of trees'));

/** A set: `{given, model, raw}`; no cell of these tables has a comma or a quote in it. */
export function read(name) {
  const outputs = JSON.parse(readFileSync(new URL(`${name}/outputs.json`, FOLDER), 'utf8'));
  const model = unpacked(name, 'model.txt.gz');
  const [header, ...rows] = unpacked(name, 'rows.csv.gz')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const lists = JSON.parse(/^pandas_categorical:(.*)$/m.exec(model)?.[1] ?? 'null') ?? [];
  const first = 1 + Number(outputs.weight);
  let met = 0;
  const columns = header.slice(first).map((column, index) => {
    const categorical = outputs.categorical.includes(index);
    const list = categorical ? lists[met++] : undefined;
    const value = (cell) => {
      if (!list) return cell === '' ? null : Number(cell);
      return list.includes(cell) ? list.indexOf(cell) : null;
    };
    return { name: column, values: rows.map((row) => value(row[first + index])), categorical };
  });
  const stopped = outputs.best_iteration > 0;
  const given = {
    columns,
    labels: rows.map((row) => Number(row[0])),
    weights: outputs.weight ? rows.map((row) => Number(row[1])) : null,
    valid_rows: outputs.valid_rows,
    parameters: { ...outputs.params, ...(stopped ? { early_stopping_round: 5 } : {}) },
    rounds: outputs.rounds,
    metrics: stopped ? Object.keys(outputs.metrics.valid) : [],
  };
  return { given, model, raw: outputs.raw };
}
