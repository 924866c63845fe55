import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EngineFailure } from '../engine/protocol.js';
import type { Language } from '../kit/words.js';
import { failureText } from './failure_text.js';
import { Messages, sentence } from './notices.js';

const LANGUAGE: Language = {
  code: 'en',
  words: [
    {
      controls: { rate: { label: 'Learning rate' } },
      errors: {
        table_too_large: '{file} is too large.',
        bad_record: '{file} is no record.',
        unknown: 'Something failed.',
      },
      ui: { messages: { went_back: 'As it was. {said}' } },
      notices: { setting_out_of_range: '{setting}: {given} became {used}.' },
    },
  ],
};

const sentences = (messages: Messages): string[] =>
  messages.list.map((message) => sentence(LANGUAGE, message));

test('a bad file is told by its reason, other failures by their code', () => {
  const messages = new Messages();
  messages.addFailure({ code: 'bad_table', message: '', details: { file: 'a.csv', reason: 'too_large' } });
  messages.addFailure({
    code: 'bad_record',
    message: '',
    details: { file: 'a.json', reason: 'it is not JSON' },
  });
  assert.deepEqual(sentences(messages), ['a.csv is too large.', 'a.json is no record.']);
});

test('what may succeed later can be tried again, and a change that failed says that the lab is as it was', () => {
  const messages = new Messages();
  const again = (): Promise<void> => Promise.resolve();
  const failed = (code: string): { code: string; message: string; details: object } => ({
    code,
    message: `It is ${code}.`,
    details: {},
  });
  for (const code of [
    'download_stalled',
    'data_not_loaded',
    'worker_missing',
    'module_not_loaded',
    'bad_table',
  ])
    messages.addFailure(failed(code) as EngineFailure, again, true);
  for (const code of ['module_blocked', 'picture_too_small', 'unknown_lesson'])
    messages.addFailure(failed(code) as EngineFailure, again);
  messages.addFailure(failed('engine_panic') as EngineFailure);
  assert.deepEqual(
    messages.list.map((message) => message.again === again),
    [true, true, true, true, false, false, false, false, false],
  );
  assert.equal(sentences(messages)[0], 'As it was. It is download_stalled.');
  assert.equal(sentences(messages)[5], 'It is module_blocked.');
});

test('a failure without words is told by its own sentence, and without that as unknown', () => {
  assert.equal(
    failureText(LANGUAGE, { code: 'new_one', message: 'The disk is full.', details: {} }),
    'The disk is full.',
  );
  assert.equal(failureText(LANGUAGE, new RangeError('')), 'Something failed.');
});

test('a setting is named as the panel names it, or by its own name', () => {
  const messages = new Messages();
  const notice = { code: 'setting_out_of_range', given: '7', used: '1', expected: '' } as const;
  messages.addNotice({ ...notice, setting: 'rate' });
  messages.addNotice({ ...notice, setting: 'odd' });
  assert.deepEqual(sentences(messages), ['Learning rate: 7 became 1.', 'odd: 7 became 1.']);
});

test('the same message takes the place of the one before, and with other facts stands beside it', () => {
  const messages = new Messages();
  for (const file of ['a', 'b', 'a']) messages.add('good', 'ui.messages.saved', { file });
  assert.deepEqual(
    messages.list.map(({ fill }) => fill['file']),
    ['b', 'a'],
  );
  assert.equal(new Set(messages.list.map(({ id }) => id)).size, 2);
  messages.dismiss(messages.list[0]!.id);
  assert.deepEqual(
    messages.list.map(({ fill }) => fill['file']),
    ['a'],
  );
});

test('errors and what was said of settings go each by itself', () => {
  const messages = new Messages();
  const add = (): void => {
    messages.add('error', 'errors.unknown');
    messages.add('warning', 'notices.setting_unknown');
    messages.add('good', 'ui.messages.saved');
  };
  const keys = (): string[] => messages.list.map(({ key }) => key);
  add();
  messages.clearErrors();
  assert.deepEqual(keys(), ['notices.setting_unknown', 'ui.messages.saved']);
  messages.clearSettings();
  assert.deepEqual(keys(), ['ui.messages.saved']);
});
