/** `<ember-help>`: a question mark whose text comes by hover, by focus and by tap, and goes by Escape. */

import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from './define.js';
import { targetOf } from './events.js';
import { shared } from './styles.js';
import { words, type Language } from './words.js';

export class EmberHelp extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
      }
      button {
        min-height: 1.5rem;
        min-width: 1.5rem;
        padding: 0;
        border-radius: 50%;
        font-size: 0.8125rem;
        color: var(--lab-muted);
        background: transparent;
      }
      .text {
        position: absolute;
        inset-inline: 0;
        z-index: 5;
        margin-top: 0.25rem;
        padding: 0.625rem 0.75rem;
        background: var(--lab-background);
        border: 1px solid var(--lab-border);
        border-radius: 0.375rem;
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
        font-size: 0.9375rem;
        font-weight: 400;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        button {
          min-height: 2.75rem;
          min-width: 2.75rem;
          border-color: transparent;
        }
      }
    `,
  ];

  /** Name of what is explained. */
  @property() name = '';
  @property() text = '';
  @property({ attribute: false }) language!: Language;
  @state() private open = false;
  private pinned = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('pointerenter', this.onEnter);
    this.addEventListener('pointerleave', this.onLeave);
    this.addEventListener('keydown', this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.removeEventListener('pointerenter', this.onEnter);
    this.removeEventListener('pointerleave', this.onLeave);
    this.removeEventListener('keydown', this.onKey);
  }

  protected override render(): TemplateResult {
    return html`<button
        type="button"
        aria-label=${words(this.language, 'ui.settings.help', { name: this.name })}
        aria-expanded=${this.open}
        aria-controls="text"
        @click=${this.onClick}
        @focus=${this.onFocus}
        @blur=${this.close}
      >
        ?
      </button>
      <div class="text" id="text" role="note" ?hidden=${!this.open}>${this.text}</div>`;
  }

  private readonly onEnter = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this.open = true;
  };

  private readonly onLeave = (): void => {
    if (!this.pinned) this.open = false;
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.close();
  };

  private readonly onFocus = (event: FocusEvent): void => {
    // A click focuses too; it then decides for itself.
    if (targetOf(event).matches(':focus-visible')) this.open = true;
  };

  private readonly onClick = (): void => {
    this.pinned = !this.pinned;
    this.open = this.pinned;
  };

  private readonly close = (): void => {
    this.pinned = false;
    this.open = false;
  };
}

define('ember-help', EmberHelp);
