/** The words of the pages, read from the language files, so that the tests name no wording of their own. */

import { readFileSync } from 'node:fs';

const files = Object.fromEntries(
  ['zh', 'en'].map((language) => [
    language,
    JSON.parse(readFileSync(new URL(`../../../www/i18n/${language}.json`, import.meta.url), 'utf8')),
  ]),
);

/** The words under a key such as `ui.run.start`, with `{placeholders}` filled. Throws where there are none. */
export function words(language, key, fill = {}) {
  const found = key.split('.').reduce((node, name) => node?.[name], files[language]);
  if (typeof found !== 'string') throw new Error(`www/i18n/${language}.json has no words under ${key}`);
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in fill ? String(fill[name]) : whole));
}
