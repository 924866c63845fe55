/** The lessons and their cases, as their folders list them, and what tests of several lessons share. */

import { existsSync, readdirSync } from 'node:fs';

const TESTS = new URL('../../', import.meta.url);

/** A lesson is a folder under tests/ that holds browser cases. */
export const LESSONS = readdirSync(TESTS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/browser/`, TESTS)))
  .map(({ name }) => name)
  .sort();

/**
 * The files of cases, `{name, url}`: what holds in every lesson lies in `browser/cases/`, what belongs to one in its own
 * folder.
 */
export function caseFiles() {
  const folders = ['browser/cases/', ...LESSONS.map((id) => `${id}/browser/`)];
  return folders.flatMap((folder) =>
    readdirSync(new URL(folder, TESTS))
      .filter((file) => file.endsWith('.mjs'))
      .sort()
      .map((file) => ({ name: `${folder}${file}`, url: new URL(`${folder}${file}`, TESTS) })),
  );
}

/**
 * Browsers of a case whose subject each engine does in its own way: layout and input, canvas, workers and their messages,
 * storage, policies, the numbers of a run. Any other runs in Chromium alone: its subject is the same code in all.
 */
export const EVERYWHERE = ['chromium', 'firefox', 'webkit'];

/** Parts to hide where only the methods are used, so that nothing is drawn. */
export const ALL_PARTS =
  'story,data,model,settings,run,charts,inside,predict,judgement,mistakes,experiments,goals,code,export,share';

/** The address of a lesson with settings: `address(id, {seed: 3})`, in English unless `lang` says otherwise. */
export function address(id, parameters = {}) {
  return `${id}/?${new URLSearchParams({ lang: 'en', ...parameters })}`;
}
