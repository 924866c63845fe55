/** `<ember-answer-curves>`: what the scores are worth: ROC, precision and recall, lift, calibration, a threshold and its cost. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../kit/chart/chart.js';
import { lineColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { inputOf, oneOf, selectOf } from '../../kit/events.js';
import { failureText } from '../../lab/failure_text.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import { formatShare } from '../../kit/words.js';
import type { Topic } from '../../lab/topics.js';
import type { AnswerCurves, ThresholdCounts } from '../../generated/boosting.js';

const CURVES = ['roc', 'precision_recall', 'lift', 'calibration'] as const;
type Curve = (typeof CURVES)[number];

const SPLITS = ['train', 'valid', 'test'] as const;

export class EmberAnswerCurves extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      label {
        display: flex;
        flex-wrap: wrap;
        gap: 0.375rem;
        align-items: center;
        margin-bottom: 0.5rem;
      }
      input[type='number'] {
        width: 7rem;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.25rem 1rem;
      }
      dd {
        margin: 0;
        font-weight: 600;
      }
    `,
  ];

  @state() private split: (typeof SPLITS)[number] = 'valid';
  @state() private curve: Curve = 'roc';
  /** Share of the rows that are called; kept over new answers, whose scores are others. */
  @state() private called = 0.1;
  @state() private cost = 1;
  @state() private worth = 8;
  private readonly answers = new LiveAnswer<AnswerCurves>(this, () => this.ask(), 300);

  protected override render(): TemplateResult {
    // A loaded model may be one of another table.
    const { failure } = this.answers;
    if (failure) return html`<p class="error">${failureText(this.language, failure)}</p>`;
    const answers = this.answers.value;
    if (!answers) return this.hint('ui.answers.before');
    return html`<label>
        ${this.t('ui.answers.of')}
        <select
          @change=${(event: Event) => {
            this.split = oneOf(SPLITS, selectOf(event).value);
            this.answers.refresh();
          }}
        >
          ${SPLITS.map(
            (split) =>
              html`<option value=${split} ?selected=${split === this.split}>
                ${this.t(`splits.${split}`)}
              </option>`,
          )}
        </select>
      </label>
      ${this.split === 'test' ? this.hint('ui.answers.once') : nothing} ${this.figures(answers)}
      <ember-tabs
        .tabs=${CURVES.map((id) => ({ id, label: this.t(`ui.answers.curves.${id}`) }))}
        .chosen=${this.curve}
        .label=${this.t('ui.answers.curves_label')}
        @tab-change=${(event: TabChange) => (this.curve = oneOf(CURVES, event.detail))}
      >
        ${this.hint(`ui.answers.meaning.${this.curve}`)}
        <ember-chart
          .content=${this.content(answers)}
          .base=${this.session.base}
          .language=${this.language}
          height="260"
          label=${this.t(`ui.answers.curves.${this.curve}`)}
          name="${this.curve}-${answers.split}"
        ></ember-chart>
      </ember-tabs>
      ${answers.empty ? nothing : this.threshold(answers)}`;
  }

  private figures({
    auc,
    auc_interval,
    average_precision,
    rows,
    positives,
    empty,
  }: AnswerCurves): TemplateResult {
    const figure = (value: number | null): string => (value === null ? '–' : this.number(value, 4));
    const interval = auc_interval && {
      auc: figure(auc),
      low: this.number(auc_interval[0], 3),
      high: this.number(auc_interval[1], 3),
    };
    return html`<dl>
        <dt>${this.t('ui.answers.rows')}</dt>
        <dd>${this.t('ui.answers.rows_of', { rows: this.count(rows), positives: this.count(positives) })}</dd>
        <dt>AUC</dt>
        <dd>${interval ? this.t('ui.answers.interval', interval) : figure(auc)}</dd>
        <dt>${this.t('ui.figures.average_precision')}</dt>
        <dd>${figure(average_precision)}</dd>
      </dl>
      ${empty ? html`<p class="error">${this.t('ui.answers.empty')}</p>` : nothing}`;
  }

  private content(answers: AnswerCurves): PlotContent {
    const label = this.t(`ui.answers.curves.${this.curve}`);
    const [color, plain] = [lineColor(this.dark, 0), lineColor(this.dark, 1)];
    const line = (points: readonly [number, number][]): { x: number[]; y: number[] } => ({
      x: points.map(([x]) => x),
      y: points.map(([, y]) => y),
    });
    const chance: { [curve in Curve]: [number, number][] } = {
      roc: diagonal(1),
      precision_recall: level(answers.positives / answers.rows),
      lift: diagonal(1),
      calibration: diagonal(
        Math.max(...answers.calibration.map(({ answer, share }) => Math.max(answer, share))),
      ),
    };
    const points: readonly [number, number][] =
      this.curve === 'calibration'
        ? answers.calibration.map(({ answer, share }): [number, number] => [answer, share])
        : answers[this.curve];
    return {
      kind: 'line',
      x_label: this.t(`ui.answers.axes.${this.curve}.x`),
      y_label: this.t(`ui.answers.axes.${this.curve}.y`),
      series: [
        { label, color, style: this.curve === 'calibration' ? 'points' : 'solid', ...line(points) },
        {
          label: this.t(`ui.answers.chance.${this.curve}`),
          color: plain,
          style: 'dashed',
          ...line(chance[this.curve]),
        },
      ],
    };
  }

  /** Whom to call: the share of the rows, what it brings, and where the profit is largest. */
  private threshold({ thresholds, rows }: AnswerCurves): TemplateResult {
    const at = nearest(thresholds, this.called * rows);
    const chosen = thresholds[at]!;
    const best = thresholds.reduce((one, other) => (this.profit(other) > this.profit(one) ? other : one));
    const called = callsOf(chosen);
    const percent = (value: number): string => formatShare(this.language, value);
    return html`<h4>${this.t('ui.answers.threshold')}</h4>
      <label>
        ${this.t('ui.answers.called')}
        <input
          type="range"
          min="0"
          max=${thresholds.length - 1}
          .value=${String(at)}
          aria-valuetext=${percent(called / rows)}
          @input=${(event: Event) => {
            const { value } = inputOf(event);
            this.called = callsOf(thresholds[Number(value)]!) / rows;
          }}
        />
      </label>
      <div class="row">
        ${this.numberField('cost', this.cost, (value) => (this.cost = value))}
        ${this.numberField('worth', this.worth, (value) => (this.worth = value))}
      </div>
      <dl>
        ${[
          ['from_score', this.number(chosen.threshold, 4)],
          ['calls', `${this.count(called)} (${percent(called / rows)})`],
          ['buyers', this.count(chosen.true_positives)],
          ['missed', this.count(chosen.false_negatives)],
          ['precision', percent(chosen.true_positives / Math.max(1, called))],
          ['recall', percent(chosen.true_positives / (chosen.true_positives + chosen.false_negatives))],
          ['profit', this.number(this.profit(chosen), 4)],
        ].map(
          ([key, value]) =>
            html`<dt class="muted">${this.t(`ui.answers.${key}`)}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <p>
        ${this.t('ui.answers.best', {
          calls: this.count(callsOf(best)),
          score: this.number(best.threshold, 4),
          profit: this.number(this.profit(best), 4),
        })}
      </p>`;
  }

  private numberField(key: string, value: number, set: (value: number) => void): TemplateResult {
    return html`<label>
      ${this.t(`ui.answers.${key}`)}
      <input
        type="number"
        min="0"
        step="any"
        .value=${String(value)}
        @change=${(event: Event) => {
          const given = inputOf(event).valueAsNumber;
          if (Number.isFinite(given) && given >= 0) set(given);
        }}
      />
    </label>`;
  }

  private profit(at: ThresholdCounts): number {
    return at.true_positives * this.worth - callsOf(at) * this.cost;
  }

  private ask(): Promise<AnswerCurves> {
    return this.session.inspect('boosting', 'answers', { split: this.split });
  }
}

const callsOf = ({ true_positives, false_positives }: ThresholdCounts): number =>
  true_positives + false_positives;

const diagonal = (end: number): [number, number][] => [
  [0, 0],
  [end, end],
];

const level = (share: number): [number, number][] => [
  [0, share],
  [1, share],
];

function nearest(thresholds: readonly ThresholdCounts[], calls: number): number {
  const distance = (at: number): number => Math.abs(callsOf(thresholds[at]!) - calls);
  return thresholds.reduce((best, _, at) => (distance(at) < distance(best) ? at : best), 0);
}

define('ember-answer-curves', EmberAnswerCurves);
