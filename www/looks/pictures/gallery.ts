/** `<ember-gallery>`: the pictures that are learned from: how many of each class there are, and a page of them. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { oneOf } from '../../kit/events.js';
import { LabPart } from '../../lab/part.js';
import { pictureGrid, pictureGridStyles } from '../../kit/picture_grid.js';
import {
  askForPictures,
  PICTURE_SPLITS,
  type LabelledPicture,
  type Pictures,
  type PicturesPage,
  type PicturesQuestion,
  type PictureSplit,
} from './pictures_data.js';
import { StillAnswer } from '../../lab/still.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { classText } from '../rows/table_data.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import type { Topic } from '../../lab/topics.js';

/** Pictures of a page, about: four by four, as in the document. */
const PAGE = 16;

const ORDERS = ['classes', 'order'] as const;

/** A page as it came, with what it was asked by: the buttons are ahead of it for a moment. */
interface Shown {
  page: PicturesPage;
  question: PicturesQuestion;
}

export class EmberGallery extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    pictureGridStyles,
    css`
      table {
        margin-bottom: 0.75rem;
      }
      .order {
        margin-bottom: 0.75rem;
      }
    `,
  ];

  @state() private split: PictureSplit = 'train';
  @state() private order: (typeof ORDERS)[number] = 'classes';
  @state() private page = 0;

  private readonly shown = new StillAnswer<Shown>(
    this,
    () => (this.session.opened?.description.pictures ? JSON.stringify(this.asked()) : null),
    async () => {
      const question = this.asked();
      return { question, page: await askForPictures(this.session, question) };
    },
  );

  /** Which pictures the page number counts in. */
  private counted = '';

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const pictures = JSON.stringify(this.session.opened?.description.pictures ?? null);
    if (pictures !== this.counted) this.page = 0;
    this.counted = pictures;
  }

  protected override render(): TemplateResult {
    const pictures = this.session.opened?.description.pictures;
    if (!pictures) return this.card('data', this.hint('ui.gallery.before'));
    const shown = this.shown.value;
    return this.card(
      'data',
      html`${this.intro(pictures)}
      ${
        shown
          ? html`${this.counts(pictures, shown.page)}
              <ember-tabs
                .tabs=${PICTURE_SPLITS.map((id) => ({ id, label: this.t(`splits.${id}`) }))}
                .chosen=${this.split}
                .label=${this.t('ui.gallery.parts')}
                @tab-change=${(event: TabChange) => this.turnTo(oneOf(PICTURE_SPLITS, event.detail), this.order)}
              >
                ${this.orders()} ${this.grid(pictures, shown)}
              </ember-tabs>`
          : this.hint('ui.gallery.asking')
      }`,
    );
  }

  private intro({ train, test, width, height, channels, origin, own_name }: Pictures): TemplateResult {
    return html`<p class="muted">
      ${this.t('ui.gallery.intro', { train: this.count(train), test: this.count(test), width, height })}
      ${this.t(channels === 1 ? 'ui.gallery.grey' : 'ui.gallery.colour')} ${this.t(`origins.${origin}`)}
      ${own_name === null ? nothing : this.t('ui.gallery.own', { name: own_name })}
    </p>`;
  }

  /** How many of each class there are in each part. */
  private counts({ classes }: Pictures, { counts }: PicturesPage): TemplateResult {
    const all = classes.map((_, label) => counts.train[label]! + counts.test[label]!);
    const sum = (column: readonly number[]): number => column.reduce((total, count) => total + count, 0);
    const columns = [counts.train, counts.test, all];
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.gallery.counts')}>
      <table ${stacking()}>
        <caption class="visually-hidden">
          ${this.t('ui.gallery.counts')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.data.class')}</th>
            ${PICTURE_SPLITS.map((part) => html`<th scope="col">${this.t(`splits.${part}`)}</th>`)}
            <th scope="col">${this.t('ui.data.all')}</th>
          </tr>
        </thead>
        <tbody>
          ${classes.map(
            (name, label) =>
              html`<tr>
                <th scope="row">${classText(this.language, name)}</th>
                ${columns.map((column) => html`<td>${this.count(column[label]!)}</td>`)}
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${this.t('ui.data.all')}</th>
            ${columns.map((column) => html`<td>${this.count(sum(column))}</td>`)}
          </tr>
        </tfoot>
      </table>
    </div>`;
  }

  private orders(): TemplateResult {
    return html`<div class="row order" role="radiogroup" aria-label=${this.t('ui.gallery.order_label')}>
      ${ORDERS.map(
        (order) =>
          html`<label class="choice"
            ><input
              type="radio"
              name="order"
              .checked=${order === this.order}
              @change=${() => this.turnTo(this.split, order)}
            />${this.t(`ui.gallery.orders.${order}`)}</label
          >`,
      )}
    </div>`;
  }

  private grid(pictures: Pictures, { page, question }: Shown): TemplateResult {
    const last = Math.max(0, this.pages(pictures, page) - 1);
    return html`<div aria-live="polite">
        ${page.pictures.length === 0 ? this.hint('ui.gallery.empty') : nothing}
        ${pictureGrid(page.pictures.map((picture) => this.told(pictures, question, picture)))}
      </div>
      <div class="row">
        <button type="button" ?disabled=${this.page === 0} @click=${() => (this.page -= 1)}>
          ← ${this.t('ui.gallery.previous')}
        </button>
        <span>${this.t('ui.gallery.page', { page: this.page + 1, pages: last + 1 })}</span>
        <button type="button" ?disabled=${this.page >= last} @click=${() => (this.page += 1)}>
          ${this.t('ui.gallery.next')} →
        </button>
      </div>`;
  }

  private told(
    { classes }: Pictures,
    { split }: PicturesQuestion,
    picture: LabelledPicture,
  ): { picture: LabelledPicture; label: string; caption: unknown } {
    const name = classText(this.language, classes[picture.label]!);
    const number = this.count(picture.index + 1);
    return {
      picture,
      label: this.t('ui.gallery.picture', { split: this.t(`splits.${split}`), number, class: name }),
      caption: html`${name} <span class="more">${picture.origin || `№ ${number}`}</span>`,
    };
  }

  private asked(): PicturesQuestion {
    const each = this.ofEachClass(this.session.opened!.description.pictures!);
    return { split: this.split, order: this.order, from: this.page * each.page, count: each.page };
  }

  /** Pictures of each class on a page, and of the page. */
  private ofEachClass({ classes }: Pictures): { each: number; page: number } {
    if (this.order === 'order') return { each: 1, page: PAGE };
    const each = Math.max(1, Math.round(PAGE / classes.length));
    return { each, page: each * classes.length };
  }

  private pages(pictures: Pictures, { counts, total }: PicturesPage): number {
    const { each, page } = this.ofEachClass(pictures);
    const longest = this.order === 'order' ? total / page : Math.max(...counts[this.split]) / each;
    return Math.ceil(longest);
  }

  private turnTo(split: PictureSplit, order: (typeof ORDERS)[number]): void {
    this.split = split;
    this.order = order;
    this.page = 0;
  }
}

define('ember-gallery', EmberGallery);
