/**
 * `<ember-setting>`: the input for one declared setting, with its name, help, default and unit.
 *
 * Sends `setting-change` with `{name, value}` once the reader has settled on a value that the setting can take.
 */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { jsonText, numbersIn, textsIn } from '../../engine/json.js';
import type { Control, Json } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { inputOf, selectOf } from '../../kit/events.js';
import '../../kit/help.js';
import { InForce } from '../../kit/in_force.js';
import { KeepFocus } from '../../kit/keep_focus.js';
import { sameValue } from '../../lab/run.js';
import { optionText, unitBeside, valueText } from '../../lab/run_label.js';
import { anotherSeed, dieButton, dieStyles } from './die.js';
import { fractionOf, stepOf, valueAt, type NumberControl } from './scale.js';
import { shared } from '../../kit/styles.js';
import { words, type Fill, type Language } from '../../kit/words.js';

/** Choices up to so many stand open as radio buttons. */
const MOST_RADIOS = 3;
/** Characters of a default that stands on its button. */
const LONGEST_BESIDE = 10;

export class EmberSetting extends LitElement {
  static override styles = [
    shared,
    dieStyles,
    css`
      fieldset {
        border: 0;
        margin: 0;
        padding: 0;
        min-width: 0;
      }
      legend,
      .name {
        padding: 0;
        font-weight: 600;
        font-size: 0.9375rem;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 0.375rem;
        min-height: 1.75rem;
      }
      /* By this name programs, addresses and the text know it. */
      .code {
        font-size: 0.75rem;
        color: var(--lab-muted);
      }
      .restore {
        margin-inline-start: auto;
        min-height: 1.5rem;
        padding: 0 0.25rem;
        border: 0;
        background: none;
        color: var(--lab-accent);
        font-size: 0.875rem;
      }
      .default {
        color: var(--lab-muted);
        font-size: 0.875rem;
      }
      .pair {
        display: grid;
        /* Room for the way back, whether it is there or not. */
        grid-template-columns: minmax(3rem, 1fr) auto 1.75rem;
        gap: 0.375rem;
        align-items: center;
      }
      input[type='number'] {
        width: 6rem;
      }
      .layers input[type='number'] {
        width: 4.5rem;
      }
      select {
        width: 100%;
      }
      code {
        overflow-wrap: anywhere;
      }
      .wrong {
        font-size: 0.875rem;
        margin: 0.25rem 0 0;
      }
    `,
  ];

  @property({ attribute: false }) control!: Control;
  @property({ attribute: false }) value!: Json;
  @property({ attribute: false }) language!: Language;
  @property({ type: Boolean }) disabled = false;

  /** What the input shows while the reader has not settled yet. */
  @state() private draft: number | null = null;
  @state() private wrong = '';
  private readonly inForce = new InForce(this);
  protected readonly focusKept = new KeepFocus(this, () => this.firstInput());

  /** Puts the focus on the input. */
  focusInput(): void {
    const input = this.firstInput();
    input?.scrollIntoView({ block: 'nearest' });
    input?.focus();
  }

