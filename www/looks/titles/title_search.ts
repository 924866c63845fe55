/** `<ember-title-search>`: a field that offers titles while one is typed; a combobox with a list. */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import { TitleIndex } from './title_index.js';
import { formatCount, words, type Language } from '../../kit/words.js';

/** Titles that are offered at once. */
const OFFERED = 12;

/** Sent as `title-choice` with the place of the title. */
export type TitleChoice = CustomEvent<number>;

/**
 * Whether a key belongs to an input method, which writes pinyin or kana: the Enter that ends a composition chooses
 * nothing. WebKit sends it after `compositionend`, when `isComposing` is false again, and marks it by the code 229 alone.
 */
export const isOfInputMethod = ({ isComposing, keyCode }: KeyboardEvent): boolean =>
  isComposing || keyCode === 229;

export class EmberTitleSearch extends LitElement {
  static override styles = [
    shared,
    css`
      .field {
        position: relative;
        max-width: 32rem;
      }
      input {
        width: 100%;
      }
      ul {
        position: absolute;
        inset-inline: 0;
        z-index: 6;
        margin: 0.25rem 0 0;
        padding: 0.25rem;
        max-height: 18rem;
        overflow: auto;
        list-style: none;
        background: var(--lab-surface);
        border: 1px solid var(--lab-border);
        border-radius: 0.375rem;
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
      }
      li {
        padding: 0.375rem 0.5rem;
        border-radius: 0.25rem;
        cursor: pointer;
        overflow-wrap: anywhere;
      }
      li[aria-selected='true'] {
        background: var(--lab-accent);
        color: var(--lab-surface);
      }
      .none {
        margin: 0.25rem 0 0;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        li {
          min-height: 2.75rem;
          display: flex;
          align-items: center;
        }
      }
    `,
  ];

  @property({ attribute: false }) titles: readonly string[] = [];
  /** How popular each is: of titles that fit as well, the popular come first. */
  @property({ attribute: false }) popularity: readonly number[] = [];
  /** Finds the places of at most so many titles in another way than by their words. */
  @property({ attribute: false }) finder: ((typed: string, most: number) => readonly number[]) | null = null;
  /** What stands before the title of a place. */
  @property({ attribute: false }) sign: ((place: number) => TemplateResult) | null = null;
  @property({ attribute: false }) language!: Language;
  @property() label = '';
  /** What stands in the field while nobody types: the title that is chosen. */
  @property() value = '';

  @state() private open = false;
  @state() private active = 0;
  @query('input') private input!: HTMLInputElement;
  private index: TitleIndex | null = null;
  @state() private found: readonly number[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('titles') || changed.has('popularity')) this.index = null;
  }

  protected override render(): TemplateResult {
    const { open, found } = this;
    const isListed = open && found.length > 0;
    return html`<label for="field">${this.label}</label>
      <div class="field">
        <input
          id="field"
          type="text"
          role="combobox"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-autocomplete="list"
          aria-expanded=${isListed}
          aria-controls="list"
          aria-activedescendant=${isListed ? `option-${this.active}` : nothing}
          @focus=${() => this.input.select()}
          @click=${() => this.offer()}
          @input=${this.onInput}
          @compositionend=${this.onInput}
          @keydown=${this.onKey}
          @blur=${this.hide}
        />
        <ul id="list" role="listbox" aria-label=${this.label} ?hidden=${!isListed}>
          ${isListed ? found.map((place, option) => this.option(place, option)) : nothing}
        </ul>
        ${
          open && found.length === 0
            ? html`<p class="none muted">${words(this.language, 'ui.search.none')}</p>`
            : nothing
        }
      </div>
      <p class="visually-hidden" role="status">${open ? this.said() : ''}</p>`;
  }

  /** Set here and not in the template: a field that is written to in the middle of a composition loses it. */
  protected override updated(changed: PropertyValues): void {
    if (changed.has('value') && !this.open) this.input.value = this.value;
  }

  private said(): string {
    const { length } = this.found;
    if (length === 0) return words(this.language, 'ui.search.none');
    return words(this.language, 'ui.search.found', { count: formatCount(this.language, length) });
  }

  private option(place: number, option: number): TemplateResult {
    return html`<li
      id="option-${option}"
      role="option"
      aria-selected=${option === this.active}
      @pointerdown=${(event: Event) => event.preventDefault()}
      @click=${() => this.choose(place)}
    >
      ${this.sign?.(place)} ${this.titles[place]}
    </li>`;
  }

  /** Offers the most popular titles in an empty field. */
  private offer(): void {
    if (this.open) return;
    this.input.value = '';
    this.show('');
  }

  /** Offers what fits what is typed. */
  private show(typed: string): void {
    const find = this.finder ?? ((text, most) => this.indexed().find(text, most));
    this.found = find(typed, OFFERED);
    this.active = 0;
    this.open = this.titles.length > 0;
  }

  private indexed(): TitleIndex {
    this.index ??= new TitleIndex(this.titles, this.popularity);
    return this.index;
  }

  private readonly onInput = (event: Event): void => {
    this.show(inputOf(event).value);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    if (isOfInputMethod(event)) return;
    const { key } = event;
    if (key === 'Escape' && this.open) {
      this.hide();
    } else if (key === 'Enter' && this.open) {
      const place = this.found[this.active];
      if (place !== undefined) this.choose(place);
    } else if (key === 'ArrowDown' || key === 'ArrowUp') {
      this.move(key === 'ArrowDown' ? 1 : -1);
    } else return;
    event.preventDefault();
  };

  private move(by: number): void {
    if (!this.open) return this.offer();
    const { length } = this.found;
    if (length === 0) return;
    this.active = (this.active + by + length) % length;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector(`#option-${this.active}`)?.scrollIntoView({ block: 'nearest' });
    });
  }

  private readonly hide = (): void => {
    this.open = false;
    this.input.value = this.value;
  };

  private choose(place: number): void {
    this.hide();
    this.dispatchEvent(new CustomEvent('title-choice', { detail: place }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ember-title-search': EmberTitleSearch;
  }
}

define('ember-title-search', EmberTitleSearch);
