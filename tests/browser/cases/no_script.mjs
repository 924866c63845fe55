/** With JavaScript off every text can be read. */

import { contains, ok } from '../support/expect.mjs';

export const tests = [
  {
    name: 'with JavaScript off the pages are readable',
    browsers: ['chromium'],
    async run({ open, words }) {
      for (const [path, language] of [
        ['', 'zh'],
        ['zh.html', 'zh'],
        ['en.html', 'en'],
        ['iris/', 'zh'],
        ['iris/zh.html', 'zh'],
        ['iris/en.html', 'en'],
        ['vision/', 'zh'],
        ['vision/zh.html', 'zh'],
        ['vision/en.html', 'en'],
      ]) {
        const page = await open(path, { script: false });
        // Read by the driver: the helpers of the other tests are scripts too.
        const text = await page.driver.native.locator('body').innerText();
        const lesson = path.startsWith('vision') ? 'vision' : 'iris';
        contains(text, words(language, `lessons.${lesson}.title`), `text of /${path}`);
        const other = language === 'zh' ? 'en.html' : 'zh.html';
        const links = await page.driver.native.locator(`a[href$="${other}"]`).count();
        ok(links > 0, `/${path} links to the page in the other language`);
        if (!path.startsWith(lesson)) continue;
        ok(text.length > 1500, `length of the text of /${path}`, text.length);
        contains(text, words(language, 'ui.site.no_script'), `/${path} says what the lab needs`);
        ok((await page.driver.native.locator('math').count()) > 3, `formulas of /${path}`);
      }
    },
  },
];
