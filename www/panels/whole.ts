/** All parts of a lab in their places, and the scripts of those that stand in the first screens of it. */

import { html, nothing, type TemplateResult } from 'lit';
import './charts/charts.js';
import './goals/goals.js';
import './inside/inside.js';
import './judgement/judgement.js';
import type { Part } from '../lab/options.js';
import type { LabSession } from '../lab/session.js';
import type { LessonEntry } from './lesson_entry.js';
import './run/run_bar.js';
import './settings/settings.js';
import './settings/task.js';
import './workbench/workbench_bar.js';

/** Draws the lab; `isWide` says whether there is room for two columns. */
export function wholeLab(session: LabSession, entry: LessonEntry | null, isWide: boolean): TemplateResult {
  // Their elements are there at once and come to life with their scripts.
  import('./lower.js').catch((thrown: unknown) => session.report(thrown));
  // Before a lab is open nobody knows what it will have to show.
  const parts = session.opened?.description.parts;
  const shown = (part: Part): boolean =>
    !session.options.hide.includes(part) && (parts?.includes(part) ?? true);
  const when = (part: Part, content: () => TemplateResult): TemplateResult | typeof nothing =>
    shown(part) ? content() : nothing;
  // What shows the lesson's kind of data and of model is the lesson's own.
  const lessons = (part: Part, name: 'data' | 'own' | 'model' | 'predict'): TemplateResult | typeof nothing =>
    when(part, () => entry?.parts[name]?.(session) ?? html``);
  const hasSide = isWide && (shown('settings') || shown('goals'));
  const runBar = when(
    'run',
    () => html`<ember-run-bar .session=${session} .entry=${entry} .wide=${isWide}></ember-run-bar>`,
  );
  const settings = when(
    'settings',
    () => html`<ember-settings .session=${session} .entry=${entry} .folded=${!isWide}></ember-settings>`,
  );
  const goals = when('goals', () => html`<ember-goals .session=${session}></ember-goals>`);
  return html`<div class="lab">
    ${when('settings', () => html`<ember-task .session=${session}></ember-task>`)}
    ${isWide ? runBar : nothing}
    <div class=${hasSide ? 'work beside' : 'work'}>
      ${hasSide ? html`<div class=${session.level === 'play' ? 'side few' : 'side'}>${settings} ${goals}</div>` : nothing}
      <div class="main">
        ${when('charts', () => html`<ember-charts .session=${session}></ember-charts>`)}
        ${isWide ? nothing : runBar}
        <div class="pair">
          ${when('inside', () => html`<ember-inside .session=${session} .entry=${entry}></ember-inside>`)}
          ${lessons('predict', 'predict')}
        </div>
        ${hasSide ? nothing : settings}
        <div class="pair">
          ${lessons('model', 'model')} ${lessons('data', 'data')} ${lessons('data', 'own')}
          ${when('judgement', () => html`<ember-judgement .session=${session} .entry=${entry}></ember-judgement>`)}
          ${when('mistakes', () => html`<ember-mistakes .session=${session}></ember-mistakes>`)}
        </div>
        ${when('experiments', () => html`<ember-experiments .session=${session}></ember-experiments>`)}
        ${hasSide ? nothing : goals}
      </div>
    </div>
    ${when('code', () => html`<ember-code .session=${session} .beside=${entry?.parts.beside_code ?? null}></ember-code>`)}
    <div class="pair">
      ${when('export', () => html`<ember-export .session=${session}></ember-export>`)}
      ${when('share', () => html`<ember-share .session=${session}></ember-share>`)}
    </div>
  </div>`;
}
