/** What a lab waits for before it can run, with how far it has come. */

import { html, type TemplateResult } from 'lit';
import { formatCount, words, type Language } from '../../kit/words.js';
import type { LabSession } from '../../lab/session.js';

/** A bar for what is fetched, read, built or compiled now; null where nothing is. */
export function waitingBar(session: LabSession): TemplateResult | null {
  const { compiling, loading } = session;
  if (compiling) return compilingBar(session, compiling);
  return loading && loadingBar(session, loading);
}

function loadingBar(
  { language }: LabSession,
  { loaded, total, unit, file, built }: NonNullable<LabSession['loading']>,
): TemplateResult {
  if (built) return buildingBar(language, loaded, total, built);
  const isReading = unit === 'pictures';
  const count = (value: number): string => formatCount(language, isReading ? value : value / 1024);
  const fetching = `${file ? 'fetching' : 'loading'}${total > 0 ? '_of' : ''}`;
  const key = isReading ? 'reading' : unit === 'unpacked' ? unit : fetching;
  return html`<progress
      aria-label=${words(language, `ui.run.${key === fetching ? 'loading' : key}_label`)}
      max="1"
      .value=${total > 0 ? loaded / total : 0}
    ></progress>
    <div class="figures name">
      ${words(language, `ui.run.${key}`, { loaded: count(loaded), total: count(total), file: file ?? '' })}
    </div>`;
}

/** Only while `cargo xtask serve` still builds the lesson's module. */
function buildingBar(
  language: Language,
  done: number,
  total: number,
  { seconds, waits }: { seconds: number; waits: boolean },
): TemplateResult {
  const key = waits ? 'build_waits' : total > 0 ? 'building_of' : 'building';
  return html`<progress
      aria-label=${words(language, 'ui.run.building_label')}
      max="1"
      .value=${total > 0 ? done / total : 0}
    ></progress>
    <div class="figures name">
      ${words(language, `ui.run.${key}`, { seconds: formatCount(language, seconds), done: formatCount(language, done), all: formatCount(language, total) })}
    </div>`;
}

/** The first step on a GPU waits for its programs; how many there will be is known about. */
function compilingBar(
  { language }: LabSession,
  { pipelines, expected }: NonNullable<LabSession['compiling']>,
): TemplateResult {
  const done = Math.min(pipelines, expected);
  return html`<progress
      aria-label=${words(language, 'ui.run.compiling_label')}
      max=${expected}
      .value=${done}
    ></progress>
    <div class="figures">
      ${words(language, 'ui.run.compiling', { done: formatCount(language, done), all: formatCount(language, expected) })}
    </div>`;
}
