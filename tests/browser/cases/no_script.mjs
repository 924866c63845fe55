/** With JavaScript off every text can be read. */

import { contains, ok } from '../support/expect.mjs';
import { LESSONS } from '../support/lessons.mjs';

/** Pages as `[path, language, lesson]`; the cover names the lessons. */
const PAGES = ['', ...LESSONS].flatMap((lesson) => {
  const folder = lesson && `${lesson}/`;
  return [
    [folder, 'zh', lesson],
    [`${folder}zh.html`, 'zh', lesson],
    [`${folder}en.html`, 'en', lesson],
  ];
});

export const tests = [
  {
    name: 'with JavaScript off the pages are readable',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open('', { script: false });
      for (const [path, language, lesson] of PAGES) {
        await page.goto(path);
        // Read by the driver, once the page is loaded: the helpers of the other tests are scripts too.
        const body = page.driver.native.locator('body');
        const text = await body.innerText();
        for (const id of lesson ? [lesson] : LESSONS)
          contains(text, words(language, 'lesson.title', {}, id), `text of /${path}`);
        const other = language === 'zh' ? 'en.html' : 'zh.html';
        const links = await body.locator(`a[href$="${other}"]`).count();
        ok(links > 0, `/${path} links to the page in the other language`);
        if (!lesson) continue;
        ok(text.length > 1500, `length of the text of /${path}`, text.length);
        contains(text, words(language, 'ui.site.no_script'), `/${path} says what the lab needs`);
        ok((await body.locator('math').count()) > 3, `formulas of /${path}`);
      }
    },
  },
];
