/** `<ember-own-pictures>`: takes a folder or a zip of the reader's own pictures, shows what was read, and gives it back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Description, PicturesDescription } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { durationText } from '../../kit/duration.js';
import { hasPictures, nameOf, type PlacedFile } from '../../kit/folder.js';
import { takePictures } from '../../lab/files.js';
import { LiveAnswer } from '../../lab/live.js';
import { adviceOn, type CountAdvice } from './class_counts.js';
import type { PicturesPage } from './pictures_data.js';
import { formatNumber } from '../../kit/words.js';
import { OwnFilesPart } from '../own_files.js';
import { stacking } from '../../kit/stacking.js';
import { classText } from '../rows/table_data.js';

export class EmberOwnPictures extends OwnFilesPart {
  static override styles = [
    ...OwnFilesPart.styles,
    css`
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
    `,
  ];

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
    return this.titled(
      this.t('ui.own_pictures.title'),
      html`${this.hint('ui.own_pictures.accepted', { most: this.count(accepts.most) })}
      ${this.choose({
        label: this.t('ui.own_pictures.choose_zip'),
        accept: '.zip,application/zip',
        folder: this.t('ui.own_pictures.choose_folder'),
      })}
      ${this.hint('ui.export.private')}
      ${this.reading(
        this.t('ui.own_pictures.reading'),
        this.empty ? html`<p class="error">${this.t('ui.own_pictures.nothing')}</p>` : nothing,
      )}
      ${pictures.own_name === null ? nothing : this.inUse(pictures, pictures.own_name)}
      ${cost ? this.costText(cost) : nothing}`,
    );
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
        <table ${stacking()}>
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
      ${this.encodings()} ${this.back(this.t('ui.own_pictures.back'))}`;
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

  protected override open(files: PlacedFile[]): Promise<void> {
    this.empty = !hasPictures(files);
    return this.empty ? Promise.resolve() : takePictures(this.session, nameOf(files), files);
  }
}

define('ember-own-pictures', EmberOwnPictures);
