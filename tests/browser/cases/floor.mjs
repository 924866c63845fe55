/** A machine that lacks something gets a sentence, not a blank page; the article stands. */

import { contains, equal, ok } from '../support/expect.mjs';
import { lesson } from '../../iris/browser/support/lesson.mjs';
import { EVERYWHERE } from '../support/lessons.mjs';

/** What is missing, as a script that takes it away before the page's own; and the code of the sentence. */
const LACKS = {
  'WebAssembly SIMD': {
    code: 'no_simd',
    // Opcode 0xFD begins every instruction on 128-bit vectors.
    before: `const validate = WebAssembly.validate;
      WebAssembly.validate = (bytes) => !new Uint8Array(bytes.buffer ?? bytes).includes(0xfd) && validate(bytes);`,
  },
  WebAssembly: { code: 'no_webassembly', before: 'delete globalThis.WebAssembly;' },
  'a worker (the constructor throws)': {
    code: 'worker_blocked',
    before: `globalThis.Worker = class { constructor() { throw new DOMException('kept out', 'SecurityError'); } };`,
  },
  'a worker (none comes up)': {
    code: 'worker_blocked',
    before: `globalThis.Worker = class extends EventTarget {
      constructor() { super(); setTimeout(() => this.onerror?.(Object.assign(new Event('error', { cancelable: true }), { message: '' }))); }
      postMessage() {}
      terminate() {}
    };`,
  },
};

export const tests = [
  ...Object.entries(LACKS).map(([lack, { code, before }]) => ({
    name: `without ${lack} the page says so and stands`,
    browsers: EVERYWHERE,
    async run({ open, words }) {
      for (const language of ['en', 'zh']) {
        const page = await open(lesson({ lang: language }), { before: [before] });
        await page.waitForStatus('error');
        await page.waitForAnnouncement(words(language, `errors.${code}`));
        const article = await page.textOfAll('section.text');
        contains(article, words(language, 'lesson.title', {}, 'iris'), 'the article');
        ok(article.length > 1000, 'length of the article that is seen', article.length);
      }
    },
  })),
  {
    name: 'the cover says what the machine lacks',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open('?lang=en', { before: [LACKS['WebAssembly SIMD'].before] });
      await page.waitForText(words('en', 'ui.site.simd_missing'));
      ok((await page.textOfAll('[data-answer^="webgpu"]')) !== '', 'a word on WebGPU');
    },
  },
  {
    name: 'a module that does not arrive is told, and the lab can be tried again',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open('?lang=en');
      const native = page.driver.native;
      page.allow(/request:|console:|Failed to load/);
      await native.route('**/pkg/cpu/*.wasm', (route) => route.abort());
      await page.goto(lesson());
      await page.waitForStatus('error');
      await page.waitForText(words('en', 'errors.module_not_loaded'), 'ember-messages');
      await native.unroute('**/pkg/cpu/*.wasm');
      await page.click('button', words('en', 'ui.run.start'), 'ember-run-bar');
      await page.waitForStatus('training', 'done');
      ok((await page.property('controls')).length > 0, 'controls');
    },
  },
];
