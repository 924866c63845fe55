/** `<ember-filter-editor>`: nine numbers and a weight to type, and filters to begin with. */

import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from './define.js';
import { DOCUMENT_FILTERS, filterId, FILTERS, ruleWeight, sumOf, type Filter } from './filters.js';
import { shared } from './styles.js';
import { formatNumber, words, type Fill, type Language } from './words.js';

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
      legend {
        padding: 0;
        margin-bottom: 0.25rem;
        font-weight: 600;
        font-size: 0.9375rem;
      }
      .numbers {
        display: grid;
        grid-template-columns: repeat(3, 4.75rem);
        gap: 0.25rem;
      }
      .numbers input {
        width: 100%;
        text-align: end;
      }
      .weight input {
        width: 8rem;
      }
      .side {
        flex: 1 1 15rem;
      }
      .side fieldset {
        margin-bottom: 0.75rem;
      }
      .row {
        gap: 0.375rem;
      }
      button[aria-pressed='true'] {
        border-color: var(--lab-accent);
        box-shadow: inset 0 -3px var(--lab-accent);
        font-weight: 600;
      }
      p {
        margin: 0.375rem 0 0;
      }
    `,
  ];

  @property({ attribute: false }) filter: Filter = FILTERS['identity']!;
  @property({ type: Number }) weight = 1;
  @property() language: Language = 'en';

  /** Numbers as they were typed: "1.50" must not become "1.5" under the reader's fingers. */
  private readonly texts = new Map<string, string>();

  protected override render(): TemplateResult {
    const ids = Object.keys(FILTERS);
    return html`<div class="editor">
      <fieldset>
        <legend>${this.t('filter')}</legend>
        <div class="numbers">${this.filter.map((number, index) => this.numberInput(number, index))}</div>
      </fieldset>
      <div class="side">
        ${this.choices('documents', ids.slice(0, DOCUMENT_FILTERS))}
        ${this.choices('others', ids.slice(DOCUMENT_FILTERS))} ${this.weightInput()}
      </div>
    </div>`;
  }

  private numberInput(number: number, index: number): TemplateResult {
    const label = this.t('number', { row: Math.floor(index / 3) + 1, column: (index % 3) + 1 });
    return this.field(`number-${index}`, number, label, (value) =>
      this.send(
        this.filter.map((other, at) => (at === index ? value : other)),
        this.weight,
      ),
    );
  }

  private weightInput(): TemplateResult {
    const sum = sumOf(this.filter);
    const rule = ruleWeight(this.filter);
    return html`<fieldset class="weight">
      <legend>${this.t('weight')}</legend>
      <div class="row">
        ${this.field('weight', this.weight, this.t('weight'), (value) => this.send(this.filter, value))}
        <button type="button" ?disabled=${rule === this.weight} @click=${() => this.send(this.filter, rule)}>
          ${this.t('normalise')}
        </button>
      </div>
      <p class="muted">
        ${this.t(rule === 1 ? 'sum_good' : 'sum_asks', {
          sum: formatNumber(this.language, sum),
          weight: formatNumber(this.language, rule),
        })}
      </p>
      <p class="muted">${this.t('rule')}</p>
    </fieldset>`;
  }

  private choices(group: string, ids: readonly string[]): TemplateResult {
    const chosen = filterId(this.filter);
    return html`<fieldset>
      <legend>${this.t(group)}</legend>
      <div class="row">
        ${ids.map(
          (id) =>
            html`<button
              type="button"
              aria-pressed=${id === chosen}
              @click=${() => this.send(FILTERS[id]!, ruleWeight(FILTERS[id]!))}
            >
              ${this.t(`filters.${id}`)}
            </button>`,
        )}
      </div>
    </fieldset>`;
  }

  /**
   * A number that is taken as it is typed. What is half typed, such as a minus sign, is no number yet: the one before
   * holds, and comes back if the reader leaves the field so.
   */
  private field(key: string, value: number, label: string, take: (value: number) => void): TemplateResult {
    const typed = this.texts.get(key);
    const text = typed !== undefined && Number(typed) === value ? typed : String(value);
    const onInput = (event: Event): void => {
      const input = event.target as HTMLInputElement;
      if (!Number.isFinite(input.valueAsNumber)) return;
      this.texts.set(key, input.value);
      take(input.valueAsNumber);
    };
    const onChange = (event: Event): void => {
      const input = event.target as HTMLInputElement;
      if (!Number.isFinite(input.valueAsNumber)) input.value = text;
    };
    return html`<input
      type="number"
      step="any"
      aria-label=${label}
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

define('ember-filter-editor', EmberFilterEditor);
