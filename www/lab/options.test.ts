import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Control, Settings } from '../engine/protocol.js';
import {
  addressWith,
  addressWithout,
  asksForOther,
  backendOf,
  changedLayers,
  layersOf,
  presetLayers,
  updatedLayers,
  type LabOptions,
} from './options.js';

function at(address: string): void {
  Object.defineProperty(globalThis, 'location', { value: new URL(address), configurable: true });
}

const options = (more: Partial<LabOptions> = {}): LabOptions => ({
  lesson: 'iris',
  lang: 'en',
  backend: 'auto',
  seed: null,
  config: null,
  preset: null,
  hide: [],
  lock: [],
  ownsAddress: true,
  figure: null,
  level: null,
  notices: [],
  ...more,
});

const control = (name: string, leads = false): Control => ({ name, leads }) as Control;

test('what the address says lies over config and attributes, and these over the preset', () => {
  at('https://book.example/iris/?rate=0.5&seed=3&lang=zh&backend=cpu');
  assert.deepEqual(layersOf(options({ preset: 'deep', config: { rate: 0.1, epochs: 5 }, seed: '7' })), [
    { source: 'preset', values: { name: 'deep' } },
    { source: 'config', values: { rate: 0.1, epochs: 5, seed: '7' } },
    { source: 'address', values: { rate: '0.5', seed: '3' } },
  ]);
});

test('a preset in the address stands in place of the attribute', () => {
  at('https://book.example/?preset=wide');
  assert.deepEqual(layersOf(options({ preset: 'deep' })), [
    { source: 'preset', values: { name: 'wide' } },
    { source: 'config', values: {} },
  ]);
});

test('locked settings, and labs that do not own the address, pay it no heed', () => {
  at('https://book.example/?rate=0.5&seed=3&preset=wide&backend=webgpu');
  const layers = layersOf(options({ lock: ['rate'] }));
  assert.deepEqual(layers.at(-1), { source: 'address', values: { seed: '3' } });
  const guest = options({ ownsAddress: false, backend: 'cpu' });
  assert.deepEqual(layersOf(guest), [{ source: 'config', values: {} }]);
  assert.equal(backendOf(guest), 'cpu');
  assert.equal(backendOf(options({ backend: 'cpu' })), 'webgpu');
  at('https://book.example/?backend=cuda');
  assert.equal(backendOf(options({ backend: 'cpu' })), 'cpu');
});

