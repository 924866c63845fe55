/**
 * `<ember-rate-now>`: another learning rate for the rest of the run, without beginning anew. Which rate holds since which
 * step stands in the settings, so that the address, the record and a replay know of it.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { changesWith, RATE_CHANGES, rateAt } from '../../engine/rate_changes.js';
import { jsonText } from '../../engine/json.js';
import type { Control, Opened } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { hasMeaning } from '../../lab/meaning.js';
import { LabPart } from '../../lab/part.js';
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

  @state() private wrong = '';

  protected override render(): TemplateResult | typeof nothing {
    const { opened, runs, finished, status } = this.session;
    const progress = runs.current?.progress;
    if (!opened || !progress || !this.changes(opened)) return nothing;
    // There is nothing to go on with before the first step, and behind the last.
    const isOver = finished || progress.step === 0;
    return html`<form class="row" @submit=${this.put}>
        <label class="row"
          ><span>${this.t('ui.rate.label')}</span
          ><input
            type="number"
            inputmode="decimal"
            step="any"
            .value=${String(rateAt(opened.settings, progress.step))}
            ?disabled=${isOver}
            aria-invalid=${this.wrong ? 'true' : 'false'}
            aria-describedby=${this.wrong ? 'wrong' : nothing}
        /></label>
        <button ?disabled=${isOver || status === 'loading'}>${this.t('ui.rate.put')}</button>
      </form>
      ${this.wrong ? html`<p class="error" id="wrong" role="alert">${this.wrong}</p>` : nothing}`;
  }

  /** The setting that holds changes, where the lab has it and the reader may use it. */
  private changes(opened: Opened): Extract<Control, { type: 'text' }> | null {
    const control = opened.controls.find(({ name }) => name === RATE_CHANGES);
    const { lock } = this.session.options;
    const isLocked = lock.includes(RATE_CHANGES) || lock.includes('learning_rate');
    return control?.type === 'text' && !isLocked && hasMeaning(control, opened) ? control : null;
  }

  private readonly put = (event: Event): void => {
    event.preventDefault();
    const { opened, runs } = this.session;
    const progress = runs.current?.progress;
    const changes = opened && this.changes(opened);
    const control = opened?.controls.find(({ name }) => name === 'learning_rate');
    const input = this.renderRoot.querySelector('input');
    if (!opened || !progress || !changes || !input || control?.type !== 'number') return;
    const rate = input.valueAsNumber;
    this.wrong = '';
    if (!(rate >= control.min && rate <= control.max)) {
      this.wrong = this.t('ui.settings.any_number', { min: control.min, max: control.max });
    } else if (changesWith(opened.settings, progress.totalSteps, rate).length > changes.max) {
      // While it trains it may be some steps further by then: no longer than at the last.
      this.wrong = this.t('ui.rate.too_many');
    } else if (
      changesWith(opened.settings, progress.step, rate) !== jsonText(opened.settings[RATE_CHANGES] ?? '')
    ) {
      this.session.changeRate(rate).catch(() => undefined);
    }
  };
}

define('ember-rate-now', EmberRateNow);
