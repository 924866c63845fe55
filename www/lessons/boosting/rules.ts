/** `<ember-rules>`: a rule of the reader's against the model, on rows neither has seen. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf, oneOf, selectOf } from '../../kit/events.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { Condition, DatasetShown, Relation, RuleJudged } from '../../generated/boosting.js';

const RELATIONS: readonly Relation[] = ['above', 'below', 'is'];

export class EmberRules extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      fieldset {
        border: 0;
        margin: 0 0 0.5rem;
        padding: 0;
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: center;
      }
      input[type='text'] {
        width: 9rem;
      }
    `,
  ];

  @state() private conditions: Condition[] = [];
  @state() private any = false;
  private readonly data = new LiveAnswer<DatasetShown>(
    this,
    () => this.session.inspect('boosting', 'data', {}),
    1000,
  );
  private readonly judged = new LiveAnswer<RuleJudged>(this, () => this.ask(), 300);

  protected override render(): TemplateResult {
    const data = this.data.value;
    if (!data) return this.hint('ui.rules.before');
    const columns = data.columns.filter(({ role }) => role !== 'label');
    return html`${this.hint('ui.rules.intro')}
      ${this.conditions.map((condition, index) => this.condition(condition, index, columns))}
      <div class="row">
        <button type="button" @click=${() => this.add(columns)}>${this.t('ui.rules.add')}</button>
        <label class="choice">
          <input
            type="checkbox"
            .checked=${this.any}
            @change=${(event: Event) => {
              this.any = inputOf(event).checked;
              this.judged.refresh();
            }}
          />
          ${this.t('ui.rules.any')}
        </label>
      </div>
      ${this.judged.failure ? html`<p class="error">${this.t('ui.rules.wrong')}</p>` : this.result()}`;
  }

  private condition(condition: Condition, index: number, columns: DatasetShown['columns']): TemplateResult {
    const name = this.t('ui.rules.condition', { number: this.count(index + 1) });
    return html`<fieldset>
      <legend class="visually-hidden">${name}</legend>
      <select
        aria-label=${this.t('ui.importance.column')}
        @change=${(event: Event) => {
          const column = selectOf(event).value;
          const isNumber = columns.find((one) => one.name === column)?.kind === 'number';
          this.change(index, { column, relation: isNumber ? 'above' : 'is', value: '' });
        }}
      >
        ${columns.map(
          (column) =>
            html`<option value=${column.name} ?selected=${column.name === condition.column}>
              ${column.name}
            </option>`,
        )}
      </select>
      <select
        aria-label=${this.t('ui.rules.relation')}
        @change=${(event: Event) =>
          this.change(index, {
            relation: oneOf(RELATIONS, selectOf(event).value),
          })}
      >
        ${RELATIONS.map(
          (relation) =>
            html`<option value=${relation} ?selected=${relation === condition.relation}>
              ${this.t(`ui.rules.relations.${relation}`)}
            </option>`,
        )}
      </select>
      <input
        type="text"
        aria-label=${this.t('ui.rules.value')}
        .value=${condition.value}
        @change=${(event: Event) => this.change(index, { value: inputOf(event).value.trim() })}
      />
      <button type="button" class="quiet" @click=${() => this.drop(index)}>
        ${this.t('ui.rules.remove')}
      </button>
    </fieldset>`;
  }

  private result(): TemplateResult | typeof nothing {
    const judged = this.judged.value;
    if (!judged) return nothing;
    const count = (value: number): string => this.number(value, 4);
    return html`<div role="status">
      <p>${this.t('ui.rules.rows', { rows: this.count(judged.rows), buyers: this.count(judged.buyers) })}</p>
      <p>
        ${this.t('ui.rules.rule_says', {
          chosen: this.count(judged.rule.chosen),
          buyers: this.count(judged.rule.buyers),
          model: this.count(judged.model_as_many.buyers),
        })}
      </p>
      <p>
        <b
          >${this.t('ui.rules.tenth', {
            tenth: this.count(judged.tenth),
            rule: count(judged.rule_in_tenth),
            model: this.count(judged.model_tenth.buyers),
          })}</b
        >
      </p>
    </div>`;
  }

  private add(columns: DatasetShown['columns']): void {
    const first = columns[0];
    if (!first) return;
    const relation = first.kind === 'number' ? 'above' : 'is';
    this.conditions = [...this.conditions, { column: first.name, relation, value: '' }];
  }

  private change(index: number, change: Partial<Condition>): void {
    this.conditions = this.conditions.map((one, at) => (at === index ? { ...one, ...change } : one));
    this.judged.refresh();
  }

  private drop(index: number): void {
    this.conditions = this.conditions.filter((_, at) => at !== index);
    this.judged.refresh();
  }

  private ask(): Promise<RuleJudged> {
    // A condition that is still being written holds for nothing.
    const conditions = this.conditions.filter(({ value }) => value !== '');
    return this.session.inspect('boosting', 'rules', { conditions, any: this.any });
  }
}

define('ember-rules', EmberRules);
