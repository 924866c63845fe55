/** `<ember-judgement>`: how the model is judged: right and wrong by class, row by row, and how much that is worth. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { classNames } from '../../looks/classes.js';
import './confusion.js';
import { define } from '../../kit/define.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import { askForData, rowsOfPart, type TableData } from '../../looks/rows/table_data.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import type { LessonEntry } from '../lesson_entry.js';
import type { Topic } from '../../lab/topics.js';

export class EmberJudgement extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      h4 {
        margin-top: 1rem;
      }
      ember-test-sample {
        max-width: 32rem;
      }
    `,
  ];

  @property({ attribute: false }) entry: LessonEntry | null = null;
  @state() private split = '';
  private readonly data = new LiveAnswer<TableData>(
    this,
    () => (this.session.opened?.description.table ? askForData(this.session) : null),
    2000,
  );

  protected override render(): TemplateResult {
    const { entry } = this;
    const { opened } = this.session;
    if (!opened || !classNames(opened.description))
      return this.card('judgement', this.hint('ui.judgement.before'));
    const { splits } = opened.description;
    const split = splits.includes(this.split) ? this.split : splits[0]!;
    return this.card(
      'judgement',
      html`${this.worth()}
        <h4>${this.t('ui.judgement.matrix')}</h4>
        <ember-tabs
          .tabs=${splits.map((id) => ({ id, label: this.t(`splits.${id}`) }))}
          .chosen=${split}
          .label=${this.t('ui.judgement.part')}
          @tab-change=${(event: TabChange) => (this.split = event.detail)}
        >
          <ember-confusion .session=${this.session} .entry=${entry} .split=${split}></ember-confusion>
        </ember-tabs>
        ${
          entry?.parts.samples
            ? html`<h4>${this.t('ui.judgement.samples')}</h4>
                ${entry.parts.samples(this.session)}`
            : nothing
        }`,
    );
  }

  /** What an accuracy on so few rows is worth. */
  private worth(): TemplateResult | typeof nothing {
    const pictures = this.session.opened?.description.pictures;
    const rows = pictures ? pictures.test : this.data.value ? rowsOfPart(this.data.value, 'test') : 0;
    if (rows === 0) return nothing;
    return this.hint(pictures ? 'ui.judgement.pictures.worth' : 'ui.judgement.worth', {
      rows: this.count(rows),
      step: this.number(1 / rows, 2),
    });
  }
}

define('ember-judgement', EmberJudgement);
