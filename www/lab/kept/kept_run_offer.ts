/** The message that offers the run of an earlier visit, with a button to go on and one to forget it. */

import { html, nothing, type TemplateResult } from 'lit';
import { changedSettings } from '../card_settings.js';
import type { LabSession } from '../session.js';
import { formatCount, words, type Fill, type Language } from '../../kit/words.js';

/** The message, or nothing when no run is offered. Nothing is loaded before the reader asks for it. */
export function keptRunOffer(session: LabSession): TemplateResult | typeof nothing {
  const { keeper, opened } = session;
  const kept = keeper.offer;
  if (!kept || kept.lesson !== opened?.description.id) return nothing;
  const language = session.language;
  const t = (key: string, fill?: Fill): string => words(language, `ui.kept.${key}`, fill);
  const step = formatCount(language, kept.step);
  const total = formatCount(language, kept.totalSteps);
  const settings = changedSettings(language, opened.controls, kept.settings)
    .map(({ label, value }) => `${label} ${value}`)
    .join(language.code === 'zh' ? '；' : '; ');
  const exact = keeper.offerIsExact;
  const { neededFiles } = keeper;
  const when = timeText(language, kept.saved);
  const sentences = [
    t(kept.finished ? 'finished' : 'paused', { step, total, when }),
    settings ? t('settings', { settings }) : t('default_settings'),
    ...(exact ? [] : [t('other_build')]),
    ...(neededFiles ? [t(`${neededFiles.kind}_again`, { name: neededFiles.name })] : []),
    t('one_only'),
  ];
  const goOn = exact ? t(kept.finished ? 'show' : 'continue', { step, total }) : t('again');
  return html`<div class="message kept">
    <p>${sentences.join(language.code === 'zh' ? '' : ' ')}</p>
    <div class="row">
      ${
        neededFiles
          ? html`<button type="button" @click=${() => void keeper.useSettings()}>
              ${t('use_settings')}
            </button>`
          : html`<button type="button" class="primary" @click=${() => void keeper.takeUp()}>${goOn}</button>`
      }
      <button type="button" @click=${() => void keeper.forget()}>${t('forget')}</button>
    </div>
  </div>`;
}

function timeText(language: Language, time: number): string {
  const format = new Intl.DateTimeFormat(language.code === 'zh' ? 'zh-CN' : 'en', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return format.format(time);
}
