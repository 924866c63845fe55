import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../kit/words.js';
import { unitBeside } from './run_label.js';

const language = (code: 'en' | 'zh'): Language => ({
  code,
  words: [
    {
      units:
        code === 'en'
          ? { epochs: 'epochs', rows: 'rows', units: 'units' }
          : { epochs: '轮', rows: '条', units: '个神经元', users: '位' },
    },
  ],
});

test('a unit that the name says already is not said again', () => {
  const en = (name: string, unit: string | null): string => unitBeside(language('en'), name, unit);
  assert.equal(en('Epochs', 'epochs'), '');
  assert.equal(en('Epochs of the auto-encoders', 'epochs'), '');
  assert.equal(en('Rows in a leaf', 'rows'), '');
  assert.equal(en('Batch size', 'rows'), 'rows');
  // A part of a word is none of it.
  assert.equal(en('Arrows', 'rows'), 'rows');
  assert.equal(en('Learning rate', null), '');
});

test('in Chinese a measure word is said by the name, or by a name that is a count', () => {
  const zh = (name: string, unit: string): string => unitBeside(language('zh'), name, unit);
  assert.equal(zh('训练轮数', 'epochs'), '');
  assert.equal(zh('每隔几轮重抽', 'epochs'), '');
  assert.equal(zh('全连接层的神经元', 'units'), '');
  assert.equal(zh('用户数', 'users'), '');
  assert.equal(zh('簇数 C', 'users'), '');
  assert.equal(zh('批量大小', 'rows'), '条');
});
