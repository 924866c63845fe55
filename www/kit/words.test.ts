import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  findWords,
  formatCount,
  formatNumber,
  formatShare,
  formatWithin,
  inFrontOf,
  loadLanguage,
  words,
  type Language,
} from './words.js';

const language: Language = {
  code: 'en',
  words: [
    { controls: { split: { label: 'Split of the flowers' } } },
    { controls: { split: { label: 'Split', help: 'Of {rows} rows' } } },
  ],
};

test('the words of a lesson stand over those that lessons share', () => {
  assert.equal(words(language, 'controls.split.label'), 'Split of the flowers');
  assert.equal(words(language, 'controls.split.help', { rows: 150 }), 'Of 150 rows');
});

test('words of another language stand behind, also once all words are there, and each only once', async () => {
  const one: Language = { code: 'en', words: [{ a: 'one' }] };
  const [first, later] = [{ a: 'other' }, { b: 'later' }];
  const other: Language = {
    code: 'en',
    words: [first],
    whole: () => Promise.resolve({ code: 'en', words: [first, later] }),
  };
  const both = inFrontOf(other, { ...one, words: [...one.words, { c: 'left' }] });
  assert.deepEqual(
    [findWords(both, 'a'), findWords(both, 'b'), findWords(both, 'c')],
    ['other', null, 'left'],
  );
  const whole = await both.whole!();
  assert.deepEqual(
    [findWords(whole, 'a'), findWords(whole, 'b'), findWords(whole, 'c')],
    ['other', 'later', 'left'],
  );
  assert.equal(whole.whole, undefined);
  assert.equal(inFrontOf(whole, both).words.length, 4, 'words that both have stand there once');
});

test('a key without words is null, or readable by its last name', () => {
  assert.equal(findWords(language, 'controls.split'), null);
  assert.equal(findWords(language, 'controls.split.label.more'), null);
  assert.equal(words(language, 'controls.weight_decay'), 'weight decay');
});

test('what every object of JavaScript has is no word', () => {
  for (const name of ['constructor', '__proto__', 'toString', 'constructor.name', '__proto__.constructor'])
    assert.equal(findWords(language, `controls.${name}`), null, name);
  const odd: Language = { code: 'en', words: [{ said: '{constructor} {toString}' }] };
  assert.equal(words(odd, 'said'), '{constructor} {toString}');
});

test('a placeholder without a value stays as it is', () => {
  assert.equal(words(language, 'controls.split.help'), 'Of {rows} rows');
});

test('only the language asked for is loaded', async () => {
  const asked: string[] = [];
  const loader = (code: string) => () => {
    asked.push(code);
    return Promise.resolve({ default: { own: code } });
  };
  const loaded = await loadLanguage('zh', Promise.resolve({ zh: loader('zh'), en: loader('en') }));
  assert.deepEqual(asked, ['zh']);
  assert.equal(words(loaded, 'own'), 'zh');
  assert.equal(
    words(loaded, 'parts.run'),
    words(await loadLanguage('zh', Promise.resolve(null)), 'parts.run'),
  );
});

test('words that come later stand beside those that came first, the lesson over what all share', async () => {
  const later = () => Promise.resolve({ default: { errors: { odd: 'so odd' } } });
  const module = () => Promise.resolve({ default: { own: 'first' }, later });
  const first = await loadLanguage('en', Promise.resolve({ zh: module, en: module }));
  assert.equal(findWords(first, 'errors.odd'), null);
  const whole = await first.whole!();
  assert.equal(words(whole, 'errors.odd'), 'so odd');
  assert.equal(words(whole, 'own'), 'first');
  assert.equal(words(whole, 'parts.run'), words(first, 'parts.run'));
  assert.equal(whole.whole, undefined);
});

test('numbers have a true minus sign, few digits, and a dash where they are not finite', () => {
  assert.equal(formatNumber(language, -0.123456), '−0.1235');
  assert.equal(formatNumber(language, 1.23e-9), '1.230e−9');
  assert.equal(formatNumber(language, Number.NaN), '–');
  assert.equal(formatCount(language, 1234567.4), '1,234,567');
  assert.equal(formatShare(language, 0.9481), '94.8%');
  assert.equal(formatShare({ code: 'zh', words: [] }, 1), '100%');
});

test('whole numbers are shown whole, and others as far as their neighbours need', () => {
  assert.equal(formatNumber(language, 1767225601), '1,767,225,601');
  assert.equal(formatWithin(language, 12345.678, 12345.678, 12355.428), '12,345.68');
  assert.equal(formatWithin(language, 0.0012345, 0.0012, 0.0041), '0.001235');
  assert.equal(formatWithin(language, 5.84333, 4.3, 7.9), '5.843');
  assert.equal(formatWithin(language, 7.25, 7.25, 7.25), '7.25');
});
