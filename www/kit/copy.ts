/** `<ember-copy>`: text in a frame with a button that copies it. */

import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from './define.js';
import { highlightStyles, pieces } from './highlight.js';
import { shared } from './styles.js';
import { words, type Language } from './words.js';

export class EmberCopy extends LitElement {
  static override styles = [
    shared,
    highlightStyles,
    css`
      pre {
        margin: 0 0 0.5rem;
        padding: 0.75rem;
        overflow: auto;
        max-height: 26rem;
        background: var(--lab-background);
        border: 1px solid var(--lab-grid);
        border-radius: 0.375rem;
        font:
          0.875rem/1.5 ui-monospace,
          'SFMono-Regular',
          Consolas,
          'DejaVu Sans Mono',
          'Noto Sans Mono CJK SC',
          monospace;
        tab-size: 4;
      }
    `,
  ];

  @property() text = '';
  /** The language that the text is a program in; it is coloured then. */
  @property() program = '';
  /** Accessible name of the frame. */
  @property() label = '';
  @property({ attribute: false }) language!: Language;
  @state() private outcome: 'none' | 'copied' | 'refused' = 'none';

  protected override render(): TemplateResult {
    return html`<pre tabindex="0" role="region" aria-label=${this.label}><code>${this.coloured()}</code></pre>
      <div class="row">
        <button type="button" @click=${() => void this.copy()}>
          ${words(this.language, 'ui.copy.copy')}
        </button>
        <span role="status" class="muted"
          >${this.outcome === 'none' ? '' : words(this.language, `ui.copy.${this.outcome}`)}</span
        >
      </div>`;
  }

  private coloured(): unknown {
    if (this.program === '') return this.text;
    return pieces(this.program, this.text).map(({ kind, text }) =>
      kind === 'plain' ? text : html`<span class=${kind}>${text}</span>`,
    );
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.outcome = 'copied';
    } catch {
      // No clipboard in an insecure page or a frame without leave: the text is selected, to be copied by hand.
      const code = this.renderRoot.querySelector('code')!;
      getSelection()?.selectAllChildren(code);
      this.outcome = 'refused';
    }
  }
}

define('ember-copy', EmberCopy);
