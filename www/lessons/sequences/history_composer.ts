/** `<ember-history-composer>`: a history put together by hand; sends `history-change` with the numbers of its items. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { swapped, withoutStep, withStep } from './history_edits.js';
import type { ItemBook } from './item_book.js';
import './item_pictures.js';
import { itemSearch } from './item_search.js';

/** Sent with the items of the history, the oldest first. */
export type HistoryChange = CustomEvent<number[]>;

/** The longest history that is put together here. */
export const LONGEST = 50;

export class EmberHistoryComposer extends LabPart {
  static override styles = [
    shared,
    css`
      ol {
        list-style: none;
        margin: 0 0 0.5rem;
        padding: 0;
        display: flex;
        flex-wrap: wrap;
        gap: 0.375rem;
      }
      li button {
        display: flex;
        align-items: center;
        gap: 0.375rem;
        text-align: start;
        max-width: 100%;
      }
      li small {
        color: var(--lab-muted);
      }
      button[aria-pressed='true'] {
        border-color: var(--lab-accent);
        box-shadow: inset 0 -3px var(--lab-accent);
      }
      .tools {
        margin-bottom: 0.75rem;
      }
    `,
  ];

  @property({ attribute: false }) book!: ItemBook;
  @property({ attribute: false }) history: readonly number[] = [];
  /** The step that the buttons act on; at first the last one. */
  @state() private chosen = LONGEST;
  @state() private said = '';

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('history')) this.chosen = Math.max(0, Math.min(this.chosen, this.history.length - 1));
  }

  protected override render(): TemplateResult {
    const { history, chosen } = this;
    return html`${
        history.length === 0
          ? this.hint('ui.composer.empty')
          : html`<ol aria-label=${this.t('ui.composer.history')} @keydown=${this.onKey}>
                ${history.map((item, step) => this.step(item, step))}
              </ol>
              <div
                class="row tools"
                role="group"
                aria-label=${this.t('ui.composer.about', this.about(chosen))}
              >
                ${this.tool('earlier', chosen > 0, () => this.move(-1))}
                ${this.tool('later', chosen < history.length - 1, () => this.move(1))}
                ${this.tool('remove', true, () => this.takeAway())}
              </div>`
      }
      ${itemSearch(this, this.book, this.t('ui.composer.add'), (item) => this.add(item))}
      ${history.length === LONGEST ? this.hint('ui.composer.full', { most: LONGEST }) : nothing}
      <p class="visually-hidden" role="status">${this.said}</p>`;
  }

  private step(item: number, step: number): TemplateResult {
    return html`<li>
      <button
        type="button"
        aria-pressed=${step === this.chosen ? 'true' : 'false'}
        @click=${() => (this.chosen = step)}
        @focus=${() => (this.chosen = step)}
      >
        <small aria-hidden="true">${step + 1}</small>
        <span class="visually-hidden">${this.t('ui.composer.step', { step: step + 1 })}</span>
        <ember-item-chip .session=${this.session} .item=${item}></ember-item-chip>
      </button>
    </li>`;
  }

  private tool(name: string, isPossible: boolean, act: () => void): TemplateResult {
    return html`<button type="button" ?disabled=${!isPossible} @click=${act}>
      ${this.t(`ui.composer.${name}`)}
    </button>`;
  }

  private about(step: number): { step: number; title: string } {
    const item = this.history[step];
    return { step: step + 1, title: item === undefined ? '' : this.book.title(item, this.language) };
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    this.takeAway();
  };

  private add(item: number): void {
    const history = withStep(this.history, item, LONGEST);
    this.chosen = history.length - 1;
    this.tellOf(history, 'added', this.book.title(item, this.language));
  }

  private move(by: -1 | 1): void {
    const { title } = this.about(this.chosen);
    const history = swapped(this.history, Math.min(this.chosen, this.chosen + by));
    this.chosen += by;
    this.tellOf(history, 'moved', title);
  }

  private takeAway(): void {
    const { title } = this.about(this.chosen);
    this.tellOf(withoutStep(this.history, this.chosen), 'removed', title);
    void this.focusChosen();
  }

  /** The button that was pressed may be gone with its step. */
  private async focusChosen(): Promise<void> {
    await this.updateComplete;
    const next = this.renderRoot.querySelector<HTMLElement>('[aria-pressed=true]');
    const search = this.renderRoot.querySelector('ember-title-search')!.renderRoot;
    (next ?? search.querySelector('input'))?.focus();
  }

  private tellOf(history: number[], what: string, title: string): void {
    this.said = this.t(`ui.composer.said.${what}`, { title, step: this.chosen + 1, count: history.length });
    this.history = history;
    this.dispatchEvent(new CustomEvent('history-change', { detail: history }));
  }
}

define('ember-history-composer', EmberHistoryComposer);
