/** `<ember-history-choice>`: whose history is in hand. */

import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';

/** Sent as `history-choice`: a user by number from 0, or items. */
export type HistoryChoice = CustomEvent<{ user: number } | { items: readonly number[] }>;

export class EmberHistoryChoice extends LabPart {
  static override styles = [
    shared,
    css`
      .row {
        margin-bottom: 0.5rem;
      }
      input {
        width: 6rem;
      }
    `,
  ];

  @property({ type: Number }) user = 0;
  @property({ type: Number }) users = 0;
  /** Two items that stand for A and B. */
  @property({ attribute: false }) example: readonly number[] = [];

  protected override render(): TemplateResult {
    const { user, users, example } = this;
    const button = (key: string, detail: HistoryChoice['detail']): TemplateResult =>
      html`<button type="button" @click=${() => this.send(detail)}>${this.t(`ui.graph.${key}`)}</button>`;
    return html`<div class="row">
      <label for="user">${this.t('ui.graph.user', { users: this.count(users) })}</label>
      <input
        id="user"
        type="number"
        min="1"
        max=${users}
        step="1"
        .value=${String(user + 1)}
        @change=${(event: Event) => {
          const number = Number(inputOf(event).value);
          if (Number.isInteger(number) && number >= 1 && number <= users) this.send({ user: number - 1 });
          else inputOf(event).value = String(user + 1);
        }}
      />
      ${button('next_user', { user: users === 0 ? 0 : (user + 1) % users })}
      <button type="button" @click=${() => this.send({ user: Math.floor(Math.random() * users) })}>
        ${this.t('ui.graph.random_user')}
      </button>
      ${button('a_to_b', { items: example })} ${button('own', { items: [] })}
    </div>`;
  }

  private send(detail: HistoryChoice['detail']): void {
    this.dispatchEvent(new CustomEvent('history-choice', { detail }) satisfies HistoryChoice);
  }
}

define('ember-history-choice', EmberHistoryChoice);
