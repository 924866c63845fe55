/** `<ember-filter-editor>`: nine numbers and a weight to type, and filters to begin with. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf, selectOf } from '../../kit/events.js';
import {
  DOCUMENT_FILTERS,
  filterId,
  FILTERS,
  LARGEST_NUMBER,
  ruleWeight,
  sumOf,
  withNumber,
  type Filter,
} from './filters.js';
import '../../kit/help.js';
import { shared } from '../../kit/styles.js';
import { formatNumber, words, type Fill, type Language } from '../../kit/words.js';

/** Sent as `filter-change` when a number has become another. */
export type FilterChange = CustomEvent<{ filter: Filter; weight: number }>;

export class EmberFilterEditor extends LitElement {
  static override styles = [
    shared,
    css`
      .editor {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem 2rem;
        align-items: flex-start;
      }
      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
        min-width: 0;
      }
      legend,
      label {
        display: block;
        padding: 0;
        margin-bottom: 0.25rem;
        font-weight: 600;
        font-size: 0.9375rem;
      }
      .numbers {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 4.75rem));
        gap: 0.25rem;
      }
      .numbers input {
        width: 100%;
        min-width: 0;
        text-align: end;
      }
      .weight input {
        width: 8rem;
      }
      .side {
        flex: 1 1 15rem;
        max-width: 26rem;
      }
      select {
        width: 100%;
        margin-bottom: 0.5rem;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 0.25rem;
        position: relative;
      }
      .head label {
        margin: 0;
      }
      p {
        margin: 0.375rem 0 0;
      }
    `,
  ];

  @property({ attribute: false }) filter: Filter = FILTERS['identity']!;
  @property({ type: Number }) weight = 1;
  @property({ attribute: false }) language!: Language;
  /** Whether the nine numbers can be changed, and the weight. */
  @property({ type: Boolean }) fixedFilter = false;
  @property({ type: Boolean }) fixedWeight = false;

  /** Numbers as they were typed: "1.50" must not become "1.5" under the reader's fingers. */
  private readonly texts = new Map<string, string>();

  protected override render(): TemplateResult {
    return html`<div class="editor">
      <fieldset ?disabled=${this.fixedFilter}>
        <legend>${words(this.language, 'controls.filter.label')}</legend>
        <div class="numbers">${this.filter.map((number, index) => this.numberInput(number, index))}</div>
      </fieldset>
      <div class="side">${this.choice()} ${this.weightInput()}</div>
    </div>`;
  }

  private numberInput(number: number, index: number): TemplateResult {
    const label = this.t('number', { row: Math.floor(index / 3) + 1, column: (index % 3) + 1 });
    return this.field(`number-${index}`, number, label, (value) =>
      this.send(withNumber(this.filter, index, value), this.weight),
    );
  }

  private weightInput(): TemplateResult {
    const sum = sumOf(this.filter);
    const rule = ruleWeight(this.filter);
    const name = words(this.language, 'controls.filter_weight.label');
    return html`<div class="weight">
      <div class="head">
        <label for="weight">${name}</label>
        <ember-help
          .name=${name}
          .text=${words(this.language, 'controls.filter_weight.help')}
          .language=${this.language}
        ></ember-help>
      </div>
      <div class="row">
        ${this.field('weight', this.weight, null, (value) => this.send(this.filter, value))}
        <button
          type="button"
          ?disabled=${this.fixedWeight || rule === this.weight}
          @click=${() => this.send(this.filter, rule)}
        >
          ${this.t('normalise')}
        </button>
      </div>
      <p class="muted">
        ${this.t(rule === 1 ? 'sum_good' : 'sum_asks', {
          sum: formatNumber(this.language, sum),
          weight: formatNumber(this.language, rule),
        })}
      </p>
    </div>`;
  }

  /** The filters to begin with; numbers that are none of them have an entry of their own. */
  private choice(): TemplateResult {
    const chosen = filterId(this.filter) ?? '';
    const ids = Object.keys(FILTERS);
    const options = (group: string, of: readonly string[]): TemplateResult =>
      html`<optgroup label=${this.t(group)}>
        ${of.map((id) => html`<option value=${id} .selected=${id === chosen}>${this.t(`filters.${id}`)}</option>`)}
      </optgroup>`;
    return html`<label for="filters">${this.t('begin')}</label>
      <select id="filters" ?disabled=${this.fixedFilter} @change=${this.onChoice}>
        <option value="" ?hidden=${chosen !== ''} .selected=${chosen === ''}>${this.t('typed')}</option>
        ${options('documents', ids.slice(0, DOCUMENT_FILTERS))}
        ${options('others', ids.slice(DOCUMENT_FILTERS))}
      </select>`;
  }

  private readonly onChoice = (event: Event): void => {
    const filter = FILTERS[selectOf(event).value];
    if (filter) this.send(filter, this.fixedWeight ? this.weight : ruleWeight(filter));
  };

  /**
   * A number that is taken as it is typed. What is half typed, such as a minus sign, is no number yet, and one that is
   * too large is none for a filter: the one before holds, and comes back if the reader leaves the field so.
   */
  private field(
    key: string,
    value: number,
    label: string | null,
    take: (value: number) => void,
  ): TemplateResult {
    const typed = this.texts.get(key);
    const text = typed !== undefined && Number(typed) === value ? typed : String(value);
    const onInput = (event: Event): void => {
      const input = inputOf(event);
      if (!isTaken(input.valueAsNumber)) return;
      this.texts.set(key, input.value);
      take(input.valueAsNumber);
    };
    const onChange = (event: Event): void => {
      const input = inputOf(event);
      if (!isTaken(input.valueAsNumber)) input.value = text;
    };
    return html`<input
      id=${key}
      type="number"
      step="any"
      min=${-LARGEST_NUMBER}
      max=${LARGEST_NUMBER}
      aria-label=${label ?? nothing}
      ?disabled=${key === 'weight' && this.fixedWeight}
      .value=${text}
      @input=${onInput}
      @change=${onChange}
    />`;
  }

  private send(filter: Filter, weight: number): void {
    const detail = { filter, weight };
    this.dispatchEvent(new CustomEvent('filter-change', { detail }) satisfies FilterChange);
  }

  private t(key: string, fill?: Fill): string {
    return words(this.language, `ui.filter_bench.${key}`, fill);
  }
}

function isTaken(value: number): boolean {
  return Math.abs(value) <= LARGEST_NUMBER;
}

define('ember-filter-editor', EmberFilterEditor);
