import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemShown, ModalityShown, Reason } from '../../generated/sequences.js';
import type { Language } from '../../kit/words.js';
import { CodeFaces } from './code_faces.js';
import { ItemBook } from './item_book.js';
import { codeSet } from './notation.js';
import { heavyOf, nodeName, reasonSentence, sharersOf, type Told } from './reasons.js';
import en from './words.en.json' with { type: 'json' };
import zh from './words.zh.json' with { type: 'json' };

const steps = [
  { item: 0, images: [7], texts: [3] },
  { item: 1, images: [7, 2], texts: [4] },
  { item: 0, images: [7], texts: [3] },
];
const item = (title: string, tags: string[]): ItemShown => ({
  id: title,
  title,
  chinese: title,
  tags,
  chinese_tags: tags,
  group: null,
  picture: true,
  image_missing: false,
  text_missing: false,
  taken: 1,
  cold: false,
});
const book = new ItemBook({ items: [item('apple', ['fruit']), item('ladybird', [])], groups: [], side: 32 });
const modality = (clusters: number[][]): ModalityShown => ({
  columns: 2,
  losses: [],
  clusters,
  codes: [[0], [0]],
  without: 0,
  same_group: null,
  same_group_by_chance: null,
});
const faces = new CodeFaces({ image: modality([[0, 1]]), text: modality([[], [], [], [0], []]) }, book);
const told = (language: Language): Told => ({
  language,
  names: { book, faces, settings: {} },
  sharers: (channel, code) => sharersOf(steps, channel, code),
});
const english = told({ code: 'en', words: [en] });
const chinese = told({ code: 'zh', words: [zh] });

const apple = { kind: 'item', number: 0 } as const;
const ladybird = { kind: 'item', number: 1 } as const;
const code = { kind: 'image', number: 7 } as const;

test('items with a code are named once each', () => {
  assert.deepEqual(sharersOf(steps, 'image', 7), [0, 1]);
  assert.deepEqual(sharersOf(steps, 'image', 2), [1]);
  assert.deepEqual(sharersOf(steps, 'text', 7), []);
});

test('a shared code says whose it is, one of its own does not', () => {
  assert.match(nodeName(code, english), /7.*apple.*ladybird/);
  assert.doesNotMatch(nodeName({ kind: 'image', number: 2 }, english), /ladybird/);
});

test('a code of words says what it is about, where that is known', () => {
  assert.match(nodeName({ kind: 'text', number: 3 }, english), /3.*fruit/);
  assert.match(nodeName({ kind: 'text', number: 4 }, english), /4$/);
});

test('every relation of the graph has a sentence with both nodes, in both languages', () => {
  for (const language of [english, chinese]) {
    const said = Array.from({ length: 9 }, (_, place) =>
      reasonSentence({ from: apple, to: ladybird, relation: place + 2, weight: 1 }, language),
    );
    assert.equal(new Set(said).size, 6, said.join('; '));
    for (const sentence of said) {
      assert.match(sentence, /apple/);
      assert.match(sentence, /ladybird/);
      assert.doesNotMatch(sentence, /[{}]/);
    }
  }
});

test('without a graph a step speaks by itself', () => {
  const reason: Reason = { from: apple, to: null, relation: null, weight: 1 };
  assert.match(reasonSentence(reason, english), /apple/);
});

test('sets of codes are written as sets', () => {
  assert.deepEqual([codeSet([]), codeSet([7]), codeSet([7, 2])], ['∅', '7', '{7, 2}']);
});

test('reasons beside which others weigh nothing are left alone, and none is made of zeros', () => {
  const weighing = (...weights: number[]): Reason[] =>
    weights.map((weight) => ({ from: apple, to: ladybird, relation: 2, weight }));
  assert.deepEqual(
    heavyOf(weighing(-1, 0.5, 0.001, 0)).map(({ weight }) => weight),
    [-1, 0.5],
  );
  assert.deepEqual(heavyOf(weighing(0, 0)), []);
  assert.deepEqual(heavyOf([]), []);
});
