/** The words of the pages, read from the language files, so that the tests name no wording of their own. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';

const www = new URL('../../../www/', import.meta.url);
const read = (path) => JSON.parse(readFileSync(new URL(path, www), 'utf8'));

/** Words by language: the shared ones first, then those of each lesson. */
const files = Object.fromEntries(
  ['zh', 'en'].map((language) => [language, { shared: read(`i18n/${language}.json`), lessons: {} }]),
);
for (const lesson of readdirSync(new URL('lessons/', www))) {
  for (const [language, { lessons }] of Object.entries(files)) {
    const path = `lessons/${lesson}/words.${language}.json`;
    if (existsSync(new URL(path, www))) lessons[lesson] = read(path);
  }
}

/**
 * The words under a key such as `ui.run.start`, with `{placeholders}` filled, as a lesson has them: its own over the
 * shared ones. Without a lesson the shared words, or those of the one lesson that has the key. Throws where there are
 * none, and where several lessons have some and none is named.
 */
export function words(language, key, fill = {}, lesson = null) {
  const { shared, lessons } = files[language];
  const under = (tree) => {
    const found = key.split('.').reduce((node, name) => node?.[name], tree);
    return typeof found === 'string' ? [found] : [];
  };
  const owners = lesson ? [lesson] : Object.keys(lessons);
  const own = owners.flatMap((owner) => under(lessons[owner]));
  const all = lesson
    ? [...own, ...under(shared)].slice(0, 1)
    : [...new Set(under(shared).length > 0 ? under(shared) : own)];
  if (all.length === 0) throw new Error(`there are no words in ${language} under ${key}`);
  if (all.length > 1) throw new Error(`several lessons have words under ${key}: name the lesson`);
  return all[0].replace(/\{(\w+)\}/g, (whole, name) => (name in fill ? String(fill[name]) : whole));
}