test('settings written into an address are read from it again, whatever signs they hold', () => {
  at('https://book.example/iris/?lang=zh&rate=9&preset=deep&mine=1#charts');
  const settings: [string, string][] = [
    ['hidden', '8,4'],
    ['label', 'a=1&b=2?#%2C,100 %'],
    ['name', '花萼 长度'],
    ['__proto__', 'x'],
    ['empty', ''],
  ];
  const address = addressWith(['rate', 'hidden', 'label', 'name', 'empty'], settings);
  assert.match(address, /hidden=8,4/);
  assert.match(address, /#charts$/);
  at(address);
  const [config, read] = layersOf(options());
  assert.deepEqual(config, { source: 'config', values: {} });
  // What else the address carries, such as the reader's own parameters, stays; the preset is spelled out by now.
  assert.deepEqual(Object.entries(read!.values), [['mine', '1'], ...settings]);
  assert.equal(new URL(address).searchParams.get('lang'), 'zh');
});

test('an address without settings is left with none', () => {
  at('https://book.example/iris/?rate=9&hidden=8');
  assert.equal(addressWith(['rate', 'hidden'], []), 'https://book.example/iris/');
});

const SETTINGS: Settings = { model: 'net', rate: 0.5, hidden: [8], seed: 7 };
const CONTROLS = [control('model', true), control('rate'), control('hidden'), control('seed')];
const OPENED = { settings: SETTINGS, controls: CONTROLS };

test('a changed setting leaves the others as they are', () => {
  const [layer] = changedLayers({ rate: 0.1 }, options(), OPENED);
  assert.deepEqual(layer!.values, { ...SETTINGS, rate: 0.1 });
  assert.deepEqual(changedLayers({}, options(), OPENED)[0]!.values, SETTINGS);
});

test('when the setting that leads changes, only seed and locked settings stay', () => {
  const changed = (changes: Settings, lock: string[] = []): Settings =>
    changedLayers(changes, options({ lock }), OPENED)[0]!.values;
  assert.deepEqual(changed({ model: 'tree' }), { model: 'tree', seed: 7 });
  assert.deepEqual(changed({ model: 'tree', rate: 1 }, ['hidden']), {
    model: 'tree',
    rate: 1,
    hidden: [8],
    seed: 7,
  });
  // Set to what it is, it changes nothing.
  assert.deepEqual(changed({ model: 'net', rate: 1 }), { ...SETTINGS, rate: 1 });
});

test('a preset keeps seed, config, locked settings and what leads', () => {
  const layers = presetLayers('deep', options({ config: { epochs: 3, rate: 9 }, lock: ['rate'] }), OPENED);
  assert.deepEqual(layers, [
    { source: 'preset', values: { name: 'deep' } },
    { source: 'config', values: { epochs: 3, rate: 0.5, model: 'net', seed: 7 } },
  ]);
});

test('another seed or backend leaves what the reader has changed, a config or preset does not', () => {
  at('https://host.example/course');
  const controls = [{ ...control('seed'), default: 1 }, control('rate')] as Control[];
  const opened = { controls, settings: { seed: 2, rate: 0.7 } };
  const before = options({ ownsAddress: false, seed: '2', config: { rate: 0.1 } });
  const kept = (now: LabOptions): Settings => updatedLayers(before, now, opened).at(-1)!.values;
  assert.deepEqual(kept({ ...before, seed: '9' }), { seed: '9', rate: 0.7 });
  assert.deepEqual(kept({ ...before, backend: 'cpu' }), { seed: 2, rate: 0.7 });
  assert.deepEqual(kept({ ...before, seed: null }), { seed: 1, rate: 0.7 });
  assert.deepEqual(kept({ ...before, config: { rate: 0.2 } }), { seed: '2', rate: 0.2 });
  assert.deepEqual(kept({ ...before, preset: 'deep', seed: '9' }), { seed: '9', rate: 0.1 });
  // On a page of the book's own the address carries what the reader has changed, and stands above the element.
  at('https://book.example/iris/?rate=0.7&seed=2');
  const own = updatedLayers(
    { ...before, ownsAddress: true },
    { ...before, ownsAddress: true, seed: '9' },
    opened,
  );
  assert.deepEqual(own.at(-1), { source: 'address', values: { rate: '0.7', seed: '2' } });
});

test('words and hidden parts ask for no other lab', () => {
  const before = options({ config: { rate: 1 } });
  assert.equal(
    asksForOther(before, { ...before, lang: 'zh', hide: ['code'], lock: ['seed'], config: { rate: 1 } }),
    false,
  );
  for (const more of [
    { lesson: 'vision' },
    { backend: 'cpu' as const },
    { seed: '3' },
    { config: null },
    { preset: 'a' },
  ])
    assert.equal(asksForOther(before, { ...before, ...more }), true);
});

test('a parameter is taken out of the address, and all else stays', () => {
  at('https://book.example/iris/?preset=quick&level=tune&hidden=8%2C4#data');
  assert.equal(addressWithout('level'), 'https://book.example/iris/?preset=quick&hidden=8,4#data');
});

test('the level is no setting, and no other lab is asked for with it', () => {
  at('https://book.example/iris/?level=tune');
  assert.deepEqual(layersOf(options()), [{ source: 'config', values: {} }]);
  assert.equal(asksForOther(options(), options({ level: 'tune' })), false);
});
