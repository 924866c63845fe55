/** Counts as bars in a table: what is counted, how many, and a bar as long as that, readable without the colours. */

import { css, html, type TemplateResult } from 'lit';
import { styled } from '../kit/styled.js';

/** A bar in a cell: as wide as its share, and never quite gone. */
export const lengthStyles = css`
  .length {
    height: 0.4375rem;
    min-width: 1px;
    background: var(--lab-accent);
    border-radius: 0 0.125rem 0.125rem 0;
  }
`;

const tableStyles = css`
  table.bars {
    width: 100%;
    max-width: 40rem;
  }
  table.bars th,
  table.bars td {
    padding: 0.125rem 0.375rem;
    border: 0;
    font-weight: 400;
    white-space: nowrap;
  }
  table.bars td.bar {
    width: 100%;
  }
  table.bars .length {
    height: 0.875rem;
  }
`;

export const barsStyles = [lengthStyles, tableStyles];

/** One bar. */
export interface Bar {
  label: string;
  count: number;
  text: string;
}

/** The bars under one another; one of `full` fills its column, or else the longest. */
export function barTable(
  caption: string,
  heads: readonly [string, string],
  bars: readonly Bar[],
  full = Math.max(...bars.map(({ count }) => count)),
): TemplateResult {
  return html`<table class="bars">
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <thead class="visually-hidden">
      <tr>
        <th scope="col">${heads[0]}</th>
        <th scope="col">${heads[1]}</th>
        <td></td>
      </tr>
    </thead>
    <tbody>
      ${bars.map(
        ({ label, count, text }) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td>${text}</td>
            <td class="bar left" aria-hidden="true">
              <div class="length" ${styled({ width: `${full > 0 ? (100 * count) / full : 0}%` })}></div>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
