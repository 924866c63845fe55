/** `<ember-picture-choice>`: which picture is looked at: one of a part by its number, or one of the reader's own. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf, oneOf, selectOf } from '../../kit/events.js';
import type { Chosen } from './maps_data.js';
import { PICTURE_SPLITS, type Pictures, type PictureSplit } from '../../looks/pictures/pictures_data.js';
import { shared } from '../../kit/styles.js';
import { formatCount, words, type Fill, type Language } from '../../kit/words.js';

/** Sent as `picture-change`. */
export type PictureChange = CustomEvent<Chosen>;

export class EmberPictureChoice extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        margin-bottom: 0.75rem;
      }
      .row {
        gap: 0.5rem 1rem;
      }
      label,
      .buttons {
        display: inline-flex;
        gap: 0.5rem;
        align-items: center;
      }
      input[type='number'] {
        width: 6rem;
      }
      .file {
        flex-wrap: wrap;
        max-width: 100%;
      }
      .file input {
        max-width: 100%;
        min-height: 2.25rem;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        .file input {
          min-height: 2.75rem;
          padding-block: 0.375rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) pictures!: Pictures;
  @property({ attribute: false }) chosen!: Chosen;
  @property({ attribute: false }) language!: Language;

  protected override render(): TemplateResult {
    const place = this.place;
    const count = this.pictures[place.split];
    return html`<div class="row">
      <label
        >${this.t('ui.maps.part')}
        <select
          @change=${(event: Event) =>
            this.send({ split: oneOf(PICTURE_SPLITS, selectOf(event).value), index: 0 })}
        >
          ${PICTURE_SPLITS.map(
            (split) =>
              html`<option value=${split} .selected=${split === place.split}>
                ${this.t(`splits.${split}`)}
              </option>`,
          )}
        </select></label
      >
      <label
        >${this.t('ui.maps.number', { count: formatCount(this.language, count) })}
        <input
          type="number"
          inputmode="numeric"
          min="1"
          max=${count}
          step="1"
          .value=${String(place.index + 1)}
          @change=${this.onNumber}
      /></label>
      <span class="buttons">
        <button type="button" aria-label=${this.t('ui.maps.previous')} @click=${() => this.move(-1)}>
          ←
        </button>
        <button type="button" aria-label=${this.t('ui.maps.next')} @click=${() => this.move(1)}>→</button>
        <button type="button" @click=${this.onRandom}>${this.t('ui.maps.random')}</button>
      </span>
      ${
        this.pictures.upload
          ? html`<label class="file"
              >${this.t('ui.maps.own')}
              <input type="file" accept="image/png,image/jpeg,image/webp" @change=${this.onFile}
            /></label>`
          : nothing
      }
    </div>`;
  }

  /** The place in a part; the first where the picture is the reader's. */
  private get place(): { split: PictureSplit; index: number } {
    return 'own' in this.chosen ? { split: 'test', index: 0 } : this.chosen;
  }

  private move(by: number): void {
    const { split, index } = this.place;
    const count = this.pictures[split];
    if (count > 0) this.send({ split, index: (index + by + count) % count });
  }

  private readonly onRandom = (): void => {
    const { split } = this.place;
    // Which picture is looked at changes no figure of the run, so this needs no seed.
    this.send({ split, index: Math.floor(Math.random() * this.pictures[split]) });
  };

  private readonly onNumber = (event: Event): void => {
    const input = inputOf(event);
    const { split, index } = this.place;
    const number = input.valueAsNumber;
    if (Number.isInteger(number) && number >= 1 && number <= this.pictures[split]) {
      this.send({ split, index: number - 1 });
    } else {
      input.value = String(index + 1);
    }
  };

  private readonly onFile = (event: Event): void => {
    const input = inputOf(event);
    const file = input.files?.[0];
    // So that the same file can be chosen again.
    input.value = '';
    if (file) this.send({ own: { name: file.name, blob: file } });
  };

  private send(chosen: Chosen): void {
    this.dispatchEvent(new CustomEvent('picture-change', { detail: chosen }) satisfies PictureChange);
  }

  private t(key: string, fill?: Fill): string {
    return words(this.language, key, fill);
  }
}

define('ember-picture-choice', EmberPictureChoice);
