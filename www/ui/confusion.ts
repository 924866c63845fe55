/** `<ember-confusion>`: which classes the model takes for which on one part of the data, and the rows behind it. */

import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { accuracyCell, accuracyCellStyles, accuracyText } from './accuracy.js';
import './chart.js';
import { define } from './define.js';
import { cellGuide } from './guide.js';
import { LiveAnswer } from './live.js';
import { LabPart } from './part.js';
import type { PlotContent } from './plot-spec.js';
import type { Run } from './run.js';
import { shared } from './styles.js';
import { classText, featureText, type Table } from './table_data.js';
import type { Topic } from './topics.js';

/** At most twice a second. */
const INTERVAL_MS = 500;
/** A longer table is judged only while its run stands still: judging it takes the time of many steps. */
const MOST_ROWS_LIVE = 5000;

/** Answer to `inspect('confusion')`. */
interface Confusion {
  split: string;
  rows: number;
  /** Rows of each class by the class predicted: `[true][predicted]`. */
  counts: number[][];
  /** How many rows are misclassified. */
  mistakes: number;
  /** Those of them the model was surest of. */
  mistaken_rows: {
    row: number;
    features: number[];
    label: number;
    predicted: number;
    certainty: number | null;
  }[];
  /** What certainty means for this model: a key under `ui.judgement.certainty`. */
  certainty_is: string;
  /** The run it was asked in. */
  run: Run | null;
}

/** A class: rows that are of it, rows that were said to be, rows that are both. */
interface ClassFigures {
  name: string;
  rows: number;
  predicted: number;
  correct: number;
}

