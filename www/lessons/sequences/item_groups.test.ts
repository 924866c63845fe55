import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemShown } from '../../generated/sequences.js';
import { groupsOf } from './item_groups.js';

const item = (group: number | null, taken: number): ItemShown => ({
  id: '',
  title: '',
  chinese: '',
  tags: [],
  chinese_tags: [],
  group,
  picture: false,
  image_missing: false,
  text_missing: false,
  taken,
  cold: false,
});

test('items stand by group, those taken more often first, those without a group last', () => {
  const items = [item(1, 2), item(0, 1), item(1, 5), item(null, 9)];
  assert.deepEqual(groupsOf({ items, groups: ['food', 'objects', 'nobody is in'] }), [
    [0, [1]],
    [1, [2, 0]],
    [null, [3]],
  ]);
});
