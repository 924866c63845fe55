/** A machine that lacks something gets a sentence, not a blank page; the article stands. */

import { contains, equal, ok } from '../support/expect.mjs';
import { openWatchedFront } from '../support/front.mjs';
import { openHost } from '../support/host.mjs';
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

/** Both languages in one browser: which sentence it is does not depend on the engine. */
const languagesIn = (browser) => (browser === 'chromium' ? ['en', 'zh'] : ['en']);

export const tests = [
  ...Object.entries(LACKS).map(([lack, { code, before }]) => ({
    name: `without ${lack} the page says so and stands`,
    browsers: EVERYWHERE,
    async run({ open, words, browser }) {
      for (const language of languagesIn(browser)) {
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
  {
    name: 'a host whose policy lets no WebAssembly be compiled is told what to allow',
    // WebKitGTK 2.50 lets a page with this policy compile all the same.
    browsers: ['chromium', 'firefox'],
    async run({ open, words, siteUrl, atEnd, browser }) {
      for (const language of languagesIn(browser)) {
        const lab = `<ember-lab lesson="iris" lang="${language}" load="eager"></ember-lab>`;
        const html = `<!doctype html><html lang="${language}"><head><title>Host</title><script type="module" src="${siteUrl}embed.js"></script></head><body>${lab}</body></html>`;
        const host = await openHost(siteUrl, { '/': html }, { wasm: false });
        atEnd(host.close);
        const page = await open(`${host.origin}/`);
        page.allow(/policy|unsafe-eval|WebAssembly|wasm/i);
        await page.waitForStatus('error');
        await page.waitForText(words(language, 'errors.module_blocked'), 'ember-messages');
        // It would be the same again.
        equal(
          await page.count('button', words(language, 'ui.messages.again'), 'ember-messages'),
          0,
          'offers',
        );
      }
    },
  },
  {
    name: 'a script of the worker that is missing is named, and the lab can be tried again',
    browsers: EVERYWHERE,
    async run({ open, words, siteUrl, atEnd }) {
      const front = await openWatchedFront(siteUrl);
      atEnd(front.close);
      front.missing.add('engine/worker.js');
      const page = await open(`${front.url}${lesson()}`);
      page.allow(/worker\.js|404|Failed to load|NetworkError|import/i);
      await page.waitForStatus('error');
      const url = `${front.url}engine/worker.js`;
      await page.waitForText(words('en', 'errors.worker_missing', { url }), 'ember-messages');
      front.missing.clear();
      await page.click('button', words('en', 'ui.messages.again'), 'ember-messages');
      await page.waitForStatus('ready');
    },
  },
  {
    name: 'a download that stands still is broken off and said, and can be tried again',
    browsers: ['chromium'],
    async run({ open, words, siteUrl, atEnd }) {
      const front = await openWatchedFront(siteUrl);
      atEnd(front.close);
      front.stalled.add('pkg/cpu/emberbook_bg.wasm');
      const page = await open(`${front.url}${lesson()}`);
      page.allow(/emberbook_bg\.wasm/);
      await page.waitForStatus('error');
      const file = 'emberbook_bg.wasm';
      await page.waitForText(words('en', 'errors.download_stalled', { file }), 'ember-messages');
      front.stalled.clear();
      await page.click('button', words('en', 'ui.messages.again'), 'ember-messages');
      await page.waitForStatus('ready');
    },
  },
  {
    name: 'a picture dragged out of another page, which is only its address, is answered with what to do',
    browsers: EVERYWHERE,
    async run({ open, words, browser }) {
      for (const language of languagesIn(browser)) {
        const page = await open(lesson({ lang: language }));
        await page.waitForStatus('ready');
        await page.dropLink('https://elsewhere.example/cat.png', 'ember-own-table');
        await page.waitForText(words(language, 'errors.only_a_link'), 'ember-messages');
        equal(await page.property('status'), 'ready', 'status');
      }
    },
  },
];
