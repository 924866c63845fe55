/** `<ember-messages>`: what the lab has to tell, each with a button that dismisses it. */

import { css, html, type TemplateResult } from 'lit';
import { define } from '../../kit/define.js';
import { keptRunOffer } from '../../lab/kept/kept_run_offer.js';
import { sentence } from '../../lab/notices.js';
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
      .message.kept {
        flex-wrap: wrap;
        align-items: center;
      }
      p {
        margin: 0.25rem 0;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { messages, topics } = this.session;
    return html`<div role="status">
      ${keptRunOffer(this.session)}
      ${messages.list.map(
        (message) =>
          html`<div class="message ${message.kind}">
            <p>${sentence(this.language, message)}</p>
            <button
              type="button"
              class="quiet"
              @click=${() => {
                messages.dismiss(message.id);
                topics.announce('notices');
              }}
            >
              ${this.t('ui.messages.dismiss')}
            </button>
          </div>`,
      )}
    </div>`;
  }
}

define('ember-messages', EmberMessages);
