/** All tensors of a network with their shapes; those of the fusion network beside the names of the document's framework. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Layers } from '../../generated/movies.js';
import { stacking } from '../../kit/stacking.js';
import { formatCount, words, type Language } from '../../kit/words.js';

export function tensorTable(language: Language, { tensors, fusion, parameters }: Layers): TemplateResult {
  const t = (key: string): string => words(language, key);
  const named = fusion !== null;
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${t('ui.model.shapes')}>
    <table ${stacking()}>
      <thead>
        <tr>
          <th scope="col">${t('ui.model.tensor')}</th>
          <th scope="col">${t('ui.model.shape')}</th>
          <th scope="col">${t('ui.model.parameters')}</th>
          ${
            named
              ? html`<th scope="col" class="left">${t('ui.fusion.by_code')}</th>
                  <th scope="col" class="left">${t('ui.fusion.printed')}</th>`
              : nothing
          }
        </tr>
      </thead>
      <tbody>
        ${tensors.map(
          ({ name, shape, parameters, paddle, printed }) =>
            html`<tr>
              <th scope="row"><code>${name}</code></th>
              <td class="shape">${shape.join(' × ')}</td>
              <td>${formatCount(language, parameters)}</td>
              ${
                named
                  ? html`<td class="left"><code>${paddle}</code></td>
                      <td class="left">
                        ${printed === null ? t('ui.fusion.not_printed') : html`<code>${printed}</code>`}
                      </td>`
                  : nothing
              }
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${t('ui.model.all')}</th>
          <td></td>
          <td>${formatCount(language, parameters ?? 0)}</td>
          ${
            named
              ? html`<td></td>
                  <td></td>`
              : nothing
          }
        </tr>
      </tfoot>
    </table>
  </div>`;
}
