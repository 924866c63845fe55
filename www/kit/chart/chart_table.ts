/** The numbers of a chart as a table, for those who read or listen rather than look. */

import { html, type TemplateResult } from 'lit';
import { tableOf, type PlotContent } from './plot.js';
import { stacking } from '../stacking.js';
import { formatNumber, type Language } from '../words.js';

/** Enough to follow a curve, and not too many to listen to. */
const MOST_ROWS = 25;

/** A table of at most 25 rows of a chart's numbers. */
export function chartTable(content: PlotContent, language: Language, label: string): TemplateResult {
  const { columns, rows } = tableOf(content, MOST_ROWS);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
    <table ${stacking()}>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map(
                (field) =>
                  html`<td>
                    ${typeof field === 'number' ? formatNumber(language, field) : (field ?? '–')}
                  </td>`,
              )}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
