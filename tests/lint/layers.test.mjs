import assert from 'node:assert/strict';
import test from 'node:test';
import { circleThrough, forbidden } from './layers.mjs';

test('a file may import from its own layer and from the left', () => {
  assert.equal(forbidden('lab/session.ts', 'kit/words.ts'), null);
  assert.equal(forbidden('lab/session.ts', 'lab/kept/kept_run.ts'), null);
  assert.equal(forbidden('lessons/iris/regions.ts', 'looks/rows/plane.ts'), null);
  assert.equal(forbidden('embed.ts', 'app/poster.ts'), null);
  assert.equal(forbidden('embed.ts', 'panels/lab.ts'), null);
});

test('a file must not import from the right, and no lesson from another', () => {
  assert.match(forbidden('kit/chart/chart.ts', 'lab/files.ts'), /kit stands left of lab/);
  assert.match(forbidden('panels/inside/inside.ts', 'lessons/iris/regions.ts'), /panels stands left/);
  assert.match(forbidden('lessons/vision/maps.ts', 'lessons/iris/regions.ts'), /must not know lessons\/iris/);
  assert.match(forbidden('lessons/vision/maps.ts', 'instruments/doctor/index.ts'), /must not know/);
  assert.match(forbidden('attic/old.ts', 'kit/words.ts'), /no layer/);
});

test('a circle is found by its shortest way, and a path without one is none', () => {
  const graph = { a: ['b', 'd'], b: ['c'], c: ['a'], d: ['a'], e: ['a'] };
  const imports = (file) => graph[file] ?? [];
  assert.deepEqual(circleThrough('a', imports), ['a', 'd', 'a']);
  assert.deepEqual(circleThrough('b', imports), ['b', 'c', 'a', 'b']);
  assert.equal(circleThrough('e', imports), null);
});
