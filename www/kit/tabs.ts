/** `<ember-tabs>`: a row of tabs over one panel, moved along with the arrow keys. */

import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from './define.js';
import { shared } from './styles.js';

/** Sent as `tab-change` with the id of the tab. */
export type TabChange = CustomEvent<string>;

export class EmberTabs extends LitElement {
  static override styles = [
    shared,
    css`
      [role='tablist'] {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem;
        margin-bottom: 0.5rem;
      }
      button[aria-selected='true'] {
        border-color: var(--lab-accent);
        box-shadow: inset 0 -3px var(--lab-accent);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) tabs: { id: string; label: string }[] = [];
  @property() chosen = '';
  @property() label = '';

  protected override render(): TemplateResult {
    return html`<div role="tablist" aria-label=${this.label} @keydown=${this.onKey}>
        ${this.tabs.map(
          ({ id, label }) =>
            html`<button
              type="button"
              role="tab"
              id="tab-${id}"
              aria-selected=${id === this.chosen}
              aria-controls="panel"
              tabindex=${id === this.chosen ? 0 : -1}
              @click=${() => this.choose(id)}
            >
              ${label}
            </button>`,
        )}
      </div>
      <div id="panel" role="tabpanel" aria-labelledby="tab-${this.chosen}"><slot></slot></div>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const forward = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const { length } = this.tabs;
    const at = this.tabs.findIndex(({ id }) => id === this.chosen);
    const next = forward ? (at + forward + length) % length : { Home: 0, End: length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.choose(this.tabs[next]!.id);
    void this.focusChosen();
  };

  /** Puts the focus on the chosen tab, once it is drawn so. */
  async focusChosen(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  }

  private choose(id: string): void {
    this.dispatchEvent(new CustomEvent('tab-change', { detail: id }));
  }
}

define('ember-tabs', EmberTabs);
