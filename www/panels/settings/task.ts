/** `<ember-task>`: the choice that the defaults of all other settings follow, where a lesson has one. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../../kit/define.js';
import { selectOf } from '../../kit/events.js';
import { InForce } from '../../kit/in_force.js';
import { LabPart } from '../../lab/part.js';
import { WantedSetting } from '../../lab/wanted_setting.js';
import { optionText } from '../../lab/run_label.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** More choices than these stand closer together, and in one list where few handles are wanted. */
const MANY = 8;

export class EmberTask extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'level'];
  static override styles = [
    shared,
    css`
      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
        min-width: 0;
      }
      legend {
        padding: 0;
        font-weight: 600;
        margin-bottom: 0.25rem;
      }
      .options {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
        gap: 0.375rem;
      }
      /* Not as wide as a card. */
      label.row {
        display: inline-flex;
        max-width: 100%;
      }
      .name {
        font-weight: 600;
      }
      select {
        min-width: 0;
        max-width: 100%;
      }
      /* A long list would keep the run out of sight on a phone: two short names stand side by side. */
      .many {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 9rem), 1fr));
      }
      .many label {
        padding-inline: 0.5rem;
        line-height: 1.25;
      }
      .options label {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        min-height: 2.75rem;
        padding: 0.25rem 0.75rem;
        border: 1px solid var(--lab-border);
        border-radius: 0.375rem;
        background: var(--lab-surface);
        cursor: pointer;
      }
      .options label:has(input:checked) {
        border-color: var(--lab-accent);
        box-shadow: inset 0 -3px var(--lab-accent);
        font-weight: 600;
      }
    `,
  ];

  private readonly inForce = new InForce(this);

  constructor() {
    super();
    new WantedSetting(
      this,
      ({ leads }) => leads,
      () => this.renderRoot.querySelector<HTMLElement>('input:checked, select')?.focus(),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { opened, options } = this.session;
    const control = opened?.controls.find(({ leads }) => leads);
    if (!opened || control?.type !== 'choice' || options.hide.includes(control.name)) return nothing;
    const chosen = opened.settings[control.name];
    // One that could not be taken is not shown as chosen.
    const take = (option: string): void =>
      void this.session.changeSettings({ [control.name]: option }).catch(() => this.inForce.takeBack());
    const isLocked = options.lock.includes(control.name);
    if (control.options.length > MANY && this.session.level === 'play') {
      return html`<label class="row"
        ><span class="name">${this.t(`controls.${control.name}.label`)}</span
        ><select ?disabled=${isLocked} @change=${(event: Event) => take(selectOf(event).value)}>
          ${control.options.map(
            (option) =>
              html`<option value=${option} .selected=${this.inForce.show(option === chosen)}>
                ${optionText(this.language, control.name, option)}
              </option>`,
          )}
        </select></label
      >`;
    }
    return html`<fieldset ?disabled=${isLocked}>
      <legend>${this.t(`controls.${control.name}.label`)}</legend>
      <div class="options ${control.options.length > MANY ? 'many' : ''}">
        ${control.options.map(
          (option) =>
            html`<label
              ><input
                type="radio"
                name="task"
                .checked=${this.inForce.show(option === chosen)}
                @change=${() => take(option)}
              />${optionText(this.language, control.name, option)}</label
            >`,
        )}
      </div>
    </fieldset>`;
  }
}

define('ember-task', EmberTask);