  private firstInput(): HTMLElement | null {
    const inputs = this.renderRoot.querySelectorAll<HTMLInputElement>('input, select, .add');
    // Of radio buttons the chosen one is the stop of the keyboard.
    return [...inputs].find(({ type, checked }) => type !== 'radio' || checked) ?? inputs[0] ?? null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('value')) {
      this.draft = null;
      this.wrong = '';
    }
  }

  protected override render(): TemplateResult {
    const { control } = this;
    const single = control.type === 'integer' || control.type === 'number' || this.isLongChoice();
    const name = this.t(`controls.${control.name}.label`);
    const unit = control.type.endsWith('_list') ? '' : unitBeside(this.language, name, control.unit);
    const label = unit ? html`${name} <span class="muted">(${unit})</span>` : name;
    const help = html`<ember-help
      .name=${name}
      .text=${this.t(`controls.${control.name}.help`)}
      .language=${this.language}
    ></ember-help>`;
    // A number has it beside its field.
    const isNumber = control.type === 'integer' || control.type === 'number';
    const restore = isNumber ? nothing : this.restoreButton(this.defaultText());
    const beside = html`<code class="code">${control.name}</code>${help}${restore}`;
    const wrong = this.wrong
      ? html`<p class="wrong error" id="wrong" role="alert">${this.wrong}</p>`
      : nothing;
    if (single) {
      return html`<div class="head"><label class="name" for="input">${label}</label>${beside}</div>
        ${this.input()} ${wrong} ${this.fittedLine()}`;
    }
    return html`<fieldset ?disabled=${this.disabled}>
      <legend class="visually-hidden">${name}</legend>
      <div class="head"><span class="name" aria-hidden="true">${label}</span>${beside}</div>
      ${this.input()} ${wrong} ${this.fittedLine()}
    </fieldset>`;
  }

  private isLongChoice(): boolean {
    return this.control.type === 'choice' && this.control.options.length > MOST_RADIOS;
  }

  private input(): TemplateResult {
    const { control } = this;
    switch (control.type) {
      case 'integer':
      case 'number':
        return this.numberInput(control);
      case 'choice':
        return this.isLongChoice() ? this.select(control.options) : this.radios(control.options);
      case 'integer_list':
      case 'number_list':
        return this.list(control);
      case 'subset':
        return this.checkboxes(control.options, control.min_items);
      case 'text':
        // It is written where it is made, and taken back here.
        return html`<code>${jsonText(this.value)}</code>`;
      default:
        return control satisfies never;
    }
  }

  private numberInput(control: Extract<Control, { type: 'integer' | 'number' }>): TemplateResult {
    const value = this.draft ?? Number(this.value);
    const step = control.type === 'integer' ? '1' : 'any';
    const field = html`<input
      id="input"
      type="number"
      inputmode=${control.type === 'integer' ? 'numeric' : 'decimal'}
      min=${control.min}
      max=${control.max}
      step=${step}
      .value=${this.inForce.show(String(value))}
      ?disabled=${this.disabled}
      aria-invalid=${this.wrong ? 'true' : 'false'}
      aria-describedby=${this.wrong ? 'wrong' : nothing}
      @change=${(event: Event) => this.takeNumber(inputOf(event))}
    />`;
    // A range such as the seed's, from 0 to four billion, is nothing to slide along.
    if (control.type === 'integer' && control.max - control.min > 20_000)
      return html`<div class="row">
        ${field} ${control.name === 'seed' ? this.die(control, value) : nothing} ${this.restoreButton('')}
      </div>`;
    return html`<div class="pair">
      <input
        type="range"
        min="0"
        max="1"
        step=${stepOf(control)}
        .value=${this.inForce.show(String(fractionOf(control, value)))}
        ?disabled=${this.disabled}
        aria-label=${this.t(`controls.${control.name}.label`)}
        aria-valuetext=${valueText(this.language, control, value)}
        @input=${(event: Event) => (this.draft = valueAt(control, Number(inputOf(event).value)))}
        @change=${(event: Event) => this.send(valueAt(control, Number(inputOf(event).value)))}
      />
      ${field} ${this.restoreButton('')}
    </div>`;
  }

  private select(options: readonly string[]): TemplateResult {
    return html`<select
      id="input"
      ?disabled=${this.disabled}
      @change=${(event: Event) => this.send(selectOf(event).value)}
    >
      ${options.map(
        (option) =>
          html`<option value=${option} .selected=${this.inForce.show(option === this.value)}>
            ${this.optionText(option)}
          </option>`,
      )}
    </select>`;
  }

  private radios(options: readonly string[]): TemplateResult {
    if (options.length === 1) return html`<div>${this.optionText(options[0]!)}</div>`;
    return html`<div class="row">
      ${options.map(
        (option) =>
          html`<label class="choice"
            ><input
              type="radio"
              name="choice"
              .checked=${this.inForce.show(option === this.value)}
              @change=${() => this.send(option)}
            />${this.optionText(option)}</label
          >`,
      )}
    </div>`;
  }

  private checkboxes(options: readonly string[], least: number): TemplateResult {
    const chosen = textsIn(this.value);
    const toggle = (option: string, input: HTMLInputElement): void => {
      const next = options.filter((other) => (other === option ? input.checked : chosen.includes(other)));
      if (next.length >= least) return this.send(next);
      input.checked = true;
      this.wrong = this.t('ui.settings.at_least', { count: least });
    };
    return html`${options.map(
      (option) =>
        html`<label class="choice"
          ><input
            type="checkbox"
            .checked=${this.inForce.show(chosen.includes(option))}
            @change=${(event: Event) => toggle(option, inputOf(event))}
          />${this.optionText(option)}</label
        >`,
    )}`;
  }

  private list(control: Extract<Control, { type: 'integer_list' | 'number_list' }>): TemplateResult {
    const items = numbersIn(this.value);
    const name = this.t(`controls.${control.name}.label`);
    const replaced = (index: number, ...by: number[]): number[] => [
      ...items.slice(0, index),
      ...by,
      ...items.slice(index + 1),
    ];
    return html`<div class="layers">
      ${items.length === 0 ? html`<div class="muted">${this.t('ui.settings.none')}</div>` : nothing}
      ${items.map(
        (item, index) =>
          html`<div class="row">
            <label class="row"
              ><span>${this.t('ui.settings.item', { number: index + 1 })}</span
              ><input
                type="number"
                inputmode=${control.type === 'integer_list' ? 'numeric' : 'decimal'}
                min=${control.min}
                max=${control.max}
                step=${control.type === 'integer_list' ? '1' : 'any'}
                .value=${this.inForce.show(String(item))}
                @change=${(event: Event) =>
                  this.takeNumber(inputOf(event), (value) => replaced(index, value))}
              /><span class="muted">${unitBeside(this.language, name, control.unit)}</span></label
            >
            <button
              type="button"
              aria-label=${this.t('ui.settings.remove_item', { number: index + 1 })}
              ?hidden=${items.length <= control.min_items}
              @click=${() => this.send(replaced(index))}
            >
              −
            </button>
          </div>`,
      )}
      <button
        type="button"
        class="add"
        ?hidden=${items.length >= control.max_items}
        @click=${() => this.send([...items, items.at(-1) ?? numbersIn(this.control.default)[0] ?? control.min])}
      >
        + ${this.t('ui.settings.add_item')}
      </button>
    </div>`;
  }

  /** Another draw of luck. */
  private die(control: NumberControl, value: number): TemplateResult {
    return dieButton(this.t('ui.settings.die'), this.disabled, () => this.send(anotherSeed(control, value)));
  }

  /** The way back to the default, in its place: a line of its own would move what stands below. */
  private restoreButton(shown: string): TemplateResult | typeof nothing {
    const { control } = this;
    if (sameValue(this.value, control.default)) return nothing;
    const text = this.t('ui.settings.restore', { value: this.defaultText() });
    return html`<button
      type="button"
      class="restore"
      title=${text}
      aria-label=${text}
      ?disabled=${this.disabled}
      @click=${() => this.send(control.default)}
    >
      <span aria-hidden="true">↺ ${shown.length <= LONGEST_BESIDE ? shown : nothing}</span>
    </button>`;
  }

  private defaultText(): string {
    return valueText(this.language, this.control, this.control.default);
  }

  private fittedLine(): TemplateResult | typeof nothing {
    const { control } = this;
    if (!control.fitted) return nothing;
    const value = this.defaultText();
    return html`<div class="default">${this.t('ui.settings.default_for_own', { value })}</div>`;
  }

  /** Takes a typed number if the setting can have it; otherwise says what would be right and changes nothing. */
  private takeNumber(input: HTMLInputElement, wrap: (value: number) => Json = (value) => value): void {
    const { control } = this;
    if (!('min' in control)) return;
    const value = input.valueAsNumber;
    const whole = control.type === 'integer' || control.type === 'integer_list';
    if (
      Number.isFinite(value) &&
      value >= control.min &&
      value <= control.max &&
      (!whole || Number.isInteger(value))
    ) {
      this.wrong = '';
      this.send(wrap(value));
      return;
    }
    const key = whole ? 'ui.settings.whole_number' : 'ui.settings.any_number';
    this.wrong = this.t(key, { min: control.min, max: control.max });
  }

  /** Shows the value in force again: the one that was sent could not be taken. */
  takeBack(): void {
    this.draft = null;
    this.inForce.takeBack();
  }

  private send(value: Json): void {
    if (sameValue(value, this.value)) return;
    const detail = { name: this.control.name, value };
    this.dispatchEvent(new CustomEvent('setting-change', { detail, bubbles: true }));
  }

  private optionText(option: string): string {
    return optionText(this.language, this.control.name, option);
  }

  private t(key: string, fill?: Fill): string {
    return words(this.language, key, fill);
  }
}

define('ember-setting', EmberSetting);
