/**
 * `<ember-handle name="learning_rate">0.2</ember-handle>`: a setting of the lab in a sentence. A number is dragged,
 * moved with the arrow keys or typed; a choice is chosen. The text's own value is the default, and where another is in
 * force, an arrow takes it back. With the attribute `own` (JSON) the text proposes a value, which a press puts in force.
 * Without script, the value stands there as words.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { jsonText, parseJson } from '../../engine/json.js';
import type { Control, Json } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { inputOf, selectOf } from '../../kit/events.js';
import { InForce } from '../../kit/in_force.js';
import { KeepFocus } from '../../kit/keep_focus.js';
import { shared, tokens } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { sameValue } from '../../lab/run.js';
import { optionText, unitBeside, valueText } from '../../lab/run_label.js';
import type { Topic } from '../../lab/topics.js';
import { fractionOf, moved, valueAt, type NumberControl } from '../settings/scale.js';

/** Pixels of a drag that run through the whole range. */
const DRAG_PX = 400;
/** A press that moves less is a tap: the reader wants to type. */
const TAP_PX = 4;
/** Milliseconds after the last arrow key until the lab is opened anew. */
const SETTLED_MS = 500;

export class EmberHandle extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    tokens,
    css`
      :host {
        display: inline;
        font: inherit;
        line-height: inherit;
      }
      .handle,
      .take,
      select,
      input {
        font: inherit;
        font-weight: 600;
        color: var(--lab-accent);
        background: none;
        border: 0;
        border-radius: 0.25rem;
        padding: 0 0.125rem;
        text-decoration: underline dashed 2px;
        text-underline-offset: 0.25em;
        margin: 0;
        min-height: 0;
        width: auto;
        max-width: 100%;
      }
      .handle {
        cursor: ew-resize;
        touch-action: pan-y;
        user-select: none;
        white-space: nowrap;
        /* A thumb finds it, and the lines stay where they are. */
        padding-block: 0.5rem;
        margin-block: -0.5rem;
      }
      .take {
        text-decoration-style: solid;
      }
      .take::after {
        content: ' ⏎';
        font-weight: 400;
      }
      input {
        width: 6rem;
      }
      .back {
        border: 0;
        background: none;
        color: var(--lab-muted);
        padding: 0 0.25rem;
        min-width: 1.5rem;
        min-height: 1.5rem;
      }
    `,
  ];

  @property() name = '';
  @property() own: string | null = null;

  /** What is shown while the reader has not settled yet. */
  @state() private draft: number | null = null;
  @state() private isTyping = false;
  /** Whether the reader has put the proposed value in force and goes on from there. */
  @state() private isTaken = false;
  private drag: { x: number; from: number; moved: boolean } | null = null;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private readonly inForce = new InForce(this);
  // A proposal that is taken and the arrow back go with their own press.
  protected readonly focusKept = new KeepFocus(this, () =>
    this.renderRoot.querySelector<HTMLElement>('.handle, select, input'),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.settling);
  }

  protected override render(): TemplateResult {
    const control = this.session?.controls.find(({ name }) => name === this.name);
    // A setting that is not there now, or that the teacher has locked, is words like any others.
    if (!control || this.session.options.lock.includes(this.name)) return html`<slot></slot>`;
    const value = this.session.opened!.settings[this.name]!;
    const own = this.own === null ? control.default : (parseJson(this.own) ?? control.default);
    if (this.own !== null && !this.isTaken && !sameValue(value, own))
      return this.proposal(control, value, own);
    return html`${this.input(control, value)}${sameValue(value, own) ? nothing : this.wayBack(control, own)}`;
  }

  private input(control: Control, value: Json): TemplateResult {
    switch (control.type) {
      case 'integer':
      case 'number':
        return this.isTyping ? this.field(control, value) : this.spin(control, Number(value));
      case 'choice':
        return html`<select
          aria-label=${this.label(control)}
          @change=${(event: Event) => this.send(selectOf(event).value)}
        >
          ${control.options.map(
            (option) =>
              html`<option value=${option} .selected=${this.inForce.show(option === value)}>
                ${optionText(this.language, this.name, option)}
              </option>`,
          )}
        </select>`;
      case 'integer_list':
      case 'number_list':
      case 'subset':
      case 'text':
        return html`<span>${valueText(this.language, control, value)}</span>`;
      default:
        return control satisfies never;
    }
  }

  private spin(control: NumberControl, value: number): TemplateResult {
    const shown = this.draft ?? value;
    const text = valueText(this.language, control, shown);
    return html`<span
      class="handle"
      role="spinbutton"
      tabindex="0"
      title=${this.t('ui.text.handle', { name: this.t(`controls.${this.name}.label`) })}
      aria-label=${this.label(control)}
      aria-valuemin=${control.min}
      aria-valuemax=${control.max}
      aria-valuenow=${shown}
      aria-valuetext=${text}
      @pointerdown=${(event: PointerEvent) => this.grasp(event, shown)}
      @pointermove=${(event: PointerEvent) => this.pull(event, control)}
      @pointerup=${() => this.letGo()}
      @pointercancel=${() => (this.drag = this.draft = null)}
      @keydown=${(event: KeyboardEvent) => this.onKey(event, control, shown)}
      >${text}</span
    >`;
  }

  private field(control: NumberControl, value: Json): TemplateResult {
    return html`<input
      type="number"
      inputmode=${control.type === 'integer' ? 'numeric' : 'decimal'}
      min=${control.min}
      max=${control.max}
      step=${control.type === 'integer' ? '1' : 'any'}
      .value=${jsonText(value)}
      aria-label=${this.label(control)}
      @change=${(event: Event) => void this.take(inputOf(event))}
      @blur=${() => (this.isTyping = false)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') this.stopTyping();
        else if (event.key === 'Enter') {
          // Else the field would tell of its change too, and the lab be opened twice.
          event.preventDefault();
          if (this.take(inputOf(event))) this.stopTyping();
        }
      }}
    />`;
  }

  private proposal(control: Control, value: Json, own: Json): TemplateResult {
    const fill = {
      name: this.t(`controls.${this.name}.label`),
      own: valueText(this.language, control, own),
      value: valueText(this.language, control, value),
    };
    return html`<button
      type="button"
      class="take"
      title=${this.t('ui.text.take', fill)}
      aria-label=${this.t('ui.text.take', fill)}
      @click=${() => {
        this.isTaken = true;
        this.send(own);
      }}
    >
      ${fill.own}
    </button>`;
  }

  private wayBack(control: Control, own: Json): TemplateResult {
    return html`<button
      type="button"
      class="back"
      aria-label=${this.t('ui.text.back', { value: valueText(this.language, control, own) })}
      title=${this.t('ui.text.back', { value: valueText(this.language, control, own) })}
      @click=${() => this.send(own)}
    >
      <span aria-hidden="true">↺</span>
    </button>`;
  }

  private label(control: Control): string {
    const name = this.t(`controls.${this.name}.label`);
    const unit = unitBeside(this.language, name, control.unit);
    return unit === '' ? name : `${name} (${unit})`;
  }

  private grasp(event: PointerEvent, from: number): void {
    if (event.button !== 0) return;
    if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
    this.drag = { x: event.clientX, from, moved: false };
  }

  private pull(event: PointerEvent, control: NumberControl): void {
    const { drag } = this;
    if (!drag) return;
    const way = event.clientX - drag.x;
    drag.moved ||= Math.abs(way) >= TAP_PX;
    if (drag.moved) this.draft = valueAt(control, fractionOf(control, drag.from) + way / DRAG_PX);
  }

  private letGo(): void {
    const { drag, draft } = this;
    this.drag = null;
    if (!drag) return;
    if (!drag.moved) this.type();
    else if (draft !== null) this.send(draft);
  }

  private onKey(event: KeyboardEvent, control: NumberControl, shown: number): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      return this.type();
    }
    const next = moved(control, shown, event.key);
    if (next === null) return;
    event.preventDefault();
    this.draft = next;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.send(next), SETTLED_MS);
  }

  private type(): void {
    this.isTyping = true;
    void this.updateComplete.then(() => {
      const input = this.renderRoot.querySelector('input');
      input?.focus();
      input?.select();
    });
  }

  private stopTyping(): void {
    this.isTyping = false;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.handle')?.focus());
  }

  /** Takes a typed number if the setting can have it; the field says what it can have otherwise. Whether it was taken. */
  private take(input: HTMLInputElement): boolean {
    if (!this.isTyping || !input.reportValidity() || !Number.isFinite(input.valueAsNumber)) return false;
    this.isTyping = false;
    this.send(input.valueAsNumber);
    return true;
  }

  private send(value: Json): void {
    clearTimeout(this.settling);
    const settle = (): void => void (this.draft = null);
    if (sameValue(value, this.session.opened?.settings[this.name])) return settle();
    this.session.changeSettings({ [this.name]: value }).then(settle, () => {
      // The lab has said why; what is in force stands here again.
      settle();
      this.inForce.takeBack();
    });
  }
}

define('ember-handle', EmberHandle);
