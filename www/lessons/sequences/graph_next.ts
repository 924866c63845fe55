/** `<ember-graph-next>`: what comes next by the model, as the graph is now and as it was before it was changed. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { GraphShown, ListedItem, NextShown } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import type { ItemBook } from './item_book.js';
import './item_pictures.js';

export class EmberGraphNext extends LabPart {
  static override topics: readonly Topic[] = ['status'];
  static override styles = [
    shared,
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
        font-weight: 400;
        overflow-wrap: anywhere;
      }
      .bars {
        width: 34%;
        min-width: 4rem;
      }
      .bar {
        height: 0.4375rem;
        min-width: 1px;
        margin-block: 1px;
        background: var(--lab-accent);
        border-radius: 0 0.125rem 0.125rem 0;
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
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.125rem 0.75rem;
        margin: 0 0 0.75rem;
      }
      dt {
        color: var(--lab-muted);
      }
      dd {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) shown!: GraphShown;
  /** The same question before any change; null where nothing was changed. */
  @property({ attribute: false }) unchanged: GraphShown | null = null;
  @property({ attribute: false }) book!: ItemBook;

  protected override render(): TemplateResult {
    return html`${this.next()} ${this.list()}`;
  }

  private next(): TemplateResult {
    const { shown, unchanged, session } = this;
    const { next } = shown;
    if (!next) return this.hint('ui.graph.no_next');
    const was = unchanged?.next?.item === next.item ? unchanged.next : null;
    // While it trains, figures change too often to be read out.
    const live = session.status === 'training' ? 'off' : 'polite';
    const row = (key: string, text: (of: NextShown) => string): TemplateResult => {
      const [now, then] = [text(next), was && text(was)];
      return html`<dt>${this.t(`ui.graph.${key}`)}</dt>
        <dd>
          ${then === null || then === now ? now : this.t('ui.graph.from_to', { from: then, to: now })}
        </dd>`;
    };
    return html`<h4>
        ${this.t('ui.graph.next')}
        <ember-item-chip .session=${session} .item=${next.item}></ember-item-chip>
      </h4>
      <dl aria-live=${live}>
        ${row('rank', ({ rank }) =>
          this.t('ui.graph.rank_of', { rank: this.number(rank), of: this.count(this.book.items.length) }),
        )}
        ${row('probability', ({ probability }) => this.percent(probability))}
        ${row('loss', ({ loss }) => this.number(loss, 3))}
      </dl>`;
  }

  private list(): TemplateResult {
    const { list } = this.shown;
    const hasTruth = list.some(({ truth }) => truth !== null);
    const most = Math.max(...list.flatMap(({ probability, truth }) => [probability, truth ?? 0]), 1e-9);
    return html`<h4>${this.t('ui.graph.list')}</h4>
      <table>
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
      html`<div class="bar ${of}" ${styled({ width: `${(100 * share) / most}%` })}></div>`;
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

define('ember-graph-next', EmberGraphNext);
