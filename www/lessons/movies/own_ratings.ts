/** `<ember-own-ratings>`: takes ml-1m or ml-100k as the reader fetched it, shows what was read, and gives it back. */

import { html, nothing, type TemplateResult } from 'lit';
import type { OwnDescription } from '../../generated/engine.js';
import { define } from '../../kit/define.js';
import { nameOf, type PlacedFile } from '../../kit/folder.js';
import { takeFiles } from '../../lab/files.js';
import { OwnFilesPart } from '../../looks/own_files.js';

type Ratings = Extract<OwnDescription, { kind: 'ratings' }>;

export class EmberOwnRatings extends OwnFilesPart {
  protected override render(): TemplateResult | typeof nothing {
    const { accepts, own } = this.session.opened?.description ?? {};
    if (accepts?.kind !== 'ratings') return nothing;
    const endings = accepts.files.map((name) => name.slice(name.lastIndexOf('.')));
    return this.titled(
      this.t('ui.own_ratings.title'),
      html`${this.hint('ui.own_ratings.accepted')}
      ${this.choose({
        label: this.t('ui.own_ratings.choose'),
        accept: ['.zip', 'application/zip', ...new Set(endings)].join(),
        multiple: true,
      })}
      ${this.hint('ui.export.private')} ${this.reading(this.t('ui.own_ratings.reading'))}
      ${own?.kind === 'ratings' ? this.inUse(own) : nothing}`,
    );
  }

  protected override open(files: PlacedFile[]): Promise<void> {
    return takeFiles(this.session, nameOf(files), files);
  }

  private inUse(own: Ratings): TemplateResult {
    const { file, format, ratings, users, films, rated_films, from, to, genres, women, occupations } = own;
    const share = (100 * ratings) / (users * films);
    const counts = {
      ratings,
      users,
      films,
      rated: rated_films,
      genres,
      occupations,
      women,
      men: users - women,
    };
    const fill = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, this.count(count)]));
    return html`<p class="name">
        ${this.t('ui.own_ratings.in_use', { file, format, ...fill, from: this.day(from), to: this.day(to) })}
      </p>
      <p>${this.t('ui.own_ratings.sparse', { share: this.number(share, 3) })}</p>
      <p>${this.t('ui.own_ratings.known', fill)}</p>
      ${this.back(this.t('ui.own_ratings.back'))}`;
  }

  private day(seconds: number): string {
    const format = new Intl.DateTimeFormat(this.language.code === 'zh' ? 'zh-CN' : 'en', {
      dateStyle: 'medium',
      timeZone: 'UTC',
    });
    return format.format(seconds * 1000);
  }
}

define('ember-own-ratings', EmberOwnRatings);
