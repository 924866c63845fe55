import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areDevices } from './device_use.js';

const use = (from_step: unknown, kind: unknown = 'cpu', adapter: unknown = ''): object => ({
  from_step,
  kind,
  adapter,
});

test('devices are a list in order of step that begins at step 0', () => {
  assert.ok(areDevices([use(0)]));
  assert.ok(areDevices([use(0), use(3, 'webgpu', 'NVIDIA'), use(4)]));
  const others = [
    [],
    [use(1)],
    [use(0), use(0)],
    [use(0), use(5), use(4)],
    [use(0, 'abacus')],
    [use(0, 'cpu', null)],
    [use(0.5)],
    [use('0')],
    [null],
    { 0: use(0), length: 1 },
    null,
  ];
  for (const value of others) assert.equal(areDevices(value), false, JSON.stringify(value));
});
