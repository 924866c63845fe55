/**
 * `<ember-rate-now>`: another learning rate for the rest of the run, without beginning anew. Which rate holds since which
 * step stands in the settings, so that the address, the record and a replay know of it.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import { hasMeaning } from '../../lab/meaning.js';
import { LabPart } from '../../lab/part.js';
import { changesWith, RATE_CHANGES, rateAt } from '../../lab/rate_changes.js';
import type { Topic } from '../../lab/topics.js';

export class EmberRateNow extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress', 'status'];
  static override styles = [
    shared,
    css`
      :host {
        display: block;
        font-size: 0.9375rem;
      }
      input {
        width: 6rem;
      }
      .error {
        margin: 0.25rem 0 0;
      }
    `,
  ];

  /** What is typed, until it is put in force. */
  @state() private typed: string | null = null;
  @state() private wrong = '';

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this;
    const { opened, runs, finished } = session;
    const changes = opened?.controls.find(({ name }) => name === RATE_CHANGES);
    const progress = runs.current?.progress;
    const isLocked = session.options.lock.some((name) => [RATE_CHANGES, 'learning_rate'].includes(name));
    if (!opened || !progress || !changes || isLocked || !hasMeaning(changes, opened)) return nothing;
    if (finished || progress.step === 0) return nothing;
    const now = rateAt(opened.settings, progress.step);
    return html`<form class="row" @submit=${this.put}>
        <label class="row"
          ><span>${this.t('ui.rate.label')}</span
          ><input
            type="number"
            inputmode="decimal"
            step="any"
            .value=${this.typed ?? String(now)}
            aria-invalid=${this.wrong ? 'true' : 'false'}
            aria-describedby=${this.wrong ? 'wrong' : nothing}
            @input=${(event: Event) => (this.typed = inputOf(event).value)}
        /></label>
        <button ?disabled=${session.status === 'loading'}>${this.t('ui.rate.put')}</button>
      </form>
      ${this.wrong ? html`<p class="error" id="wrong" role="alert">${this.wrong}</p>` : nothing}`;
  }

  private readonly put = (event: Event): void => {
    event.preventDefault();
    const { session } = this;
    const { opened, runs } = session;
    const [control, changes] = ['learning_rate', RATE_CHANGES].map((asked) =>
      opened?.controls.find(({ name }) => name === asked),
    );
    const progress = runs.current?.progress;
    if (!opened || !progress || control?.type !== 'number' || changes?.type !== 'text') return;
    const rate = this.typed === null || this.typed.trim() === '' ? Number.NaN : Number(this.typed);
    if (this.typed === null || rate === rateAt(opened.settings, progress.step)) return;
    if (!(rate >= control.min && rate <= control.max)) {
      this.wrong = this.t('ui.settings.any_number', { min: control.min, max: control.max });
      return;
    }
    // While it trains it may be a step further by then: a few characters more.
    const longest = changesWith(opened.settings, progress.totalSteps, rate).length;
    this.wrong = longest > changes.max ? this.t('ui.rate.too_many') : '';
    if (this.wrong) return;
    this.typed = null;
    session.changeRate(rate).catch(() => undefined);
  };
}

define('ember-rate-now', EmberRateNow);
