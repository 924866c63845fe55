/** `<ember-predict-row>`: what the model in use answers for a row that is filled in, and for all rows of a file. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { FormColumn, PredictForm } from '../../generated/boosting.js';
import { define } from '../../kit/define.js';
import { download } from '../../kit/download.js';
import { inputOf, selectOf } from '../../kit/events.js';
import '../../kit/file_drop.js';
import type { FilesTaken } from '../../kit/file_drop.js';
import { shared } from '../../kit/styles.js';
import { formatShare } from '../../kit/words.js';
import { failureText } from '../../lab/failure_text.js';
import { ACCEPTED_TABLES, textOfTable } from '../../lab/files.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { rowAsTable, withAnswers } from './csv_answers.js';
import { predictedIn, type Predicted, type UnknownValue } from './predicted.js';

/** Contributions that are named. */
const NAMED = 6;

interface Answered {
  form: PredictForm;
  answer: number[];
  /** Of the class that is named: what each column adds to the mean score, the most first. */
  adds: [name: string, contribution: number][];
  /** Columns that the model has no list of categories for. */
  assumed: string[];
}

/** A file that was answered. */
interface FileAnswered {
  name: string;
  text: string;
  rows: number;
  extra: string[];
  unknown: UnknownValue[];
}

export class EmberPredictRow extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      .form {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 11rem), 1fr));
        gap: 0.5rem 0.75rem;
        max-height: 24rem;
        overflow: auto;
        margin-bottom: 0.75rem;
        padding: 0.25rem;
      }
      .form label {
        display: grid;
        gap: 0.125rem;
        align-content: end;
        overflow-wrap: anywhere;
      }
      .form input,
      .form select {
        width: 100%;
      }
      .answer {
        font-size: 1.0625rem;
      }
      ul {
        margin: 0 0 0.75rem;
        padding-inline-start: 1.25rem;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        .form input,
        .form select {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  /** What the reader has set; elsewhere the values to begin with. */
  @state() private values: ReadonlyMap<string, string> = new Map();
  @state() private file: FileAnswered | null = null;
  @state() private problem = '';
  @state() private busy = false;
  private readonly answered = new LiveAnswer<Answered>(this, () => this.ask(), 200);

  protected override render(): TemplateResult {
    const answered = this.answered.value;
    if (!answered) {
      const { failure } = this.answered;
      const text = failure ? html`<p class="error">${failureText(this.language, failure)}</p>` : nothing;
      return this.card('predict', html`${this.hint('ui.predict_row.before')}${text}`);
    }
    const { form } = answered;
    const comma = this.t('ui.tree.comma');
    return this.card(
      'predict',
      html`${this.hint(form.trees === 0 ? 'ui.predict_row.untrained' : 'ui.predict_row.intro')}
        <div class="form" role="group" aria-label=${this.t('ui.predict_row.row')}>
          ${form.columns.map((column) => this.field(column))}
        </div>
        ${
          answered.assumed.length > 0
            ? this.hint('ui.predict_row.assumed', { columns: answered.assumed.join(comma) })
            : nothing
        }
        <div aria-live="polite">${this.told(answered)}</div>
        <ember-file-drop
          .label=${this.t('ui.predict_row.file', { columns: this.columns(form).join(comma) })}
          .accept=${ACCEPTED_TABLES}
          .disabled=${this.busy}
          @files-taken=${(event: FilesTaken) => void this.take(event.detail[0]!)}
        ></ember-file-drop>
        <div aria-live="polite">${this.toldOfFile()}</div>`,
    );
  }

  private field(column: FormColumn): TemplateResult {
    const value = this.values.get(column.name) ?? column.value;
    const set = (next: string): void => {
      this.values = new Map([...this.values, [column.name, next]]);
      this.answered.refresh();
    };
    const { options: listed, range } = column;
    if (listed) {
      const options = listed.includes(value) ? listed : [value, ...listed];
      return html`<label>
        ${column.name}
        <select @change=${(event: Event) => set(selectOf(event).value)}>
          ${['', ...options.filter((option) => option !== '')].map(
            (option) =>
              html`<option value=${option} ?selected=${option === value}>
                ${option === '' ? this.t('ui.predict_row.missing') : option}
              </option>`,
          )}
        </select>
      </label>`;
    }
    const written = (bound: number): string =>
      Number.isInteger(bound) ? this.count(bound) : this.number(bound, 6);
    const numbers = range ? ` (${range.map(written).join(' – ')})` : '';
    return html`<label>
      <span>${column.name}<span class="muted">${numbers}</span></span>
      <input
        type="number"
        step="any"
        .value=${value}
        placeholder=${this.t('ui.predict_row.missing')}
        @input=${(event: Event) => set(inputOf(event).value)}
      />
    </label>`;
  }

  private told({ form, answer, adds }: Answered): TemplateResult {
    const { failure } = this.answered;
    if (failure) return html`<p class="error">${failureText(this.language, failure)}</p>`;
    const { meaning, classes } = form;
    const percent = (value: number): string => formatShare(this.language, value);
    const name = (index: number): string => classes[index] ?? this.count(index);
    const said =
      meaning === 'value'
        ? html`<p class="answer">
            ${this.t('ui.predict_row.value')}
            <b>${answer.map((value) => this.number(value, 5)).join(', ')}</b>
          </p>`
        : meaning === 'probability'
          ? html`<p class="answer">
              ${this.t('ui.predict_row.probability', { class: name(1) })} <b>${percent(answer[0]!)}</b>
            </p>`
          : html`<ul class="answer">
              ${answer.map((value, index) => html`<li>${name(index)}: <b>${percent(value)}</b></li>`)}
            </ul>`;
    const signed = (value: number): string => (value > 0 ? '+' : '') + this.number(value, 3);
    const listed = adds.slice(0, NAMED).filter(([, contribution]) => contribution !== 0);
    if (listed.length === 0) return said;
    const of = meaning === 'classes' ? name(largest(answer)) : '';
    return html`${said}
      <p>${this.t(of === '' ? 'ui.predict_row.because' : 'ui.predict_row.because_of', { class: of })}</p>
      <ul>
        ${listed.map(([column, contribution]) => html`<li>${column}: ${signed(contribution)}</li>`)}
      </ul>`;
  }

  private toldOfFile(): TemplateResult | typeof nothing {
    if (this.problem !== '') return html`<p class="error" role="alert">${this.problem}</p>`;
    const { file } = this;
    if (!file) return nothing;
    return html`<p>
        ${this.t('ui.predict_row.answered', { rows: this.count(file.rows) })}
        <button type="button" @click=${() => download(file.name, file.text, 'text/csv;charset=utf-8')}>
          ${this.t('ui.predict_row.save', { file: file.name })}
        </button>
      </p>
      ${
        file.extra.length > 0
          ? html`<p>
              ${this.t('ui.predict_row.extra', { columns: file.extra.join(this.t('ui.tree.comma')) })}
            </p>`
          : nothing
      }
      ${
        file.unknown.length > 0
          ? html`<p>${this.t('ui.predict_row.unknown')}</p>
              <ul>
                ${file.unknown.map((unknown) => html`<li>${this.t('ui.predict_row.unknown_one', { ...unknown })}</li>`)}
              </ul>`
          : nothing
      }`;
  }

  private columns(form: PredictForm): string[] {
    return form.columns.map(({ name }) => name);
  }

  private async predict(question: {
    csv: string;
    pred_contrib?: boolean;
    lines?: boolean;
  }): Promise<Predicted> {
    return predictedIn(await this.session.request('predict', { input: question }));
  }

  private async ask(): Promise<Answered> {
    const form = await this.session.inspect('boosting', 'form', {});
    const cells = form.columns.map(({ name, value }) => [name, this.values.get(name) ?? value] as const);
    const csv = rowAsTable(cells);
    const [{ predictions, assumed }, contributions] = await Promise.all([
      this.predict({ csv }),
      this.predict({ csv, pred_contrib: true }),
    ]);
    const answer = predictions[0]!;
    const { columns } = contributions;
    const parts = contributions.predictions[0]!;
    const first = form.meaning === 'classes' ? largest(answer) * (columns.length + 1) : 0;
    const adds = columns.map((name, index): [string, number] => [name, parts[first + index]!]);
    adds.sort(([, one], [, other]) => Math.abs(other) - Math.abs(one));
    return { form, answer, adds, assumed };
  }

  private async take(file: File): Promise<void> {
    this.busy = true;
    this.problem = '';
    this.file = null;
    try {
      const { text } = await textOfTable(this.session, file);
      const [form, { predictions, extra, unknown, lines }] = await Promise.all([
        this.session.inspect('boosting', 'form', {}),
        this.predict({ csv: text, lines: true }),
      ]);
      const [names, cells] = columnsOf(form, predictions);
      this.file = {
        name: file.name.replace(/(\.\w+)?$/, '-answered.csv'),
        text: withAnswers(text, lines, names, cells),
        rows: predictions.length,
        extra,
        unknown,
      };
    } catch (thrown) {
      this.problem = failureText(this.language, thrown);
    }
    this.busy = false;
  }
}

/** The columns that answers become: `probability`, `class` with the probability of that class, or `value`. */
function columnsOf({ meaning, classes }: PredictForm, rows: readonly number[][]): [string[], string[][]] {
  if (meaning === 'probability') return [['probability'], rows.map(([answer]) => [String(answer)])];
  if (meaning === 'classes') {
    const of = (row: number[]): string[] => {
      const first = largest(row);
      return [classes[first] ?? String(first), String(row[first])];
    };
    return [['class', 'probability'], rows.map(of)];
  }
  const count = rows[0]?.length ?? 1;
  const names = Array.from({ length: count }, (_, index) => (count === 1 ? 'value' : `value_${index}`));
  return [names, rows.map((row) => row.map(String))];
}

const largest = (values: readonly number[]): number => values.indexOf(Math.max(...values));

define('ember-predict-row', EmberPredictRow);
