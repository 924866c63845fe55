/** `<ember-graph-next>`: the rank of what came next, as the graph is now and as it was before it was changed. */

import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { GraphShown, NextShown } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import type { ItemBook } from './item_book.js';
import { isAnswer } from './graph_pairs.js';
import './item_pictures.js';

export class EmberGraphNext extends LabPart {
  static override topics: readonly Topic[] = ['status'];
  static override styles = [
    shared,
    css`
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.25rem;
        align-items: center;
        margin-bottom: 0.5rem;
      }
      h4,
      dl,
      dd {
        margin: 0;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 1.25rem;
      }
      dl div {
        display: flex;
        gap: 0.375rem;
      }
      dd {
        font-weight: 600;
      }
      dt {
        color: var(--lab-muted);
      }
    `,
  ];

  @property({ attribute: false }) shown!: GraphShown;
  /** The same question before any change; null where nothing was changed. */
  @property({ attribute: false }) unchanged: GraphShown | null = null;
  @property({ attribute: false }) book!: ItemBook;

  protected override render(): TemplateResult {
    const { shown, unchanged, session } = this;
    const { next } = shown;
    if (!isAnswer(shown)) return html`<p>${this.t('ui.graph.not_counted')}</p>`;
    if (!next) return this.hint('ui.graph.no_next');
    const was = unchanged?.next?.item === next.item ? unchanged.next : null;
    // While it trains, figures change too often to be read out.
    const live = session.status === 'training' ? 'off' : 'polite';
    const changed = (text: (of: NextShown) => string): string => {
      const [now, then] = [text(next), was && text(was)];
      return then === null || then === now ? now : this.t('ui.graph.from_to', { from: then, to: now });
    };
    const row = (key: string, text: string): TemplateResult =>
      html`<div>
        <dt>${this.t(`ui.graph.${key}`)}</dt>
        <dd>${text}</dd>
      </div>`;
    const rank = changed((of) => this.number(of.rank));
    return html`<div class="line">
      <h4>
        ${this.t('ui.graph.next')}
        <ember-item-chip .session=${session} .item=${next.item}></ember-item-chip>
      </h4>
      <dl aria-live=${live}>
        ${row('rank', this.t('ui.graph.rank_of', { rank, of: this.count(this.book.items.length) }))}
        ${row(
          'probability',
          changed(({ probability }) => this.percent(probability)),
        )}
        ${row(
          'loss',
          changed(({ loss }) => this.number(loss, 3)),
        )}
      </dl>
    </div>`;
  }

  private percent(share: number): string {
    return this.t('ui.graph.percent', { share: this.number(100 * share, 2) });
  }
}

define('ember-graph-next', EmberGraphNext);
