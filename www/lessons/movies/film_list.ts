/** A list of films that a model would show somebody. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Listed } from '../../generated/movies.js';
import type { LabSession } from '../../lab/session.js';
import { formatNumber, words, type Language } from '../../kit/words.js';
import type { FilmList, Question } from './asking.js';
import { starsText } from './numbers.js';
import './why.js';

/** The stars that a method which only ranks looks at: it has learned from what was seen. */
export const noStars = (): null => null;

/** What of a list depends on who asks. */
export interface Shown {
  session: LabSession;
  question: Question;
  starsOf: (movie: number) => number | null;
}

/** The films with what the model says of each, what the user really gave, and why. */
export function filmList({ list }: FilmList, shown: Shown): TemplateResult {
  return html`<ol class="films">
    ${list.map((film) => html`<li>${film.title}<span class="facts">${facts(shown.session.language, film)}</span>${why(film, shown)}</li>`)}
  </ol>`;
}

function facts(language: Language, { stars, score, rated }: Listed): TemplateResult {
  const said =
    stars === null
      ? words(language, 'ui.ask.score', { score: formatNumber(language, score, 3) })
      : words(language, 'ui.ask.predicted', { stars: starsText(language, stars) });
  return html`${said}${
    rated === null
      ? nothing
      : html` · <b>${words(language, 'ui.ask.really', { stars: starsText(language, rated) })}</b>`
  }`;
}

function why({ movie, reasons, stars }: Listed, { session, question, starsOf }: Shown): TemplateResult {
  return html`<ember-why
    .session=${session}
    .question=${question}
    .movie=${movie}
    .reasons=${reasons}
    .starsOf=${stars === null ? noStars : starsOf}
  ></ember-why>`;
}
