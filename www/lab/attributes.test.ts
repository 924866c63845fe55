import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labOptions, listOf } from './attributes.js';
import type { LabOptions } from './options.js';

/** What stands around a lab, and whether it is the first on a page of the book's own. */
interface Page {
  near?: string;
  page?: string;
  browser?: string;
  own?: boolean;
  first?: boolean;
}

/** What a lab on a page takes from its attributes. */
function optionsOf(
  attributes: { [name: string]: string },
  { near, page = '', browser = 'en-GB', own = false, first = true }: Page = {},
): LabOptions {
  const element = {
    getAttribute: (name: string) => attributes[name] ?? null,
    parentElement: { closest: () => (near === undefined ? null : { getAttribute: () => near }) },
  };
  const documentElement = { lang: page, hasAttribute: (name: string) => own && name === 'data-emberbook' };
  const globals = {
    document: { documentElement, querySelector: () => (first ? element : {}) },
    navigator: { language: browser },
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  return labOptions(element as unknown as HTMLElement);
}

test('an element without attributes is a lab with the defaults', () => {
  assert.deepEqual(optionsOf({}), {
    lesson: '',
    lang: 'en',
    backend: 'auto',
    seed: null,
    config: null,
    preset: null,
    hide: [],
    lock: [],
    ownsAddress: false,
    figure: null,
    level: null,
    notices: [],
  });
});

test('the language is the element’s, or that around it, the page’s, the browser’s', () => {
  const lang = (...given: Parameters<typeof optionsOf>): string => optionsOf(...given).lang;
  assert.equal(lang({ lang: 'zh' }, { near: 'en' }), 'zh');
  assert.equal(lang({}, { near: 'zh-Hant', page: 'en' }), 'zh');
  assert.equal(lang({}, { page: 'ZH-CN' }), 'zh');
  assert.equal(lang({}, { browser: 'zh-TW' }), 'zh');
  assert.equal(lang({ lang: 'en' }, { near: 'zh', page: 'zh', browser: 'zh' }), 'en');
  // A language that the book does not have, one that only begins like Chinese, and one that says nothing.
  assert.equal(lang({ lang: 'fr' }, { page: 'zh' }), 'en');
  assert.equal(lang({ lang: 'zha' }), 'en');
  assert.equal(lang({ lang: '' }, { page: 'zh' }), 'zh');
});

test('a config is a JSON object; anything else is reported and left out', () => {
  const config = { hidden: [8, 4], seed: 7 };
  assert.deepEqual(optionsOf({ config: JSON.stringify(config) }).config, config);
  for (const given of ['', '  ']) {
    const options = optionsOf({ config: given });
    assert.deepEqual([options.config, options.notices], [null, []]);
  }
  for (const given of ['{', '[1]', '7', 'null', '"x"', `{"a": ${'9'.repeat(200)}`]) {
    const { config: read, notices } = optionsOf({ config: given });
    assert.equal(read, null);
    const expected = {
      code: 'attribute_invalid',
      attribute: 'config',
      given: given.slice(0, 80),
      used: '{}',
    };
    assert.deepEqual(notices, [expected]);
  }
});

test('an unknown backend is reported, and auto is taken', () => {
  assert.equal(optionsOf({ backend: 'webgpu' }).backend, 'webgpu');
  const { backend, notices } = optionsOf({ backend: 'cuda' });
  assert.deepEqual([backend, notices.map(({ given, used }) => [given, used])], ['auto', [['cuda', 'auto']]]);
});

test('an unknown level is reported, and everything is shown', () => {
  assert.equal(optionsOf({ level: 'tune' }).level, 'tune');
  const { level, notices } = optionsOf({ level: 'some' });
  assert.deepEqual(
    [level, notices.map(({ given, used }) => [given, used])],
    ['everything', [['some', 'everything']]],
  );
});

test('names are separated by commas, spaces or line ends', () => {
  assert.deepEqual(listOf(' goals, share\n code,,'), ['goals', 'share', 'code']);
  assert.deepEqual(listOf(''), []);
  assert.deepEqual(listOf(null), []);
  assert.deepEqual(listOf(['a b', '', 'c']), ['a b', 'c']);
});

test('the address belongs to the first lab of the book’s own pages', () => {
  assert.equal(optionsOf({}, { own: true }).ownsAddress, true);
  assert.equal(optionsOf({}, { own: true, first: false }).ownsAddress, false);
  assert.equal(optionsOf({}, { own: false }).ownsAddress, false);
});
