import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../../kit/words.js';
import { genreName, occupationName } from './named.js';
import en from './words.en.json' with { type: 'json' };
import zh from './words.zh.json' with { type: 'json' };

const english: Language = { code: 'en', words: [en] };
const chinese: Language = { code: 'zh', words: [zh] };

test('genres and occupations have names in the language of the page', () => {
  assert.deepEqual(
    ["Children's", 'Sci-Fi', '(no genres listed)', 'Genre 3'].map((name) => genreName(chinese, name)),
    ['儿童', '科幻', '未标类型', '第 3 类'],
  );
  assert.deepEqual(
    ["Children's", 'Sci-Fi', 'Genre 3'].map((name) => genreName(english, name)),
    ["Children's", 'Sci-Fi', 'Genre 3'],
  );
  assert.deepEqual(
    ['K-12 student', 'academic/educator', 'salesman'].map((name) => occupationName(chinese, name)),
    ['中小学生', '教育工作者', '销售员'],
  );
});

test('a name that no published file has stays as it is', () => {
  assert.equal(genreName(chinese, 'Samba & Co.'), 'Samba & Co.');
  assert.equal(occupationName(chinese, 'constructor'), 'constructor');
  assert.equal(occupationName(english, 'Zoo keeper'), 'Zoo keeper');
});
