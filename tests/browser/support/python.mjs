/**
 * A Python with numpy and safetensors and nothing else, in which what the page says of its weights is tried.
 * `cargo xtask test` makes it and names it in `EMBERBOOK_PYTHON_WEIGHTS`.
 */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PYTHON = process.env.EMBERBOOK_PYTHON_WEIGHTS ?? join(ROOT, 'target/python-weights/bin/python');

/** Reads a JSON line from a program that runs in a folder of its own, in which these files `{name: content}` lie. */
async function answerOf(files, ...argv) {
  const folder = await mkdtemp(join(tmpdir(), 'emberbook-python-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    const options = { cwd: folder, maxBuffer: 2 ** 26 };
    const { stdout } = await promisify(execFile)(PYTHON, argv, options);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What stands in `weights` and `about` after some lines of Python beside a file of weights. */
export function loadedBy(lines, { name, bytes }) {
  const program = [
    ...lines,
    'shapes = {name: [str(value.dtype), *value.shape] for name, value in weights.items()}',
    'print(json.dumps({"shapes": shapes, "about": about}))',
  ].join('\n');
  return answerOf({ [name]: bytes, 'program.py': program }, 'program.py');
}

/** What numpy predicts from a file of weights alone: `{classes, probabilities, columns}`. */
export function predictedFrom({ name, bytes }, inputs) {
  const script = join(ROOT, 'tests/oracles/weights_alone.py');
  return answerOf({ [name]: bytes, 'inputs.json': JSON.stringify(inputs) }, script, name, 'inputs.json');
}

/** The largest difference of two tables of numbers. */
export function farthest(one, other) {
  const pairs = one.flatMap((row, index) => row.map((value, column) => [value, other[index][column]]));
  return pairs.reduce((most, [a, b]) => Math.max(most, Math.abs(a - b)), 0);
}
