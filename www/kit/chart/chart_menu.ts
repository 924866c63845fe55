/** What else can be done with a chart, behind one small button: its files, its numbers as a table, its scale. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { inputOf } from '../events.js';
import { words, type Language } from '../words.js';

export const chartMenuStyles = css`
  .foot {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    justify-content: space-between;
    min-height: 1.75rem;
  }
  .hint {
    font-size: 0.8125rem;
    line-height: 1.3;
  }
  .foot button,
  .tools button {
    min-height: 1.75rem;
    font-size: 0.875rem;
  }
  .foot button {
    flex: none;
    text-decoration: none;
    font-weight: 700;
    line-height: 1;
  }
  .tools {
    gap: 0 0.5rem;
    justify-content: flex-end;
    font-size: 0.875rem;
  }
  @media (max-width: 40rem), (pointer: coarse) {
    .foot button,
    .tools button {
      min-height: 2.75rem;
    }
  }
`;

/** What the menu of a chart acts on. */
export interface ChartMenu {
  language: Language;
  /** Name of the chart. */
  label: string;
  open: boolean;
  toggle: () => void;
  saveSvg: () => void;
  saveCsv: () => void;
  table: { open: boolean; toggle: () => void };
  /** None where a logarithm would say nothing. */
  logarithm: { on: boolean; set: (on: boolean) => void } | null;
}

/** The button; it opens {@link chartTools}. */
export function chartMenuButton({ language, label, open, toggle }: ChartMenu): TemplateResult {
  const name = words(language, 'ui.chart.menu');
  return html`<button
    type="button"
    class="quiet menu"
    title=${name}
    aria-label="${name}: ${label}"
    aria-expanded=${open}
    @click=${toggle}
  >
    ⋯
  </button>`;
}

/** What the button opens. */
export function chartTools(menu: ChartMenu): TemplateResult | typeof nothing {
  if (!menu.open) return nothing;
  const { language, label, table, logarithm } = menu;
  const tool = (key: string, name: string, act: () => void): TemplateResult =>
    html`<button
      type="button"
      class="quiet"
      aria-label="${words(language, `ui.chart.${key}`)}: ${label}"
      @click=${act}
    >
      ${name}
    </button>`;
  return html`<div class="row tools">
    ${
      logarithm
        ? html`<label class="choice muted"
            ><input
              type="checkbox"
              .checked=${logarithm.on}
              @change=${(event: Event) => logarithm.set(inputOf(event).checked)}
            />${words(language, 'ui.charts.log')}</label
          >`
        : nothing
    }
    ${tool('svg', 'SVG', menu.saveSvg)} ${tool('csv', 'CSV', menu.saveCsv)}
    <button
      type="button"
      class="quiet"
      aria-expanded=${table.open}
      aria-label="${words(language, 'ui.chart.table')}: ${label}"
      @click=${table.toggle}
    >
      ${words(language, 'ui.chart.table')}
    </button>
  </div>`;
}
