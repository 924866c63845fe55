/** `<ember-stars>`: half a star to five stars, by pointer, finger or arrow keys. */

import { css, html, LitElement, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf, listenerOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import { styled } from '../../kit/styled.js';
import { words, type Language } from '../../kit/words.js';
import { starsText } from './numbers.js';

/** Sent as `stars-change`. */
export type StarsChange = CustomEvent<number>;

const STARS = '★★★★★';

export class EmberStars extends LitElement {
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
      }
      .stars {
        position: relative;
        display: inline-block;
        font-size: 1.5rem;
        line-height: 1.5;
        white-space: nowrap;
        color: var(--lab-border);
        border-radius: 0.25rem;
        cursor: pointer;
      }
      .full {
        position: absolute;
        inset: 0 auto 0 0;
        overflow: hidden;
        color: var(--lab-accent);
      }
      .stars input {
        position: absolute;
        inset: 0;
        height: 100%;
        opacity: 0;
        /* Stars are pointed at, and the slider is for keys: its own reckoning is that of its thumb. */
        pointer-events: none;
      }
      .stars:focus-within {
        outline: 3px solid var(--lab-focus);
        outline-offset: 2px;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        .stars {
          font-size: 1.875rem;
        }
      }
    `,
  ];

  /** Of which film they are. */
  movie = 0;
  /** 0 where nothing has been given. */
  @property({ attribute: false }) stars = 0;
  @property() label = '';
  @property({ attribute: false }) language!: Language;

  protected override render(): TemplateResult {
    const { stars, language } = this;
    return html`<span class="stars" @click=${this.onClick}
      ><span aria-hidden="true">${STARS}</span
      ><span class="full" aria-hidden="true" ${styled({ width: `${20 * stars}%` })}>${STARS}</span
      ><input
        type="range"
        min="0"
        max="5"
        step="0.5"
        .value=${String(stars)}
        aria-label=${this.label}
        aria-valuetext=${stars === 0 ? words(language, 'ui.stars.none') : starsText(language, stars)}
        @input=${(event: Event) => this.give(inputOf(event).valueAsNumber)}
    /></span>`;
  }

  private readonly onClick = (event: MouseEvent): void => {
    const { left, width } = listenerOf(event).getBoundingClientRect();
    this.focus();
    this.give(Math.ceil((10 * (event.clientX - left)) / width) / 2);
  };

  private give(stars: number): void {
    const given = Math.min(5, Math.max(0.5, stars));
    if (given === this.stars) return;
    this.dispatchEvent(new CustomEvent('stars-change', { detail: given }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ember-stars': EmberStars;
  }
}

define('ember-stars', EmberStars);
