import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Measure } from './protocol.js';
import { workersFor } from './experiment_runner.js';

const FIGURE = { id: 'rmse', kind: 'figure', split: 'test', metric: 'rmse' } as Measure;
const TIME = { id: 'step_time', kind: 'milliseconds_per_step' } as Measure;

test('a core is left to the lab, and runs whose time is measured do not disturb one another', () => {
  const workers = (cores: number): number => workersFor({ measures: [FIGURE] }, cores);
  assert.deepEqual([1, 2, 3, 4, 16].map(workers), [1, 1, 2, 3, 3]);
  assert.equal(workersFor({ measures: [FIGURE, TIME] }, 16), 1);
});
