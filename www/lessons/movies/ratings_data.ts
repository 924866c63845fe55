/** `<ember-ratings-data>`: what is learned from: how many ratings of whom, how they are spread and split, and single ones. */

import { jsonText } from '../../engine/json.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Data } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { barsStyles, barTable, type Bar } from '../../looks/bars.js';
import { genreName } from './named.js';
import './rating_samples.js';

/** What is counted, in the order of the tabs. */
const VIEWS = ['stars', 'of_users', 'of_films', 'genres'] as const;
type CountView = (typeof VIEWS)[number];

export class EmberRatingsData extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    barsStyles,
    css`
      .invented {
        border-inline-start: 4px solid var(--lab-accent);
        padding-inline-start: 0.75rem;
      }
      ul {
        margin: 0 0 0.75rem;
        padding-inline-start: 1.25rem;
      }
      ember-rating-samples {
        margin-top: 1rem;
      }
    `,
  ];

  @state() private view: CountView = 'stars';
  private readonly data = new LiveAnswer<Data>(this, () => this.session.inspect('movies', 'data', {}), 2000);

  protected override render(): TemplateResult {
    const data = this.data.value;
    if (!data) return this.card('data', this.hint('ui.ratings.before'));
    const isMade = this.session.opened?.settings['dataset'] === 'made';
    return this.card(
      'data',
      html`<p>${this.sizes(data, this.t(isMade ? 'ui.ratings.made' : 'ui.ratings.real'))}</p>
        ${
          data.demographics === 'none'
            ? nothing
            : html`<p class=${data.demographics === 'invented' ? 'invented' : ''}>
                ${this.t(`ui.ratings.demographics.${isMade ? 'made' : data.demographics}`)}
              </p>`
        }
        ${this.split(data)}
        <ember-tabs
          .tabs=${VIEWS.map((id) => ({ id, label: this.t(`ui.ratings.views.${id}`) }))}
          .chosen=${this.view}
          .label=${this.t('ui.ratings.counts')}
          @tab-change=${(event: TabChange) =>
            (this.view = VIEWS.find((view) => view === event.detail) ?? this.view)}
        >
          ${this.counts(data)}
        </ember-tabs>
        <ember-rating-samples .session=${this.session}></ember-rating-samples>`,
    );
  }

  private sizes({ users, films, ratings, density, times }: Data, source: string): string {
    const year = (seconds: number): number => new Date(1000 * seconds).getUTCFullYear();
    return this.t('ui.ratings.sizes', {
      source,
      users: this.count(users),
      films: this.count(films),
      ratings: this.count(ratings),
      density: this.number(100 * density, 2),
      missing: this.number(100 - 100 * density, 3),
      from: year(times[0]),
      to: year(times[1]),
    });
  }

  private split({ fit, valid, test, unrankable }: Data): TemplateResult {
    const fill = { fit: this.count(fit), valid: this.count(valid), test: this.count(test) };
    const rule = this.t(`controls.split.options.${jsonText(this.session.opened?.settings['split'])}`);
    const split = this.t(valid > 0 ? 'ui.ratings.split' : 'ui.ratings.split_without_valid', {
      rule,
      ...fill,
    });
    const rest = unrankable > 0 ? this.t('ui.ratings.unrankable', { count: this.count(unrankable) }) : '';
    return html`<p>${split + rest}</p>`;
  }

  private counts(data: Data): TemplateResult {
    const bars = this.bars(data);
    const caption = this.t(`ui.ratings.views.${this.view}`);
    return html`${barTable(caption, [caption, this.t(`ui.ratings.counted.${this.view}`)], bars)}
      <p class="muted">${this.t(`ui.ratings.what.${this.view}`, this.most(data))}</p>`;
  }

  private bars(data: Data): Bar[] {
    const bar = (label: string, count: number): Bar => ({ label, count, text: this.count(count) });
    const ranges = (counts: readonly number[]): Bar[] =>
      counts.map((count, place) => bar(this.range(data.bounds, place), count));
    switch (this.view) {
      case 'stars':
        return data.stars.map((count, half) => bar(`${this.number((half + 1) / 2)} ★`, count));
      case 'of_users':
        return ranges(data.user_counts);
      case 'of_films':
        return ranges(data.film_counts);
      case 'genres': {
        const bars = data.genres.map((genre, place) =>
          bar(genreName(this.language, genre), data.genre_films[place]!),
        );
        return bars.sort((a, b) => b.count - a.count);
      }
    }
  }

  /** Numbers of ratings of one bar: 0, 1, 2, 3–5, …, more than 100. */
  private range(bounds: readonly number[], place: number): string {
    const [from, to] = [place === 0 ? 0 : bounds[place - 1]! + 1, bounds[place]];
    if (to === undefined) return this.t('ui.ratings.more', { count: this.count(from - 1) });
    return from === to ? this.count(to) : `${this.count(from)}–${this.count(to)}`;
  }

  /** What the sentence under the bars says in numbers. */
  private most({ user_counts, film_counts, users, films }: Data): { [name: string]: string } {
    return {
      no_film: this.count(film_counts[0]),
      one_film: this.count(film_counts[1]),
      films: this.count(films),
      no_user: this.count(user_counts[0]),
      users: this.count(users),
    };
  }
}

define('ember-ratings-data', EmberRatingsData);
