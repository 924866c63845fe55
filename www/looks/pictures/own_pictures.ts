/** `<ember-own-pictures>`: takes a folder or a zip of the reader's own pictures, shows what was read, and gives it back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Description, PicturesDescription } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { durationText } from '../../kit/duration.js';
import '../../kit/file_drop.js';
import type { EntriesDropped, FilesTaken } from '../../kit/file_drop.js';
import {
  canChooseFolder,
  filesOfEntries,
  hasPictures,
  nameOf,
  placedFiles,
  type PlacedFile,
} from '../../kit/folder.js';
import { takePictures } from '../../lab/files.js';
import { LiveAnswer } from '../../lab/live.js';
import { adviceOn, type CountAdvice } from './class_counts.js';
import type { PicturesPage } from './pictures_data.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import { formatNumber } from '../../kit/words.js';
import { classText } from '../rows/table_data.js';
import type { Topic } from '../../lab/topics.js';

export class EmberOwnPictures extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      .folder {
        display: block;
        margin-top: 0.75rem;
      }
      .folder input {
        display: block;
        max-width: 100%;
        margin-top: 0.5rem;
      }
      ember-file-drop,
      .scroll {
        margin-bottom: 0.75rem;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .cost {
        margin-top: 0.75rem;
      }
      fieldset {
        border: 1px solid var(--lab-border);
        border-radius: 0.5rem;
        margin: 0 0 0.75rem;
        min-width: 0;
      }
      .encoding {
        display: block;
        padding-block: 0.25rem;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        .folder input {
          min-height: 2.75rem;
          padding-block: 0.375rem;
        }
      }
    `,
  ];

  @state() private busy = false;
  /** Whether there was no picture in what was given. */
  @state() private empty = false;

  private readonly counts = new LiveAnswer<PicturesPage>(
    this,
    () => {
      if (!this.session.opened?.description.pictures?.own_name) return null;
      return this.session.inspectAny('pictures', { split: 'train', count: 0 });
    },
    2000,
  );

  protected override render(): TemplateResult | typeof nothing {
    const { pictures, cost, accepts } = this.session.opened?.description ?? {};
    if (!pictures || accepts?.kind !== 'pictures') return nothing;
    return html`<section class="card" part="card" aria-labelledby="heading">
      <h3 id="heading">${this.t('ui.own_pictures.title')}</h3>
      ${this.hint('ui.own_pictures.accepted', { most: this.count(accepts.most) })}
      <ember-file-drop
        label=${this.t('ui.own_pictures.choose_zip')}
        accept=".zip,application/zip"
        folders
        ?disabled=${this.unavailable}
        @files-taken=${({ detail }: FilesTaken) => this.take(Promise.resolve(placedFiles(detail)))}
        @entries-dropped=${({ detail }: EntriesDropped) => this.take(filesOfEntries(detail))}
      >
        ${canChooseFolder() ? this.folderInput() : nothing}
      </ember-file-drop>
      ${this.hint('ui.export.private')}
      <div role="status">
        ${this.busy ? html`<p>${this.t('ui.own_pictures.reading')}</p>` : nothing}
        ${this.empty ? html`<p class="error">${this.t('ui.own_pictures.nothing')}</p>` : nothing}
      </div>
      ${this.busy ? this.progress() : nothing}
      ${pictures.own_name === null ? nothing : this.inUse(pictures, pictures.own_name)}
      ${cost ? this.costText(cost) : nothing}
    </section>`;
  }

  /** While pictures are being read, and where the page's author has fixed the data. */
  private get unavailable(): boolean {
    return this.busy || this.session.options.lock.includes('dataset');
  }

  /** How many of the pictures have been read. */
  private progress(): TemplateResult | typeof nothing {
    const { loading } = this.session;
    if (loading?.unit !== 'pictures' || loading.total === 0) return nothing;
    const { loaded, total } = loading;
    const label = this.t('ui.own_pictures.read_of', { loaded: this.count(loaded), total: this.count(total) });
    return html`<p><progress value=${loaded} max=${total} aria-label=${label}></progress> ${label}</p>`;
  }

  private folderInput(): TemplateResult {
    return html`<label class="folder"
      >${this.t('ui.own_pictures.choose_folder')}
      <input
        type="file"
        webkitdirectory
        ?disabled=${this.unavailable}
        @change=${(event: Event) => {
          const input = inputOf(event);
          const files = [...(input.files ?? [])];
          // Emptied, so that the same folder can be chosen again.
          input.value = '';
          if (files.length > 0) this.take(Promise.resolve(placedFiles(files)));
        }}
    /></label>`;
  }

  private inUse(pictures: PicturesDescription, name: string): TemplateResult {
    const { train, test, classes } = pictures;
    const counts = this.counts.value?.counts;
    const { picturesByBrowser } = this.session.opened!;
    const numbers = (label: number): (number | undefined)[] => [counts?.train[label], counts?.test[label]];
    return html`<p class="name">
        ${this.t('ui.own_pictures.in_use', { name, train: this.count(train), test: this.count(test) })}
      </p>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.own_pictures.counts')}>
        <table>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.own_pictures.class')}</th>
              <th scope="col">${this.t('splits.train')}</th>
              <th scope="col">${this.t('splits.test')}</th>
            </tr>
          </thead>
          <tbody>
            ${classes.map(
              (one, label) =>
                html`<tr>
                  <th scope="row" class="name">${classText(this.language, one)}</th>
                  ${numbers(label).map(
                    (number) => html`<td>${number === undefined ? '–' : this.count(number)}</td>`,
                  )}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${counts ? adviceOn(counts).map((advice) => html`<p class="name">${this.advice(classes, advice)}</p>`) : nothing}
      ${picturesByBrowser > 0 ? this.hint('ui.own_pictures.by_browser', { count: this.count(picturesByBrowser) }) : nothing}
      ${this.encodings()}
      <button type="button" ?disabled=${this.unavailable} @click=${() => this.act(this.session.own.drop())}>
        ${this.t('ui.own_pictures.back')}
      </button>`;
  }

  private advice(classes: readonly string[], advice: CountAdvice): string {
    const name = classText(this.language, classes[advice.class] ?? '');
    if (advice.key === 'few') {
      return this.t('ui.own_pictures.few', { class: name, count: this.count(advice.count) });
    }
    const [share, times] = [advice.share, advice.times].map((value) => formatNumber(this.language, value, 2));
    return this.t('ui.own_pictures.unbalanced', { class: name, share: share!, times: times! });
  }

  /** Where it is not certain what the names in a zip are written in: how each likely encoding reads them. */
  private encodings(): TemplateResult | typeof nothing {
    const names = this.session.own.doubtfulNames;
    if (!names) return nothing;
    return html`<fieldset>
      <legend>${this.t('ui.table_look.which_encoding')}</legend>
      ${names.likely.map(
        ({ encoding, sample }) =>
          html`<label class="encoding name"
            ><input
              type="radio"
              name="encoding"
              ?disabled=${this.unavailable}
              .checked=${encoding === names.encoding}
              @change=${() => this.act(this.session.own.readNamesIn(encoding))}
            />
            ${encoding.toUpperCase()}: ${sample}</label
          >`,
      )}
    </fieldset>`;
  }

  private costText(cost: NonNullable<Description['cost']>): TemplateResult {
    const seconds = (cost.milliseconds_per_step * cost.steps) / 1000;
    return html`<p class="muted cost">
      ${this.t('ui.own_pictures.cost', {
        time: durationText(this.language, seconds),
        steps: this.count(cost.steps),
        megabytes: this.count(Math.max(1, cost.training_bytes / 1e6)),
      })}
    </p>`;
  }

  private take(files: Promise<PlacedFile[]>): void {
    this.empty = false;
    this.act(
      files.then((found) => {
        if (hasPictures(found)) return takePictures(this.session, nameOf(found), found);
        this.empty = true;
        return undefined;
      }),
    );
  }

  private act(work: Promise<void>): void {
    this.busy = true;
    work.catch((thrown: unknown) => this.session.report(thrown)).finally(() => (this.busy = false));
  }
}

define('ember-own-pictures', EmberOwnPictures);
