/** Addresses that lead to a lab or to one of its figures with the settings in force, and lines that put it into a page. */

import type { Settings } from '../../engine/protocol.js';
import type { LabSession } from '../../lab/session.js';
import { sameValue } from '../../lab/run.js';
import { words } from '../../kit/words.js';

/** The lesson's own page with the settings that differ from the default; `anchor` names a place in it. */
export function pageAddress(session: LabSession, anchor = ''): string {
  const url = addressOf(session, '');
  url.hash = anchor;
  return url.href;
}

/** The lines for a page of one's own: the whole lab, or one figure of it. */
export function scriptLines(session: LabSession, figure: string | null = null): string {
  const { options, base, language } = session;
  const config = JSON.stringify(changed(session));
  const attributes = {
    lesson: options.lesson,
    ...(figure === null ? {} : { figure }),
    lang: language.code,
    ...(config === '{}' ? {} : { config }),
  };
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}=${quoted(value)}`);
  return `<script type="module" src="${new URL('embed.js', base).href}"></script>
<ember-lab${written.join('')}></ember-lab>`;
}

/** The line for a platform that allows iframes only. */
export function frameLine(session: LabSession, figure: string | null = null): string {
  const url = addressOf(session, 'frame.html');
  if (figure !== null) url.searchParams.set('figure', figure);
  url.searchParams.set('origin', 'https://your-site.example');
  const title = words(session.language, 'lesson.title');
  const height = figure === null ? 900 : 600;
  return `<iframe src=${quoted(url.href)} title=${quoted(title)} width="100%" height="${height}"></iframe>`;
}

function addressOf({ opened, options, base, language }: LabSession, file: string): URL {
  const url = new URL(`${options.lesson}/${file}`, base);
  url.searchParams.set('lang', language.code);
  for (const [name, value] of opened!.address) url.searchParams.set(name, value);
  url.search = url.search.replaceAll('%2C', ',');
  return url;
}

/** Settings that differ from their defaults. */
function changed({ opened }: LabSession): Settings {
  const settings: Settings = {};
  for (const { name, default: standard } of opened!.controls) {
    const value = opened!.settings[name]!;
    if (!sameValue(value, standard)) settings[name] = value;
  }
  return settings;
}

/** An attribute's value in quotation marks that it does not hold. */
export function quoted(value: string): string {
  const safe = value.replaceAll('&', '&amp;');
  return safe.includes('"') ? `'${safe.replaceAll("'", '&#39;')}'` : `"${safe}"`;
}
