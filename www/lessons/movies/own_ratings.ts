/** `<ember-own-ratings>`: takes ml-1m or ml-100k as the reader fetched it, shows what was read, and gives it back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { OwnDescription } from '../../generated/engine.js';
import { define } from '../../kit/define.js';
import '../../kit/file_drop.js';
import type { EntriesDropped, FilesTaken } from '../../kit/file_drop.js';
import { filesOfEntries, nameOf, placedFiles, type PlacedFile } from '../../kit/folder.js';
import { shared } from '../../kit/styles.js';
import { takeFiles } from '../../lab/files.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';

type Ratings = Extract<OwnDescription, { kind: 'ratings' }>;

export class EmberOwnRatings extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      ember-file-drop {
        margin-bottom: 0.75rem;
      }
      .name {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @state() private busy = false;

  protected override render(): TemplateResult | typeof nothing {
    const { accepts, own } = this.session.opened?.description ?? {};
    if (accepts?.kind !== 'ratings') return nothing;
    const endings = accepts.files.map((name) => name.slice(name.lastIndexOf('.')));
    return html`<section class="card" part="card" aria-labelledby="heading">
      <h3 id="heading">${this.t('ui.own_ratings.title')}</h3>
      ${this.hint('ui.own_ratings.accepted')}
      <ember-file-drop
        label=${this.t('ui.own_ratings.choose')}
        accept=${['.zip', 'application/zip', ...new Set(endings)].join()}
        multiple
        folders
        ?disabled=${this.unavailable}
        @files-taken=${({ detail }: FilesTaken) => this.take(Promise.resolve(placedFiles(detail)))}
        @entries-dropped=${({ detail }: EntriesDropped) => this.take(filesOfEntries(detail))}
      ></ember-file-drop>
      ${this.hint('ui.export.private')}
      <div role="status">${this.busy ? html`<p>${this.t('ui.own_ratings.reading')}</p>` : nothing}</div>
      ${this.busy ? this.progress() : nothing} ${own?.kind === 'ratings' ? this.inUse(own) : nothing}
    </section>`;
  }

  /** While ratings are being read, and where the page's author has fixed the data. */
  private get unavailable(): boolean {
    return this.busy || this.session.options.lock.includes('dataset');
  }

  /** How much is unpacked. */
  private progress(): TemplateResult | typeof nothing {
    const { loading } = this.session;
    if (loading?.unit !== 'unpacked' || loading.total === 0) return nothing;
    const { loaded, total, file = '' } = loading;
    const [done, all] = [loaded, total].map((bytes) => this.count(bytes / 1024));
    const label = this.t('ui.run.unpacked', { file, loaded: done, total: all });
    return html`<p class="name">
      <progress value=${loaded} max=${total} aria-label=${this.t('ui.run.unpacked_label')}></progress>
      ${label}
    </p>`;
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
      <button type="button" ?disabled=${this.unavailable} @click=${() => this.act(this.session.own.drop())}>
        ${this.t('ui.own_ratings.back')}
      </button>`;
  }

  private day(seconds: number): string {
    const format = new Intl.DateTimeFormat(this.language.code === 'zh' ? 'zh-CN' : 'en', {
      dateStyle: 'medium',
      timeZone: 'UTC',
    });
    return format.format(seconds * 1000);
  }

  private take(files: Promise<PlacedFile[]>): void {
    this.act(files.then((found) => takeFiles(this.session, nameOf(found), found)));
  }

  private act(work: Promise<void>): void {
    this.busy = true;
    work.catch((thrown: unknown) => this.session.report(thrown)).finally(() => (this.busy = false));
  }
}

define('ember-own-ratings', EmberOwnRatings);
