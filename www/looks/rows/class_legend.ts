/** The legend of the classes of a table: the colour and the shape of each, as every chart of a lesson draws them. */

import { css, html, type TemplateResult } from 'lit';
import { pointSign } from '../../kit/legend.js';
import { classesOf, type Table } from './table_data.js';
import type { Language } from '../../kit/words.js';

/** The look of {@link classLegend}. */
export const classLegendStyles = css`
  .legend {
    gap: 0.125rem 1rem;
    font-size: 0.9375rem;
    margin: 0.5rem 0;
  }
  .legend span {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
  }
`;

/** A sign and a name for each class. */
export function classLegend(dark: boolean, language: Language, table: Table): TemplateResult {
  return html`<div class="row legend">
    ${classesOf(dark, language, table).map(
      ({ label, color, shape }) => html`<span>${pointSign(color, shape)} ${label}</span>`,
    )}
  </div>`;
}
