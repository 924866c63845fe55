/** `<ember-secret-signal>`: the page has switched one signal on in secret; the reader says which. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Secret } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';

const SIGNALS = ['order', 'image', 'text'] as const;
type Signal = (typeof SIGNALS)[number];

export class EmberSecretSignal extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      ol {
        margin: 0 0 0.75rem;
        padding-inline-start: 1.5rem;
        max-width: 68ch;
      }
      li {
        margin-bottom: 0.25rem;
      }
      button[aria-pressed='true'] {
        border-color: var(--lab-accent);
        box-shadow: inset 0 -3px var(--lab-accent);
      }
      [role='status'] {
        margin-top: 0.75rem;
      }
      .answer {
        border-inline-start: 4px solid var(--lab-error);
        padding-inline-start: 0.75rem;
      }
      .answer.right {
        border-color: var(--lab-good);
      }
    `,
  ];

  private readonly known = new OpenedAnswer<Secret>(
    this,
    () => this.session.inspect('sequences', 'secret', {}),
    () => this.known.forget(),
  );

  protected override render(): TemplateResult {
    const secret = this.known.value;
    const isOver = secret !== null && secret.right !== null;
    return html`<p>${this.t('ui.secret.intro')}</p>
      <ol>
        ${['models', 'markov', 'disturbed', 'settings'].map((way) => html`<li>${this.t(`ui.secret.ways.${way}`)}</li>`)}
      </ol>
      <p id="ask"><b>${this.t('ui.secret.question')}</b></p>
      <div class="row" role="group" aria-labelledby="ask">
        ${SIGNALS.map(
          (signal) =>
            html`<button
              type="button"
              ?disabled=${!secret || isOver}
              aria-pressed=${isOver && this.guess === signal ? 'true' : 'false'}
              @click=${() => void this.say(signal)}
            >
              ${this.t(`ui.secret.signals.${signal}`)}
            </button>`,
        )}
      </div>
      <div role="status">${isOver ? this.judged(secret) : nothing}</div>
      ${
        isOver
          ? html`<div class="row">
              <button type="button" class="primary" @click=${() => this.another()}>
                ${this.t('ui.secret.another')}
              </button>
            </div>`
          : this.hint('ui.secret.once')
      }`;
  }

  /** What was said last, as long as this lab is open. */
  private guess: Signal | null = null;

  private judged({ right, signal }: Secret): TemplateResult {
    const name = signal === null ? '' : this.t(`ui.secret.signals.${signal}`);
    return html`<p class="answer ${right ? 'right' : ''}">
      ${this.t(right ? 'ui.secret.right' : 'ui.secret.wrong', { signal: name })}
    </p>`;
  }

  private async say(guess: Signal): Promise<void> {
    const { opened } = this.session;
    try {
      const secret = await this.session.inspect('sequences', 'secret', { guess });
      if (opened !== this.session.opened) return;
      this.guess = guess;
      this.known.value = secret;
      this.requestUpdate();
      // The lab says so too, with the next step of a run that may be over.
      this.session.noteExperiment({ id: 'find_hidden', passed: secret.right === true, value: null });
    } catch (thrown) {
      this.session.report(thrown);
    }
  }

  private another(): void {
    const { seed } = this.session.opened?.settings ?? {};
    if (typeof seed !== 'number') return;
    this.session.changeSettings({ seed: seed + 1 }).catch(() => undefined);
  }
}

define('ember-secret-signal', EmberSecretSignal);
