/** `<ember-title-steps>`: the text convolution step by step on any title: word vectors, a sliding window, a feature map, its maximum. */

import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Form, TitleShown } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { divergingEnd, divergingGradient } from '../../kit/diverging.js';
import { inputOf, listenerOf } from '../../kit/events.js';
import '../../kit/picture.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { cellColor, cells, type Numbers } from './title_cells.js';
import { titleStyles } from './title_styles.js';

/** Milliseconds between two steps of the window. */
const PACE_MS = 1200;
/** Letters of a title at most; the lab refuses titles of too many words. */
const LONGEST = 80;
/** The rating whose film, or that of one of the next, stands there at first: latest-small has longer titles here. */
const FIRST = 3;
const FORMS: readonly Form[] = ['code', 'text'];

export class EmberTitleSteps extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [shared, titleStyles];

  /** What was typed; null until then, and the first film's title stands there. */
  @state() private typed: string | null = null;
  @state() private form: Form = 'code';
  @state() private filter = 0;
  @state() private window = 0;
  @state() private playing: ReturnType<typeof setInterval> | null = null;
  private first = '';

  private readonly shown = new LiveAnswer<TitleShown>(this, () => this.ask(), 500);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
  }

  protected override render(): TemplateResult {
    const shown = this.shown.value;
    if (!shown) return this.hint('ui.title.before');
    const window = Math.min(this.window, shown.windows.length - 1);
    return html`${this.hint('ui.title.intro')} ${this.questions()} ${this.unknown(shown)}
      <div class="steps">${this.words(shown, window)} ${this.product(shown, window)}</div>
      ${this.map(shown, window)} ${this.pooled(shown)}`;
  }

  private questions(): TemplateResult {
    return html`<div class="row questions">
      <label class="title">
        ${this.t('ui.title.title')}
        <input
          type="text"
          maxlength=${LONGEST}
          autocomplete="off"
          .value=${this.typed ?? this.first}
          @input=${(event: InputEvent) => this.type(inputOf(event).value)}
        />
      </label>
      <fieldset>
        <legend class="visually-hidden">${this.t('ui.title.form')}</legend>
        ${FORMS.map(
          (form) =>
            html`<label class="choice">
              <input
                type="radio"
                name="form"
                .checked=${form === this.form}
                @change=${() => this.change({ form })}
              />
              ${this.t(`ui.title.forms.${form}`)}
            </label>`,
        )}
      </fieldset>
    </div>`;
  }

  private unknown({ words }: TitleShown): TemplateResult | typeof nothing {
    const unknown = words.filter(({ number }) => number === null).map(({ word }) => word);
    if (unknown.length === 0) return nothing;
    return html`<p class="muted" role="status">
      ${this.t('ui.title.unknown', { words: unknown.join(', ') })}
    </p>`;
  }

  /** The words with their vectors under one another, those in the window framed. */
  private words(shown: TitleShown, at: number): TemplateResult {
    const places = shown.windows[at]?.places ?? [];
    const before = this.form === 'code' && places[0] === null;
    const after = this.form === 'code' && places.at(-1) === null;
    const end = divergingEnd(shown.words.flatMap(({ vector }) => vector));
    const row = (name: string, vector: Numbers, place: number | null, missing: boolean): TemplateResult => {
      const inside = place === null || places.includes(place);
      return html`<tr class=${inside ? 'inside' : ''}>
        <th scope="row">
          ${name} ${missing ? html`<span class="mark">${this.t('ui.title.no_vector')}</span>` : nothing}
          ${inside ? html`<span class="visually-hidden">${this.t('ui.title.in_window')}</span>` : nothing}
        </th>
        <td class="left">${cells(vector, end, this.t('ui.title.vector_of', { word: name }))}</td>
      </tr>`;
    };
    const zeros = shown.kernel[0]?.map(() => 0) ?? [];
    const padding = this.t('ui.title.padding');
    return html`<table>
      <caption>
        ${this.t('ui.title.words', { width: zeros.length })}
      </caption>
      <tbody>
        ${before ? row(padding, zeros, null, false) : nothing}
        ${shown.words.map(({ word, number, vector }, place) => row(word, vector, place, number === null))}
        ${after ? row(padding, zeros, null, false) : nothing}
      </tbody>
    </table>`;
  }

  /** The filter, and what it makes of this window. */
  private product(shown: TitleShown, at: number): TemplateResult {
    const end = divergingEnd(shown.kernel.flat());
    const window = shown.windows[at];
    const value = (number: number | null): string => (number === null ? '–' : this.number(number, 3));
    return html`<div>
      <table class="kernel">
        <caption>
          ${this.t('ui.title.filter', { filter: this.filter + 1, filters: shown.filters })}
        </caption>
        <tbody>
          ${shown.kernel.map(
            (row, place) =>
              html`<tr>
                <th scope="row">${this.t('ui.title.row', { place: place + 1 })}</th>
                <td class="left">${cells(row, end, this.t('ui.title.row', { place: place + 1 }))}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${
        window
          ? html`<p class="formula" role="status">
              ${this.t('ui.title.window', { window: at + 1, of: shown.windows.length })}<br />
              ${this.t(`ui.title.sums.${shown.activation}`, {
                sum: value(window.sum),
                bias: value(shown.bias),
                value: value(window.value),
              })}
            </p>`
          : html`<p class="formula">${this.t('ui.title.no_window', { window: shown.kernel.length })}</p>`
      }
      <div class="row">
        <button type="button" ?disabled=${at <= 0} @click=${() => this.go(at - 1)}>
          ${this.t('ui.title.back')}
        </button>
        <button type="button" ?disabled=${at + 1 >= shown.windows.length} @click=${() => this.go(at + 1)}>
          ${this.t('ui.title.on')}
        </button>
        ${
          matchMedia('(prefers-reduced-motion: reduce)').matches
            ? nothing
            : html`<button
                type="button"
                ?disabled=${shown.windows.length < 2}
                @click=${() => (this.playing === null ? this.play() : this.pause())}
              >
                ${this.t(this.playing === null ? 'ui.title.play' : 'ui.title.pause')}
              </button>`
        }
      </div>
    </div>`;
  }

  /** The feature map of the filter: a button for each window, which goes there. */
  private map(shown: TitleShown, at: number): TemplateResult {
    const { windows, words, largest, pooling } = shown;
    const end = divergingEnd(windows.map(({ value }) => value));
    const text = (places: readonly (number | null)[]): string =>
      places.map((place) => (place === null ? '0' : words[place]!.word)).join(' · ');
    return html`<h4>${this.t('ui.title.map')}</h4>
      <ol class="map" @keydown=${this.onKey}>
        ${windows.map(
          ({ places, value }, place) =>
            html`<li>
              <button
                type="button"
                aria-current=${place === at ? 'step' : 'false'}
                class=${place === largest ? 'largest' : ''}
                @click=${() => this.go(place)}
              >
                <span class="value">${value === null ? '–' : this.number(value, 3)}</span>
                <span class="sign" ${styled({ background: cellColor(value, end) })}></span>
                <span>${text(places)}</span>
                ${place === largest ? html`<b>${this.t('ui.title.largest')}</b>` : nothing}
              </button>
            </li>`,
        )}
      </ol>
      <p class="muted">${this.t(`ui.title.pooling.${pooling}`)}</p>`;
  }

  /** What is kept of each filter; a button chooses it. */
  private pooled({ pooled }: TitleShown): TemplateResult {
    const end = divergingEnd(pooled);
    return html`<h4>${this.t('ui.title.pooled', { count: pooled.length })}</h4>
      <div class="pooled" role="group" aria-label=${this.t('ui.title.pooled', { count: pooled.length })}>
        ${pooled.map((value, filter) => {
          const text = value === null ? '–' : this.number(value, 2);
          return html`<button
            type="button"
            aria-pressed=${filter === this.filter}
            aria-label=${this.t('ui.title.choose', { filter: filter + 1, value: text })}
            @click=${() => this.change({ filter })}
          >
            <span class="sign" ${styled({ background: cellColor(value, end) })}></span>
            ${text}
          </button>`;
        })}
      </div>
      <p class="muted scale">
        −${this.number(end)} <span class="gradient" ${styled({ background: divergingGradient() })}></span>
        ${this.number(end)}
      </p>`;
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const move = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const count = this.shown.value?.windows.length ?? 0;
    if (!move || count === 0) return;
    event.preventDefault();
    this.go(Math.min(count - 1, Math.max(0, this.window + move)));
    const buttons = listenerOf(event).querySelectorAll('button');
    buttons[this.window]?.focus();
  };

  private go(window: number): void {
    this.pause();
    this.window = window;
  }

  private play(): void {
    this.playing = setInterval(() => {
      const count = this.shown.value?.windows.length ?? 0;
      this.window = count > 0 ? (this.window + 1) % count : 0;
    }, PACE_MS);
  }

  private pause(): void {
    if (this.playing !== null) clearInterval(this.playing);
    this.playing = null;
  }

  private type(typed: string): void {
    this.typed = typed;
    this.window = 0;
    this.shown.refresh();
  }

  private change({ form = this.form, filter = this.filter }: { form?: Form; filter?: number }): void {
    if (form !== this.form) this.window = 0;
    this.form = form;
    this.filter = filter;
    this.shown.refresh();
  }

  private async ask(): Promise<TitleShown> {
    if (this.first === '') {
      const { samples } = await this.session.inspect('movies', 'samples', { from: FIRST });
      // The longest of a few, so that there is something to slide over.
      const longest = samples.reduce((most, sample) =>
        sample.words.length > most.words.length ? sample : most,
      );
      this.first = longest.title;
    }
    const title = this.typed ?? this.first;
    // A setting may have left fewer filters.
    const filters = Number(this.session.opened?.settings['embedding_size'] ?? 1);
    this.filter = Math.min(this.filter, filters - 1);
    return this.session.inspect('movies', 'title', { title, form: this.form, filter: this.filter });
  }
}

define('ember-title-steps', EmberTitleSteps);
