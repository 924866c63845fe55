/** `<ember-mistakes>`: what the document got wrong, as switches between its way and the corrected one. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Control, Json } from '../../engine/protocol.js';
import { accuracyCellStyles, figureCell, judgedMetrics } from '../../looks/rows/accuracy.js';
import { define } from '../../kit/define.js';
import { InForce } from '../../kit/in_force.js';
import { hasMeaning } from '../../lab/meaning.js';
import { LabPart } from '../../lab/part.js';
import { sameValue } from '../../lab/run.js';
import { WantedSetting } from '../../lab/wanted_setting.js';
import { figureText, valueText } from '../../lab/run_label.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberMistakes extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'runs'];
  static override styles = [
    shared,
    accuracyCellStyles,
    css`
      .switches {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: 0 1.5rem;
      }
      .switch {
        border-top: 1px solid var(--lab-grid);
        padding-top: 0.75rem;
        margin-top: 0.75rem;
      }
      fieldset {
        border: 0;
        margin: 0 0 0.5rem;
        padding: 0;
        min-width: 0;
      }
      legend {
        font-weight: 600;
        padding: 0;
      }
    `,
  ];

  private readonly inForce = new InForce(this);

  constructor() {
    super();
    new WantedSetting(
      this,
      ({ as_written }) => as_written !== null,
      (name) => this.renderRoot.querySelector<HTMLElement>(`input[name="${name}"]:checked`)?.focus(),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { opened, options } = this.session;
    if (!opened) return this.card('mistakes', this.hint('ui.mistakes.before'));
    const switches = opened.controls.filter(
      (control) =>
        control.as_written !== null && !options.hide.includes(control.name) && hasMeaning(control, opened),
    );
    // A task without a mistake that can be switched has no such part.
    if (switches.length === 0) return nothing;
    return this.card(
      'mistakes',
      html`${this.hint('ui.mistakes.intro')}
        <div class="switches">
          ${switches.map((control) => this.switch(control, opened.settings[control.name]!))}
        </div>`,
    );
  }

  private switch(control: Control, value: Json): TemplateResult {
    const { name } = control;
    const sides = control.type === 'choice' ? control.options : [control.default, control.as_written];
    const explanation = this.find(`mistakes.${name}`) ?? this.t(`controls.${name}.help`);
    return html`<div class="switch">
      <fieldset ?disabled=${this.session.options.lock.includes(name)}>
        <legend>${this.t(`controls.${name}.label`)}</legend>
        ${sides.map(
          (side) =>
            html`<label class="choice"
              ><input
                type="radio"
                name=${name}
                .checked=${this.inForce.show(sameValue(side, value))}
                @change=${() => void this.session.changeSettings({ [name]: side }).catch(() => this.inForce.takeBack())}
              />${valueText(this.language, control, side)}</label
            >`,
        )}
      </fieldset>
      <p class="muted">${explanation}</p>
      ${this.effect(control, sides)}
    </div>`;
  }

  /** The figures of the latest finished runs on either side, once there are both. */
  private effect(control: Control, sides: Json[]): TemplateResult | typeof nothing {
    const { current, old } = this.session.runs;
    const finished = [...(current ? [current] : []), ...old].filter((run) => run.results['test']);
    const latest = sides.map((side) => finished.find((run) => sameValue(run.settings[control.name], side)));
    if (latest.some((run) => !run)) return this.hint('ui.mistakes.run_both');
    const results = latest.map((run) => run!.results['test']!);
    const metrics = judgedMetrics(results[0]!, this.session.opened!.description.headlines);
    return html`<table ${stacking()}>
      <caption class="visually-hidden">
        ${this.t('ui.mistakes.effect')}
      </caption>
      <thead>
        <tr>
          <td></td>
          ${metrics.map(
            (metric) =>
              html`<th scope="col">
                ${this.t('ui.runs.figure', {
                  metric: figureText(this.language, metric),
                  split: this.t('splits.test'),
                })}
              </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${sides.map(
          (side, index) =>
            html`<tr>
              <th scope="row">${valueText(this.language, control, side)}</th>
              ${metrics.map((metric) => html`<td>${figureCell(this.language, results[index], metric)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

define('ember-mistakes', EmberMistakes);
