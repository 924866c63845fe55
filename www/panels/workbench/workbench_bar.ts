/**
 * `<ember-workbench-bar>`: lets the lab fill the window, and on the book's own pages leads back to the sentence one came
 * from. Sends `full-window`.
 */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { KeepFocus } from '../../kit/keep_focus.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { areKeysOn, setKeysOn, wayOf, type WayToLab } from './way_to_lab.js';

/** Corners of a window, drawn apart or together. */
const OUTWARDS = 'M1 5V1H5M9 1H13V5M13 9V13H9M5 13H1V9';
const INWARDS = 'M1 5H5V1M9 1V5H13M13 9H9V13M5 13V9H1';

export class EmberWorkbenchBar extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      .row {
        justify-content: end;
        gap: 0.25rem 0.75rem;
        font-size: 0.9375rem;
      }
      button {
        font-size: inherit;
      }
      svg {
        vertical-align: -0.125em;
      }
      path {
        fill: none;
        stroke: currentColor;
        stroke-width: 1.75;
      }
      /* Where there is no keyboard, its key is of no use. */
      @media (hover: none) and (pointer: coarse) {
        .choice {
          display: none;
        }
      }
      kbd {
        font: inherit;
        border: 1px solid var(--lab-border);
        border-radius: 0.25rem;
        padding-inline: 0.375rem;
      }
    `,
  ];

  /** Whether the lab fills the window. */
  @property({ type: Boolean }) full = false;
  protected readonly focusKept = new KeepFocus(this, () => this.renderRoot.querySelector('button'));
  private stop: (() => void) | null = null;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // The way comes with the script of the text, after the lab.
    if (this.isConnected) this.stop ??= this.way?.listen(() => this.requestUpdate()) ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.stop = null;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  protected override render(): TemplateResult {
    const { way, full } = this;
    return html`<div class="row">
      ${way && !full ? this.keys() : nothing}
      ${
        way?.canGoBack && !full
          ? html`<button type="button" @click=${() => way.goBack()}>
              <span aria-hidden="true">↑</span> ${this.t('ui.lab.back')}
            </button>`
          : nothing
      }
      <button
        type="button"
        aria-pressed=${full}
        @click=${() => this.dispatchEvent(new CustomEvent('full-window', { bubbles: true }))}
      >
        <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
          <path d=${full ? INWARDS : OUTWARDS}></path>
        </svg>
        ${this.t(full ? 'ui.lab.not_full' : 'ui.lab.full')}
      </button>
    </div>`;
  }

  /** A key that a page listens to everywhere can be turned off. */
  private keys(): TemplateResult {
    return html`<label class="choice muted"
      ><input
        type="checkbox"
        .checked=${areKeysOn()}
        @change=${(event: Event) => setKeysOn(inputOf(event).checked)}
      /><span><kbd>w</kbd> ${this.t('ui.lab.key')}</span></label
    >`;
  }

  /** How one comes here from the text; null in pages that are not the book's. */
  private get way(): WayToLab | null {
    return this.session ? wayOf(this.session) : null;
  }
}

define('ember-workbench-bar', EmberWorkbenchBar);
