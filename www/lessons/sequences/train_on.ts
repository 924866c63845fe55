/** `<ember-train-on>`: goes on from the weights of this step with graphs that lack some sorts of edges. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import { hasMeaning } from '../../lab/meaning.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { goOnWith } from './go_on.js';
import { trainOnStyles } from './train_on_styles.js';

const SETTING = 'left_out';

export class EmberTrainOn extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    trainOnStyles,
    css`
      label {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        min-height: 2.25rem;
        margin-inline-end: 1rem;
      }
    `,
  ];

  /** What the reader has ticked since; null where that is what is in force. */
  @state() private wanted: readonly string[] | null = null;
  @state() private isBusy = false;

  protected override render(): TemplateResult | typeof nothing {
    const { opened, options } = this.session;
    const control = opened?.controls.find(({ name }) => name === SETTING);
    if (!opened || !control || control.type !== 'subset' || options.lock.includes(SETTING)) return nothing;
    if (!hasMeaning(control, opened)) return nothing;
    const inForce = this.inForce();
    const wanted = this.wanted ?? inForce;
    const isSame = wanted.length === inForce.length && wanted.every((sort) => inForce.includes(sort));
    return html`<fieldset>
      <legend>${this.t('ui.train_on.title')}</legend>
      ${control.options.map(
        (sort) =>
          html`<label
            ><input
              type="checkbox"
              .checked=${wanted.includes(sort)}
              @change=${(event: Event) => this.tick(sort, inputOf(event).checked)}
            />${this.t(`controls.${SETTING}.options.${sort}`)}</label
          >`,
      )}
      <div class="row">
        <button type="button" ?disabled=${isSame || this.isBusy} @click=${() => void this.trainOn(wanted)}>
          ${this.t('ui.train_on.act')}
        </button>
      </div>
      ${this.hint('ui.train_on.help')}
    </fieldset>`;
  }

  private inForce(): readonly string[] {
    const value = this.session.opened?.settings[SETTING];
    return Array.isArray(value) ? value.map(String) : [];
  }

  private tick(sort: string, isOn: boolean): void {
    const before = this.wanted ?? this.inForce();
    this.wanted = isOn ? [...before, sort] : before.filter((other) => other !== sort);
  }

  private async trainOn(leftOut: readonly string[]): Promise<void> {
    this.isBusy = true;
    try {
      await goOnWith(this.session, { [SETTING]: [...leftOut] });
      this.wanted = null;
    } catch (thrown) {
      this.session.report(thrown);
    } finally {
      this.isBusy = false;
    }
  }
}

define('ember-train-on', EmberTrainOn);
