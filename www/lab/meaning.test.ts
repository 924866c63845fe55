import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Opened } from '../engine/protocol.js';
import { firstNeed, hasMeaning } from './meaning.js';

const needs = (...conditions: [string, string[]][]): object => ({
  only_with: conditions.map(([setting, options]) => ({ setting, options })),
});

/** Names of the settings that have a meaning. */
const meantOf = (controls: object[], settings: object): string[] => {
  const lab = { controls, settings } as unknown as Opened;
  return lab.controls.filter((control) => hasMeaning(control, lab)).map(({ name }) => name);
};

test('a setting has a meaning where those it depends on have theirs', () => {
  const controls = [
    { name: 'model', only_with: [] },
    { name: 'kernel', ...needs(['model', ['svm']]) },
    { name: 'gamma', ...needs(['kernel', ['rbf', 'poly']]) },
    { name: 'bagging', only_with: [] },
    { name: 'share', ...needs(['bagging', ['true']]) },
  ];
  const meant = (settings: object): string[] => meantOf(controls, { bagging: false, ...settings });
  assert.deepEqual(meant({ model: 'svm', kernel: 'rbf' }), ['model', 'kernel', 'gamma', 'bagging']);
  assert.deepEqual(meant({ model: 'svm', kernel: 'linear' }), ['model', 'kernel', 'bagging']);
  // The kernel chosen before is of no account for a network.
  assert.deepEqual(meant({ model: 'net', kernel: 'rbf' }), ['model', 'bagging']);
  assert.deepEqual(meant({ model: 'net', bagging: true }), ['model', 'bagging', 'share']);
});

test('a setting that needs several choices has a meaning where all of them are made', () => {
  const controls = [
    { name: 'dataset', only_with: [] },
    { name: 'features', only_with: [] },
    { name: 'effect', ...needs(['dataset', ['real', 'made']], ['features', ['invented']]) },
  ];
  const isMeant = (dataset: string, features: string): boolean =>
    meantOf(controls, { dataset, features }).includes('effect');
  assert.deepEqual(
    [
      isMeant('real', 'invented'),
      isMeant('made', 'invented'),
      isMeant('real', 'none'),
      isMeant('own', 'invented'),
    ],
    [true, true, false, false],
  );
});

test('what is to be chosen first is named, from the outside in', () => {
  const controls = [
    { name: 'model', only_with: [] },
    { name: 'kernel', ...needs(['model', ['svm']]) },
    { name: 'gamma', ...needs(['kernel', ['rbf', 'poly']]) },
  ];
  const need = (settings: object): object | null => {
    const lab = { controls, settings } as unknown as Opened;
    return firstNeed(lab.controls[2]!, lab);
  };
  assert.deepEqual(need({ model: 'net', kernel: 'linear' }), { setting: 'model', options: ['svm'] });
  assert.deepEqual(need({ model: 'svm', kernel: 'linear' }), { setting: 'kernel', options: ['rbf', 'poly'] });
  assert.equal(need({ model: 'svm', kernel: 'rbf' }), null);
});