export class EmberConfusion extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress', 'status'];
  static override styles = [
    shared,
    accuracyCellStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: 0 1.5rem;
      }
      .columns > * {
        min-width: 0;
      }
      .scroll {
        margin-bottom: 0.75rem;
      }
      .mistakes {
        max-height: 20rem;
      }
      /* A name in Chinese is not broken between its characters; the table scrolls instead. */
      th,
      td {
        word-break: keep-all;
      }
    `,
  ];

  /** Part of the data. */
  @property() split = '';
  private readonly confusion = new LiveAnswer<Confusion>(this, () => this.ask(), INTERVAL_MS);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('split') && this.hasUpdated) this.confusion.refresh();
  }

  protected override render(): TemplateResult {
    const { opened, runs } = this.session;
    const table = opened?.description.table;
    const waiting = this.waitingFor();
    if (!table || waiting) return this.hint(`ui.judgement.${waiting ?? 'untrained'}`);
    const confusion = this.confusion.value;
    // For a moment after a change the answer is still that to the question before.
    if (confusion?.split !== this.split || confusion.run !== runs.current)
      return this.hint('ui.judgement.asking');
    if (confusion.rows === 0) return this.hint('ui.judgement.no_rows');
    const accuracy = (confusion.rows - confusion.mistakes) / confusion.rows;
    return html`<p>
        ${this.t('ui.judgement.accuracy')} <b>${accuracyText(this.language, accuracy, confusion.rows)}</b>
      </p>
      <div class="columns">
        <div>${this.matrix(table, confusion)}</div>
        <div>${this.perClass(table, confusion)}</div>
      </div>
      ${this.mistakes(table, confusion)}`;
  }

  /** Why there is nothing to show yet, as a key under `ui.judgement`; null where there is. */
  private waitingFor(): 'untrained' | 'diverged' | 'test_later' | 'long_table' | null {
    const { opened, runs, finished, status } = this.session;
    const progress = runs.current?.progress;
    if (!progress || progress.step === 0) return 'untrained';
    if (progress.diverged) return 'diverged';
    if (this.split === 'test' && !finished) return 'test_later';
    const long = (opened?.description.table?.rows ?? 0) > MOST_ROWS_LIVE;
    return long && status === 'training' ? 'long_table' : null;
  }

  private ask(): Promise<Confusion> | null {
    if (this.waitingFor()) return null;
    const { split } = this;
    const run = this.session.runs.current;
    const answer = this.session.request('inspect', {
      what: 'confusion',
      options: { split },
    }) as Promise<unknown>;
    return (answer as Promise<Omit<Confusion, 'run'>>).then((confusion) => ({ ...confusion, run }));
  }

  private matrix(table: Table, { counts, split }: Confusion): TemplateResult {
    const names = table.classes.map((name) => classText(this.language, name));
    const content: PlotContent = {
      kind: 'heatmap',
      rows: names.length,
      columns: names.length,
      values: counts.flat(),
      row_labels: names,
      column_labels: names,
      scale: 'sequential',
      range: [0, Math.max(1, ...counts.flat())],
      x_label: this.t('ui.judgement.predicted_class'),
      y_label: this.t('ui.judgement.true_class'),
      legend_label: this.t('ui.judgement.rows'),
    };
    const told = (label: number, predicted: number): { label: string; value: string }[] => [
      { label: this.t('ui.judgement.true_class'), value: names[label]! },
      { label: this.t('ui.judgement.predicted_class'), value: names[predicted]! },
      { label: this.t('ui.judgement.rows'), value: this.count(counts[label]![predicted]!) },
    ];
    return html`<ember-chart
      .content=${content}
      .guide=${cellGuide(names.length, names.length, (label, predicted) => ({
        title: this.t(label === predicted ? 'ui.judgement.right' : 'ui.judgement.wrong'),
        entries: told(label, predicted),
      }))}
      .base=${this.session.base}
      .language=${this.language}
      height=${Math.min(480, 130 + 44 * names.length)}
      label=${this.t('ui.judgement.matrix_of', { split: this.t(`splits.${split}`) })}
      name="${this.session.options.lesson}-confusion-${split}"
    ></ember-chart>`;
  }

  /** Recall and precision of each class. */
  private perClass(table: Table, confusion: Confusion): TemplateResult {
    const share = (part: number, whole: number): TemplateResult =>
      html`<td>${accuracyCell(this.language, part / whole, whole)}</td>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.judgement.per_class')}>
        <table>
          <caption class="visually-hidden">
            ${this.t('ui.judgement.per_class')}
          </caption>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.data.class')}</th>
              <th scope="col">${this.t('ui.judgement.recall')}</th>
              <th scope="col">${this.t('ui.judgement.precision')}</th>
            </tr>
          </thead>
          <tbody>
            ${classFigures(table, confusion).map(
              ({ name, rows, predicted, correct }) =>
                html`<tr>
                  <th scope="row">${classText(this.language, name)}</th>
                  ${share(correct, rows)} ${share(correct, predicted)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.hint('ui.judgement.recall_help')}`;
  }

  /** The misclassified rows, the surest mistakes first. */
  private mistakes(table: Table, { mistakes, mistaken_rows, certainty_is }: Confusion): TemplateResult {
    if (mistakes === 0) return html`<p>${this.t('ui.judgement.no_mistakes')}</p>`;
    const counts = { shown: this.count(mistaken_rows.length), all: this.count(mistakes) };
    const names = table.features.map(({ name }) => name);
    return html`<h4 id="mistakes">
        ${this.t(mistaken_rows.length < mistakes ? 'ui.judgement.surest_mistakes' : 'ui.judgement.mistakes', counts)}
      </h4>
      <div class="scroll mistakes" tabindex="0" role="region" aria-labelledby="mistakes">
        <table>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.data.number')}</th>
              <th scope="col">${this.t('ui.judgement.true_class')}</th>
              <th scope="col">${this.t('ui.judgement.predicted_class')}</th>
              <th scope="col">${this.t(`ui.judgement.certainty.${certainty_is}`)}</th>
              ${names.map((name) => html`<th scope="col">${featureText(this.language, table, name)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${mistaken_rows.map(
              ({ row, features, label, predicted, certainty }) =>
                html`<tr>
                  <td>${this.count(row + 1)}</td>
                  <td>${classText(this.language, table.classes[label]!)}</td>
                  <td>${classText(this.language, table.classes[predicted]!)}</td>
                  <td>${certainty === null ? '–' : certainty.toFixed(3)}</td>
                  ${features.map((value) => html`<td>${this.number(value)}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

function classFigures(table: Table, { counts }: Confusion): ClassFigures[] {
  return table.classes.map((name, index) => ({
    name,
    rows: counts[index]!.reduce((sum, count) => sum + count, 0),
    predicted: counts.reduce((sum, row) => sum + row[index]!, 0),
    correct: counts[index]![index]!,
  }));
}

define('ember-confusion', EmberConfusion);
