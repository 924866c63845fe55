import assert from 'node:assert/strict';
import { test } from 'node:test';
import { initialOf, lookOf, numberOf } from './poster.js';

test('a poster bears the first letter of its title, whatever the script', () => {
  const titles = [
    'The Matrix (1999)',
    'Matrix, The (1999)',
    '2001: A Space Odyssey',
    '“Léon”',
    '千与千寻',
    '…',
  ];
  assert.deepEqual(titles.map(initialOf), ['M', 'M', '2', 'L', '千', '•']);
});

test('a genre that no published file has gets a look of its own, the same each time', () => {
  assert.deepEqual(lookOf('Genre 3'), lookOf('Genre 3'));
  assert.deepEqual(lookOf("Children's"), lookOf('Children'));
  const hues = Array.from({ length: 18 }, (_, genre) => lookOf(`Genre ${genre + 1}`).hue);
  assert.ok(new Set(hues).size >= 12, `${new Set(hues).size} hues of 18`);
  assert.equal(numberOf('Toy Story (1995)'), numberOf('Toy Story (1995)'));
});
