/** `<ember-batch-hooks>`: the four functions of the container, each as code with what can be changed in it. */

import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { hookCode, type Hooks } from './batch_job.js';
import type { Separator } from '../../generated/boosting.js';
import { define } from '../../kit/define.js';
import { inputOf, oneOf, selectOf } from '../../kit/events.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';

const SEPARATORS: readonly Separator[] = [',', ';', '\t'];
/** Keys of their words. */
const SEPARATOR_NAMES: Record<Separator, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };
const ANSWERS = ['probability', 'raw_score', 'label'] as const;
const FORMS = ['lines', 'one_line'] as const;

export class EmberBatchHooks extends LabPart {
  static override styles = [
    shared,
    css`
      ol {
        padding-left: 1.25rem;
      }
      li {
        margin-bottom: 0.75rem;
      }
      code,
      pre {
        font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 0.875rem;
      }
      pre {
        margin: 0.25rem 0 0.5rem;
        padding: 0.5rem 0.75rem;
        overflow-x: auto;
        border: 1px solid var(--lab-border);
        border-radius: 0.25rem;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr));
        gap: 0.5rem 1rem;
      }
      label.field {
        display: grid;
        gap: 0.125rem;
      }
      .fields input:not([type='checkbox']),
      .fields select {
        width: 100%;
      }
    `,
  ];

  @property({ attribute: false }) hooks!: Hooks;

  protected override render(): TemplateResult {
    const code = hookCode(this.hooks);
    const step = (name: string, fields: unknown): TemplateResult =>
      html`<li>
        <code>${name}</code>: ${this.t(`ui.batch.hooks.${name}`)}
        <pre tabindex="0" role="region" aria-label=${name}>${code[name]}</pre>
        <div class="fields">${fields}</div>
      </li>`;
    const { answer } = this.hooks;
    return html`<ol>
      ${step('model_fn', this.text('model_file'))}
      ${step('input_fn', [
        this.choice('separator', SEPARATORS, (value) => SEPARATOR_NAMES[value]),
        this.check('drops_last_line'),
      ])}
      ${step('predict_fn', [
        this.choice('answer', ANSWERS),
        this.numeric('num_iteration', 0, 2_000, 1),
        answer === 'label' ? this.numeric('threshold', 0, 1, 'any') : null,
      ])}
      ${step('output_fn', [
        this.choice('form', FORMS),
        answer === 'label' ? null : this.numeric('decimals', 0, 17, 1),
      ])}
    </ol>`;
  }

  private change(change: Partial<Hooks>): void {
    this.dispatchEvent(new CustomEvent<Partial<Hooks>>('change-hooks', { detail: change }));
  }

  private choice<Name extends 'separator' | 'answer' | 'form'>(
    name: Name,
    options: readonly Hooks[Name][],
    word: (option: Hooks[Name]) => string = String,
  ): TemplateResult {
    return html`<label class="field">
      ${this.t(`ui.batch.${name}.title`)}
      <select @change=${(event: Event) => this.change({ [name]: oneOf(options, selectOf(event).value) })}>
        ${options.map(
          (option) =>
            html`<option value=${option} ?selected=${option === this.hooks[name]}>
              ${this.t(`ui.batch.${name}.${word(option)}`)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  private text(name: 'model_file'): TemplateResult {
    return html`<label class="field">
      ${this.t(`ui.batch.${name}`)}
      <input
        type="text"
        spellcheck="false"
        maxlength="60"
        .value=${this.hooks[name]}
        @change=${(event: Event) => this.change({ [name]: inputOf(event).value })}
      />
    </label>`;
  }

  /** An empty field of decimals means all of them. */
  private numeric(
    name: 'num_iteration' | 'threshold' | 'decimals',
    min: number,
    max: number,
    step: number | 'any',
  ): TemplateResult {
    return html`<label class="field">
      ${this.t(`ui.batch.${name}`)}
      <input
        type="number"
        min=${min}
        max=${max}
        step=${step}
        .value=${String(this.hooks[name] ?? '')}
        @change=${(event: Event) => {
          const field = inputOf(event);
          const value = field.valueAsNumber;
          if (field.value === '' && name === 'decimals') this.change({ decimals: null });
          else if (value >= min && value <= max && (step === 'any' || Number.isInteger(value)))
            this.change({ [name]: value });
          else field.value = String(this.hooks[name] ?? '');
        }}
      />
    </label>`;
  }

  private check(name: 'drops_last_line'): TemplateResult {
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${this.hooks[name]}
        @change=${(event: Event) => this.change({ [name]: inputOf(event).checked })}
      />
      ${this.t(`ui.batch.${name}`)}
    </label>`;
  }
}

define('ember-batch-hooks', EmberBatchHooks);
