/** `<ember-predict>`: what the model predicts for one row, set with sliders or pasted. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { OwnData } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { inputOf, textAreaOf } from '../../kit/events.js';
import { LiveAnswer } from '../../lab/live.js';
import { modelAnswer, modelAnswerStyles } from '../model_answer.js';
import { rowsPredicted, type Prediction } from '../predictions.js';
import { LabPart } from '../../lab/part.js';
import { parseRows, type PasteProblem } from '../../lab/paste.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { classText, featureName, featureText, valueText, type Table } from './table_data.js';
import type { Topic } from '../../lab/topics.js';

/** Rows of a paste that are shown. */
const MOST_ROWS = 20;

export class EmberPredict extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    modelAnswerStyles,
    css`
      .sliders {
        display: grid;
        grid-template-columns: minmax(7rem, auto) minmax(4rem, 1fr) auto;
        gap: 0.25rem 0.75rem;
        align-items: center;
        margin-bottom: 0.75rem;
      }
      .sliders input[type='number'] {
        width: 5.5rem;
      }
      .row-of-values {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem 1.5rem;
        align-items: center;
      }
      .row-of-values > .sliders {
        flex: 1 1 20rem;
        min-width: 0;
      }
      .paste {
        width: 100%;
        margin-bottom: 0.375rem;
      }
      .answer {
        font-size: 1.0625rem;
      }
      @media (max-width: 40rem) {
        .sliders {
          grid-template-columns: 1fr auto;
        }
        .sliders label {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  /** Values the reader has set, by column; the means elsewhere. A column may be called `constructor`. */
  @state() private values: ReadonlyMap<string, number> = new Map();
  /** The rows of the latest good paste; the first is on the sliders. */
  @state() private pasted: number[][] = [];
  @state() private problem: PasteProblem | null = null;

  private readonly prediction = new LiveAnswer<Prediction>(
    this,
    () => {
      const table = this.session.opened?.description.table;
      return table ? this.predict(table) : null;
    },
    120,
  );

  protected override render(): TemplateResult {
    const { table } = this.session.opened?.description ?? {};
    if (!table) return this.card('predict', this.hint('ui.predict.before'));
    const step = this.session.runs.current?.progress.step ?? 0;
    return this.card(
      'predict',
      html`${this.hint(step === 0 ? 'ui.predict.untrained' : 'ui.predict.intro')}
        <div class="row-of-values">
          <div class="sliders">
            ${this.features(table).map((name, column) => this.slider(table, name, column))}
          </div>
          ${this.picture(table)}
        </div>
        <div aria-live="polite">${this.answer(table)}</div>
        ${this.pasteField(table)} ${this.pastedTable(table)}`,
    );
  }

  /** What a lesson draws of the row beside its values. */
  protected picture(_table: Table): TemplateResult | typeof nothing {
    return nothing;
  }

  /** The class that is predicted for the row, by its place among the table's; null while there is no answer. */
  protected predictedClass(table: Table): number | null {
    const name = this.prediction.value?.classes[0];
    return name === undefined ? null : table.classes.indexOf(name);
  }

  /** Names of the columns the model sees. */
  private features(table: Table): string[] {
    const chosen = this.session.opened!.settings['features'];
    const all = table.features.map(({ name }) => name);
    return Array.isArray(chosen) ? all.filter((name) => chosen.includes(name)) : all;
  }

  protected value(table: Table, name: string): number {
    const { mean, decimals } = table.features.find((feature) => feature.name === name)!;
    return this.values.get(name) ?? (decimals === null ? mean : Number(mean.toFixed(decimals)));
  }

  /** What was set for one table says nothing of the next. */
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const own = this.session.opened?.description.own ? this.session.ownData : null;
    if (own === this.valuesOf) return;
    this.valuesOf = own;
    this.values = new Map();
    this.pasted = [];
    this.problem = null;
  }

  /** The table of the reader's own that values were set for; null for the lesson's. */
  private valuesOf: OwnData | null = null;

  private predict(table: Table): Promise<Prediction> {
    const features = this.features(table);
    const rows = [features.map((name) => this.value(table, name)), ...this.pasted.slice(1)];
    const fitting = rows.filter((row) => row.length === features.length);
    return this.session.request('predict', { input: fitting }).then(rowsPredicted);
  }

  private slider(table: Table, name: string, column: number): TemplateResult {
    const { min, max, decimals } = table.features.find((feature) => feature.name === name)!;
    const step = decimals === null ? 'any' : String(10 ** -decimals);
    const value = this.value(table, name);
    const label = featureText(this.language, table, name);
    const take = (event: Event): void => {
      const next = inputOf(event).valueAsNumber;
      if (!Number.isFinite(next)) return;
      this.values = new Map(this.values).set(name, next);
      this.prediction.refresh();
    };
    return html`<label for="column-${column}">${label}</label>
      <input
        id="column-${column}"
        type="range"
        min=${min}
        max=${max}
        step=${step}
        .value=${String(value)}
        aria-valuetext=${valueText(this.language, table, name, value)}
        @input=${take}
      />
      <input type="number" step=${step} .value=${String(value)} aria-label=${label} @change=${take} />`;
  }

  private answer(table: Table): TemplateResult {
    const { value, failure } = this.prediction;
    if (!value) return html`<p>${failure?.message ?? ''}</p>`;
    return html`<p class="answer">
        ${this.t('ui.predict.answer')} <b>${classText(this.language, value.classes[0] ?? '')}</b>
      </p>
      ${modelAnswer(this.dark, this.language, table, value)}`;
  }

  private pasteField(table: Table): TemplateResult {
    const names = this.features(table).map((name) => featureName(this.language, name));
    return html`<label for="paste"
        >${this.t('ui.predict.paste', { columns: names.join(this.listSeparator()) })}</label
      >
      <textarea
        id="paste"
        class="paste"
        rows="2"
        spellcheck="false"
        placeholder=${this.features(table)
          .map((name) => this.value(table, name))
          .join(', ')}
        aria-invalid=${this.problem ? 'true' : 'false'}
        aria-describedby=${this.problem ? 'problem' : nothing}
        @input=${(event: Event) => this.take(table, textAreaOf(event).value)}
      ></textarea>
      ${
        this.problem
          ? html`<p class="error" id="problem" role="alert">${this.problemText(table, this.problem)}</p>`
          : nothing
      }`;
  }

  private take(table: Table, text: string): void {
    const features = this.features(table);
    const pasted = parseRows(text, features.length);
    this.problem = 'problem' in pasted && pasted.problem.kind !== 'empty' ? pasted.problem : null;
    this.pasted = 'rows' in pasted ? pasted.rows : [];
    const first = this.pasted[0];
    if (first) this.values = new Map(features.map((name, index) => [name, first[index]!]));
    this.prediction.refresh();
  }

  private problemText(table: Table, problem: PasteProblem): string {
    if (problem.kind === 'empty') return '';
    const features = this.features(table);
    if (problem.kind === 'count')
      return this.t('ui.predict.wrong_count', { ...problem, expected: features.length });
    const name = featureName(this.language, features[problem.column - 1]!);
    return this.t('ui.predict.wrong_number', { ...problem, name });
  }

  /** The answers for further rows of a paste. */
  private pastedTable(table: Table): TemplateResult | typeof nothing {
    const answers = this.prediction.value;
    if (this.pasted.length < 2 || !answers || answers.classes.length !== this.pasted.length) return nothing;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.predict.rows')}>
      <table ${stacking()}>
        <thead>
          <tr>
            ${this.features(table).map((name) => html`<th scope="col">${featureName(this.language, name)}</th>`)}
            <th scope="col">${this.t('ui.data.class')}</th>
          </tr>
        </thead>
        <tbody>
          ${this.pasted.slice(0, MOST_ROWS).map(
            (row, index) =>
              html`<tr>
                ${row.map((value, column) => html`<td>${valueText(this.language, table, this.features(table)[column]!, value)}</td>`)}
                <td>${classText(this.language, answers.classes[index]!)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private listSeparator(): string {
    return this.language.code === 'zh' ? '、' : ', ';
  }
}

define('ember-predict', EmberPredict);
