/** `<ember-graph-list>`: the likeliest next items by the model, beside the rule of the made users where that is known. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { GraphShown, ListedItem } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { styled } from '../../kit/styled.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { lengthStyles } from '../../looks/bars.js';
import type { ItemBook } from './item_book.js';
import { isAnswer } from './graph_pairs.js';
import './item_pictures.js';

export class EmberGraphList extends LabPart {
  static override styles = [
    shared,
    lengthStyles,
    css`
      table {
        width: 100%;
      }
      th,
      td {
        padding: 0.1875rem 0.375rem;
        vertical-align: middle;
      }
      tbody th {
        min-width: 9rem;
        font-weight: 400;
        overflow-wrap: break-word;
      }
      .bars {
        width: 28%;
        min-width: 3rem;
      }
      .length {
        margin-block: 1px;
      }
      .truth {
        background: var(--lab-muted);
      }
      .figures {
        white-space: nowrap;
      }
      .figures small {
        display: block;
        color: var(--lab-muted);
      }
      tr.next th {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) shown!: GraphShown;
  @property({ attribute: false }) book!: ItemBook;

  protected override render(): TemplateResult {
    const { list } = this.shown;
    if (!isAnswer(this.shown)) return html``;
    const hasTruth = list.some(({ truth }) => truth !== null);
    const most = Math.max(...list.flatMap(({ probability, truth }) => [probability, truth ?? 0]), 1e-9);
    return html`<h4>${this.t('ui.graph.list')}</h4>
      <table ${stacking()}>
        <caption class="visually-hidden">
          ${this.t('ui.graph.list')}
        </caption>
        <thead class="visually-hidden">
          <tr>
            <th scope="col">${this.t('ui.graph.item')}</th>
            <td></td>
            <th scope="col">${this.t('ui.graph.probability')}</th>
          </tr>
        </thead>
        <tbody>
          ${list.map((listed) => this.listed(listed, most))}
        </tbody>
      </table>
      ${hasTruth ? this.hint('ui.graph.truth') : nothing}`;
  }

  private listed({ item, probability, truth }: ListedItem, most: number): TemplateResult {
    const bar = (share: number, of: string): TemplateResult =>
      html`<div class="length ${of}" ${styled({ width: `${(100 * share) / most}%` })}></div>`;
    return html`<tr class=${item === this.shown.next?.item ? 'next' : ''}>
      <th scope="row">
        <ember-item-chip .session=${this.session} .item=${item}></ember-item-chip>
      </th>
      <td class="bars left" aria-hidden="true">
        ${bar(probability, 'model')} ${truth === null ? nothing : bar(truth, 'truth')}
      </td>
      <td class="figures">
        ${this.percent(probability)}
        ${
          truth === null
            ? nothing
            : html`<small>${this.t('ui.graph.by_rule', { share: this.percent(truth) })}</small>`
        }
      </td>
    </tr>`;
  }

  private percent(share: number): string {
    return this.t('ui.graph.percent', { share: this.number(100 * share, 2) });
  }
}

define('ember-graph-list', EmberGraphList);
