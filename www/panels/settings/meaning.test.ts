import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Opened } from '../../engine/protocol.js';
import { hasMeaning } from './meaning.js';

test('a setting has a meaning where those it depends on have theirs', () => {
  const needs = (setting: string, ...options: string[]): object => ({ only_with: { setting, options } });
  const controls = [
    { name: 'model', only_with: null },
    { name: 'kernel', ...needs('model', 'svm') },
    { name: 'gamma', ...needs('kernel', 'rbf', 'poly') },
    { name: 'bagging', only_with: null },
    { name: 'share', ...needs('bagging', 'true') },
  ];
  const meant = (settings: object): string[] => {
    const opened = { controls, settings: { bagging: false, ...settings } } as unknown as Opened;
    return opened.controls.filter((control) => hasMeaning(control, opened)).map(({ name }) => name);
  };
  assert.deepEqual(meant({ model: 'svm', kernel: 'rbf' }), ['model', 'kernel', 'gamma', 'bagging']);
  assert.deepEqual(meant({ model: 'svm', kernel: 'linear' }), ['model', 'kernel', 'bagging']);
  // The kernel chosen before is of no account for a network.
  assert.deepEqual(meant({ model: 'net', kernel: 'rbf' }), ['model', 'bagging']);
  assert.deepEqual(meant({ model: 'net', bagging: true }), ['model', 'bagging', 'share']);
});
