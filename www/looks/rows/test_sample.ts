/** `<ember-test-sample>`: one test row after the other, what the model says of it, and what it is. */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { LiveAnswer } from '../../lab/live.js';
import { modelAnswer, modelAnswerStyles } from '../model_answer.js';
import type { AnswerTo } from '../../lab/looks.js';
import { LabPart } from '../../lab/part.js';
import type { Run } from '../../lab/run.js';
import { shared } from '../../kit/styles.js';
import { classText, featureName, measurementText, type Table } from './table_data.js';
import type { Topic } from '../../lab/topics.js';

/** The answer with its question. */
type Sample = AnswerTo<'sample'> & {
  /** The run it was asked in. */
  run: Run | null;
};

export class EmberTestSample extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress'];
  static override styles = [
    shared,
    modelAnswerStyles,
    css`
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.125rem 1rem;
        margin: 0 0 0.75rem;
      }
      dd {
        margin: 0;
      }
      .head {
        justify-content: space-between;
        margin-bottom: 0.5rem;
      }
      .head p {
        margin: 0;
      }
      table {
        margin-bottom: 0.75rem;
      }
    `,
  ];

  /** Place of the row in the test part, from 0. */
  @state() private place = 0;
  private askedIn: Run | null = null;
  private readonly sample = new LiveAnswer<Sample>(this, () => this.ask(), 50);

  protected override render(): TemplateResult {
    const table = this.session.opened?.description.table;
    if (!table || !this.session.finished) return this.hint('ui.judgement.sample_before');
    const sample = this.sample.value;
    if (sample?.run !== this.session.runs.current) {
      return this.hint(this.sample.failure ? 'ui.judgement.no_rows' : 'ui.judgement.asking');
    }
    return html`<div aria-live="polite">${this.told(table, sample)}</div>`;
  }

  private told(table: Table, { place, rows, row, features, class: truth, answer }: Sample): TemplateResult {
    const predicted = answer.classes[0] ?? '';
    const right = predicted === truth;
    return html`<div class="row head">
        <p class="muted">
          ${this.t('ui.judgement.sample', {
            place: this.count(place + 1),
            rows: this.count(rows),
            row: this.count(row + 1),
          })}
        </p>
        <button type="button" ?disabled=${rows < 2} @click=${() => this.next(rows)}>
          ${this.t('ui.judgement.next_sample')}
        </button>
      </div>
      <dl>
        ${table.features.map(
          ({ name }, index) =>
            html`<dt class="muted">${featureName(this.language, name)}</dt>
              <dd>${measurementText(this.language, table, name, features[index]!)}</dd>`,
        )}
        <dt class="muted">${this.t('ui.judgement.sample_is')}</dt>
        <dd><b>${classText(this.language, truth)}</b></dd>
        <dt class="muted">${this.t('ui.predict.answer')}</dt>
        <dd>
          <b>${classText(this.language, predicted)}</b>
          <span aria-hidden="true">${right ? '✔' : '✘'}</span>
          ${this.t(right ? 'ui.judgement.right' : 'ui.judgement.wrong')}
        </dd>
      </dl>
      ${modelAnswer(this.dark, this.language, table, answer)}`;
  }

  private next(rows: number): void {
    this.place = (this.place + 1) % rows;
    this.sample.refresh();
  }

  private ask(): Promise<Sample> | null {
    const { runs, finished } = this.session;
    const run = runs.current;
    if (!finished || run?.progress.diverged) return null;
    if (run !== this.askedIn) {
      // Another run may have other test rows, and fewer.
      this.askedIn = run;
      this.place = 0;
    }
    const options = { split: 'test', place: this.place };
    return this.session.inspectAny('sample', options).then((sample) => ({ ...sample, run }));
  }
}

define('ember-test-sample', EmberTestSample);
