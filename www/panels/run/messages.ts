/** `<ember-messages>`: what the lab has to tell, each with a button that dismisses it. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../../kit/define.js';
import { keptRunOffer } from '../../lab/kept/kept_run_offer.js';
import { sentence, type Message } from '../../lab/notices.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberMessages extends LabPart {
  static override topics: readonly Topic[] = ['notices', 'opened'];
  static override styles = [
    shared,
    css`
      .message {
        display: flex;
        gap: 0.75rem;
        align-items: flex-start;
        justify-content: space-between;
        background: var(--lab-surface);
        border: 1px solid var(--lab-border);
        border-inline-start: 4px solid var(--lab-accent);
        border-radius: 0.375rem;
        padding: 0.5rem 0.5rem 0.5rem 0.875rem;
        margin-bottom: 0.75rem;
      }
      .message.error {
        border-inline-start-color: var(--lab-error);
      }
      .message.good {
        border-inline-start-color: var(--lab-good);
      }
      .acts {
        display: flex;
        gap: 0.5rem;
        flex-shrink: 0;
      }
      @media (max-width: 40rem) {
        .message:has(.acts > :nth-child(2)) {
          flex-wrap: wrap;
        }
      }
      .message.kept {
        flex-wrap: wrap;
        align-items: center;
      }
      p {
        margin: 0.25rem 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { messages } = this.session;
    return html`<div role="status">
      ${keptRunOffer(this.session)}
      ${messages.list.map(
        (message) =>
          html`<div class="message ${message.kind}">
            <p>${sentence(this.language, message)}</p>
            <div class="acts">
              ${
                message.again
                  ? html`<button type="button" @click=${() => this.tryAgain(message)}>
                      ${this.t('ui.messages.again')}
                    </button>`
                  : nothing
              }
              <button type="button" class="quiet" @click=${() => this.dismiss(message)}>
                ${this.t('ui.messages.dismiss')}
              </button>
            </div>
          </div>`,
      )}
    </div>`;
  }

  private dismiss({ id }: Message): void {
    this.session.messages.dismiss(id);
    this.session.topics.announce('notices');
  }

  /** What fails again is told again. */
  private tryAgain(message: Message): void {
    this.dismiss(message);
    message.again?.().catch(() => undefined);
  }
}

define('ember-messages', EmberMessages);
