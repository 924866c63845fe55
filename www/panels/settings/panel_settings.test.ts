import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Control, Settings } from '../../engine/protocol.js';
import { changedControls, groupsAt } from './panel_settings.js';

const control = (name: string, group: string, more: object = {}): Control =>
  ({
    type: 'number',
    name,
    group,
    default: 1,
    as_written: null,
    leads: false,
    only_with: [],
    ...more,
  }) as unknown as Control;

const CONTROLS = [
  control('seed', 'data'),
  control('task', 'data', { leads: true, type: 'choice', default: 'one' }),
  control('rows', 'data'),
  control('model', 'model', { type: 'choice', default: 'net' }),
  control('units', 'model', { only_with: [{ setting: 'model', options: ['net'] }] }),
  control('kernel', 'model', { only_with: [{ setting: 'model', options: ['svm'] }] }),
  control('rate', 'training'),
  control('edited', 'training', { type: 'text', default: '' }),
  control('mistake', 'evaluation', { as_written: 2 }),
  control('filter', 'inside'),
];
const USUAL = Object.fromEntries(CONTROLS.map((one) => [one.name, one.default]));
const LEVELS = { play: ['rate', 'units', 'kernel', 'gone', 'seed'], tune: ['model'] };

const lab = (changes: Settings = {}) => ({ controls: CONTROLS, settings: { ...USUAL, ...changes } });
const shown = (level: 'play' | 'tune' | 'everything', changes: Settings = {}, hide: string[] = []): unknown =>
  groupsAt(level, LEVELS, lab(changes), hide).map(({ name, controls, changed }) => [
    name,
    controls.map((one) => one.name).join(' '),
    changed,
  ]);

test('play shows the few that have a meaning, in the order of the lesson, in no group', () => {
  assert.deepEqual(shown('play'), [[null, 'rate units seed', 0]]);
  assert.deepEqual(shown('play', { model: 'svm', rate: 2 }), [[null, 'rate kernel seed', 1]]);
  assert.deepEqual(shown('play', {}, ['rate', 'units', 'seed']), []);
});

test('play shows five at most, and four beside the choice of a task, whatever a lesson lists', () => {
  const controls = [...'abcdefg'].map((name) => control(name, 'data'));
  const settings = Object.fromEntries(controls.map(({ name }) => [name, 1]));
  const [few] = groupsAt('play', { play: [...'gfedcba'], tune: [] }, { controls, settings }, []);
  assert.deepEqual(few?.controls.map(({ name }) => name).join(''), 'gfedc');
  controls.push(control('task', 'data', { leads: true }));
  const [fewer] = groupsAt('play', { play: [...'gfedcba'], tune: [] }, { controls, settings }, []);
  assert.deepEqual(fewer?.controls.map(({ name }) => name).join(''), 'gfed');
});

test('tune shows the common ones, and everything all, by group with what is changed in each', () => {
  assert.deepEqual(shown('tune', { units: 3, seed: 2 }), [
    ['data', 'seed', 1],
    ['model', 'model units', 1],
    ['training', 'rate', 0],
  ]);
  // A choice that leads, a mistake's switch, a look's own and a text that is empty stand elsewhere.
  assert.deepEqual(shown('everything', { rows: 5, seed: 2 }), [
    ['data', 'seed rows', 2],
    ['model', 'model units', 0],
    ['training', 'rate', 0],
  ]);
  assert.deepEqual(shown('everything', { edited: 'x' }), [
    ['data', 'seed rows', 0],
    ['model', 'model units', 0],
    ['training', 'rate edited', 1],
  ]);
});

test('what is changed is named at every level, mistakes included; what has no meaning now is not', () => {
  const names = (changes: Settings, hide: string[] = []): string =>
    changedControls(lab(changes), hide)
      .map((one) => one.name)
      .join(' ');
  assert.equal(names({}), '');
  assert.equal(names({ mistake: 2, rows: 9, task: 'two', filter: 5 }), 'rows mistake');
  assert.equal(names({ kernel: 4 }), '');
  assert.equal(names({ kernel: 4, model: 'svm' }), 'model kernel');
  assert.equal(names({ rows: 9, rate: 3 }, ['rows']), 'rate');
});
