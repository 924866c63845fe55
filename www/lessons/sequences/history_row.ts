/** `<ember-history-row>`: the steps of a history, the oldest first, each a button. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { whatKey } from './graph_words.js';
import type { Names } from './names.js';
import type { Step } from './hand.js';
import './item_pictures.js';

/** Sent as `step-choice` with the place of the step. */
export type StepChoice = CustomEvent<number>;

export class EmberHistoryRow extends LabPart {
  static override styles = [
    shared,
    css`
      ol {
        display: flex;
        margin: 0;
        padding: 4px 0;
        list-style: none;
      }
      li {
        flex: none;
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 2px;
      }
      button {
        position: relative;
        min-width: 0;
        max-width: calc(100% - 6px);
        min-height: 2.75rem;
        padding: 3px 5px;
        overflow: hidden;
        line-height: 1.1;
        scroll-margin: 4rem;
      }
      button[aria-pressed='true'] {
        border-color: var(--lab-accent);
        box-shadow: inset 0 -3px var(--lab-accent);
      }
      .number {
        color: var(--lab-muted);
        font-size: 0.6875rem;
        line-height: 1.2;
        min-height: 1.2em;
        text-align: center;
      }
      .name {
        font-size: 0.6875rem;
        overflow-wrap: anywhere;
      }
      .without {
        opacity: 0.3;
      }
    `,
  ];

  @property({ attribute: false }) steps: readonly Step[] = [];
  @property({ attribute: false }) names!: Names;
  /** Pixels from a step to the next. */
  @property({ type: Number }) column = 64;
  /** Pixels before the first. */
  @property({ type: Number }) side = 0;
  @property({ attribute: false }) chosen: number | null = null;

  protected override render(): TemplateResult {
    return html`<ol
      aria-label=${this.t('ui.graph.history')}
      ${styled({ 'padding-inline': `${this.side}px` })}
    >
      ${this.steps.map((step, place) => this.step(step, place))}
    </ol>`;
  }

  private step({ item, picture, words }: Step, place: number): TemplateResult {
    const title = this.names.book.title(item, this.language);
    const lacks = [picture ? [] : [whatKey(this.names, 'image')], words ? [] : ['text']].flat();
    const said = lacks.map((key) => this.t(`ui.graph.lacks.${key}`)).join(this.t('ui.graph.comma'));
    const name = this.t('ui.graph.step', { step: place + 1, title });
    return html`<li ${styled({ width: `${this.column}px` })}>
      <button
        type="button"
        aria-pressed=${place === this.chosen}
        @click=${() => this.dispatchEvent(new CustomEvent('step-choice', { detail: place }))}
      >
        ${
          this.names.book.items[item]?.picture
            ? html`<ember-item-chip
                aria-hidden="true"
                class=${picture ? '' : 'without'}
                .session=${this.session}
                .item=${item}
                plain
              ></ember-item-chip>`
            : html`<span class="name" aria-hidden="true">${title}</span>`
        }<span class="visually-hidden">${said === '' ? name : `${name} (${said})`}</span>
      </button>
      <span class="number" aria-hidden="true">
        ${place + 1}${lacks.length > 0 ? html`<br />${said}` : nothing}
      </span>
    </li>`;
  }
}

define('ember-history-row', EmberHistoryRow);
