/** What the panels that ask the model have in common. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Prediction, Scored } from '../../generated/movies.js';
import { EmberError } from '../../engine/failure.js';
import '../../looks/titles/title_search.js';
import type { TitleChoice } from '../../looks/titles/title_search.js';
import { failureText } from '../../lab/failure_text.js';
import type { LabPart } from '../../lab/part.js';
import { words } from '../../kit/words.js';
import type { FilmBook } from './films_of.js';

/** Who asks, as the contract takes it. */
export type Question = { user: number } | { ratings: [number, number][] };

export type FilmList = Exclude<Prediction, Scored>;

export const askingStyles = css`
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
    gap: 1rem 2rem;
    align-items: start;
  }
  .columns > * {
    min-width: 0;
  }
  ember-title-search {
    margin-bottom: 0.75rem;
  }
  .films {
    margin: 0 0 0.75rem;
    padding-inline-start: 1.75rem;
  }
  .films > li {
    padding-block: 0.25rem;
    border-bottom: 1px solid var(--lab-grid);
    overflow-wrap: anywhere;
  }
  .facts {
    display: inline-block;
    color: var(--lab-muted);
    font-size: 0.9375rem;
    margin-inline-start: 0.5rem;
  }
  .block {
    margin-top: 1rem;
    padding-top: 0.75rem;
    border-top: 1px solid var(--lab-grid);
  }
  .score {
    font-size: 1.25rem;
  }
`;

/** The list of an answer. Throws `TypeError` for another answer. */
export function listIn(answer: Prediction): FilmList {
  if ('list' in answer) return answer;
  throw new TypeError('A list was asked for.');
}

/** The answer for a film. Throws `TypeError` for another answer. */
export function scoreIn(answer: Prediction): Scored {
  if ('rank' in answer) return answer;
  throw new TypeError('A score was asked for.');
}

/** A search box over the films of a lab, or over some of them. */
export function filmSearch(
  part: LabPart,
  book: FilmBook,
  label: string,
  value: string,
  take: (place: number) => void,
  places: readonly number[] | null = null,
): TemplateResult {
  const titles = places ? places.map((place) => book.titles[place]!) : book.titles;
  const raters = places ? places.map((place) => book.raters[place]!) : book.raters;
  return html`<ember-title-search
    .titles=${titles}
    .popularity=${raters}
    .language=${part.language}
    .label=${label}
    .value=${value}
    @title-choice=${({ detail }: TitleChoice) => take(places ? places[detail]! : detail)}
  ></ember-title-search>`;
}

/** Why there is no answer; that a method has not been trained is no error. */
export function noAnswer(part: LabPart, failure: Error | null): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  if (failure instanceof EmberError && failure.code === 'not_trained') {
    return html`<p class="muted">${words(part.language, 'ui.ask.not_trained')}</p>`;
  }
  return html`<p class="error">${failureText(part.language, failure)}</p>`;
}
