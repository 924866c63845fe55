/**
 * `<ember-confusion>`: which classes the model takes for which on one part of the data, and the rows or pictures behind
 * it.
 */

import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { accuracyCell, accuracyCellStyles, accuracyText } from '../../looks/rows/accuracy.js';
import '../../kit/chart/chart.js';
import { classNames } from '../../looks/classes.js';
import { classFigures, type Confusion } from './confusion_data.js';
import { define } from '../../kit/define.js';
import { durationText } from '../../kit/duration.js';
import { cellGuide } from '../../kit/chart/guide.js';
import { judgingSeconds } from '../../looks/pictures/judging.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { classText, featureText } from '../../looks/rows/table_data.js';
import type { LessonEntry } from '../lesson_entry.js';
import type { Topic } from '../../lab/topics.js';

/** At most twice a second. */
const INTERVAL_MS = 500;
/** A longer table is judged only while its run stands still: judging it takes the time of many steps. */
const MOST_ROWS_LIVE = 5000;
/** Judging pictures for longer than so many seconds waits until the reader asks for it. */
const LONGEST_UNASKED_S = 3;

/** Why there is nothing to show yet: a key under `ui.judgement`. */
type Waiting = 'untrained' | 'diverged' | 'test_later' | 'long_table' | 'while_training' | 'on_request';

export class EmberConfusion extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress', 'status'];
  static override styles = [
    shared,
    accuracyCellStyles,
    css`
      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: 0 1.5rem;
      }
      .columns > * {
        min-width: 0;
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

  @property({ attribute: false }) entry: LessonEntry | null = null;
  /** Part of the data. */
  @property() split = '';
  /** The run, step and part that the reader has asked to be judged although it takes long. */
  @state() private requested = '';
  private readonly confusion = new LiveAnswer<Confusion>(this, () => this.ask(), INTERVAL_MS);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('split') && this.hasUpdated) this.confusion.refresh();
  }

  protected override render(): TemplateResult {
    const { opened, runs } = this.session;
    const classes = opened && classNames(opened.description);
    const waiting = this.waitingFor();
    if (waiting === 'on_request') return this.offer();
    if (!classes || waiting) return this.hint(this.key(waiting ?? 'untrained'));
    const confusion = this.confusion.value;
    // For a moment after a change the answer is still that to the question before.
    if (confusion?.split !== this.split || confusion.run !== runs.current)
      return this.hint('ui.judgement.asking');
    if (confusion.rows === 0) return this.hint(this.key('no_rows'));
    const accuracy = (confusion.rows - confusion.mistakes) / confusion.rows;
    return html`<p>
        ${this.t('ui.judgement.accuracy')} <b>${accuracyText(this.language, accuracy, confusion.rows)}</b>
      </p>
      <div class="columns">
        <div>${this.matrix(classes, confusion)} ${this.hint('ui.judgement.matrix_axes')}</div>
        <div>${this.perClass(classes, confusion)}</div>
      </div>
      ${this.mistakes(confusion)}`;
  }

  /** A key under `ui.judgement`, or its form for pictures where there is one. */
  private key(name: string): string {
    const ofPictures = `ui.judgement.pictures.${name}`;
    const pictures = this.session.opened?.description.pictures;
    return pictures && this.find(ofPictures) !== null ? ofPictures : `ui.judgement.${name}`;
  }

  /** The run, step and part as they are. */
  private get moment(): string {
    const { current } = this.session.runs;
    return `${current?.id} ${current?.progress.step} ${this.split}`;
  }

  /** A button for what takes long. */
  private offer(): TemplateResult {
    const { opened } = this.session;
    const pictures = opened!.description.pictures!;
    const count = this.count(this.split === 'train' ? pictures.train : pictures.test);
    const time = durationText(this.language, judgingSeconds(opened!, this.split));
    return html`${this.hint('ui.judgement.pictures.on_request', { count, time })}
      <button
        type="button"
        @click=${() => {
          this.requested = this.moment;
          this.confusion.refresh();
        }}
      >
        ${this.t('ui.judgement.pictures.judge', { count })}
      </button>`;
  }

  /** Why there is nothing to show yet; null where there is. */
  private waitingFor(): Waiting | null {
    const { opened, runs, finished, status } = this.session;
    const progress = runs.current?.progress;
    if (!progress || progress.step === 0) return 'untrained';
    if (progress.diverged) return 'diverged';
    if (this.split === 'test' && !finished) return 'test_later';
    if (opened?.description.pictures) {
      if (status === 'training') return 'while_training';
      const long = judgingSeconds(opened, this.split) > LONGEST_UNASKED_S;
      return long && this.requested !== this.moment ? 'on_request' : null;
    }
    const long = (opened?.description.table?.rows ?? 0) > MOST_ROWS_LIVE;
    return long && status === 'training' ? 'long_table' : null;
  }

  private ask(): Promise<Confusion> | null {
    if (this.waitingFor()) return null;
    const { split } = this;
    const run = this.session.runs.current;
    const step = run?.progress.step ?? 0;
    const known = this.confusion.value;
    // Pictures are judged while the run stands still, and once is enough for that.
    const still = this.session.opened?.description.pictures && known?.run === run;
    if (still && known?.step === step && known.split === split) return null;
    return this.session.inspectAny('confusion', { split }).then((answer) => ({ ...answer, run, step }));
  }

  private matrix(classes: string[], { counts, split }: Confusion): TemplateResult {
    const names = classes.map((name) => classText(this.language, name));
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
      legend_label: this.t(this.key('rows')),
    };
    const told = (label: number, predicted: number): { label: string; value: string }[] => [
      { label: this.t('ui.judgement.true_class'), value: names[label]! },
      { label: this.t('ui.judgement.predicted_class'), value: names[predicted]! },
      { label: this.t(this.key('rows')), value: this.count(counts[label]![predicted]!) },
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
  private perClass(classes: string[], confusion: Confusion): TemplateResult {
    const share = (part: number, whole: number): TemplateResult =>
      html`<td>${accuracyCell(this.language, part / whole, whole)}</td>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.judgement.per_class')}>
        <table ${stacking()}>
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
            ${classFigures(classes, confusion).map(
              ({ name, rows, predicted, correct }) =>
                html`<tr>
                  <th scope="row">${classText(this.language, name)}</th>
                  ${share(correct, rows)} ${share(correct, predicted)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.hint(this.key('recall_help'))}`;
  }

  /** The misclassified rows, the surest mistakes first. */
  private mistakes({ run, step, mistakes, mistaken_rows, certainty_is }: Confusion): TemplateResult {
    if (mistakes === 0) return html`<p>${this.t(this.key('no_mistakes'))}</p>`;
    const { wrong } = this.entry?.parts ?? {};
    if (wrong) return wrong(this.session, this.split, `${run?.id} ${step}`);
    const table = this.session.opened!.description.table!;
    const counts = { shown: this.count(mistaken_rows.length), all: this.count(mistakes) };
    const names = table.features.map(({ name }) => name);
    return html`<h4 id="mistakes">
        ${this.t(mistaken_rows.length < mistakes ? 'ui.judgement.surest_mistakes' : 'ui.judgement.mistakes', counts)}
      </h4>
      <div class="scroll mistakes" tabindex="0" role="region" aria-labelledby="mistakes">
        <table ${stacking()}>
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

define('ember-confusion', EmberConfusion);
