/** `<ember-item-chip>`: an item by its picture and its title; the pictures of a lab, kept as long as its data stay. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import '../../kit/picture.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { dataOf } from '../../lab/data_of.js';
import { LabPart } from '../../lab/part.js';
import type { LabSession } from '../../lab/session.js';
import type { Topic } from '../../lab/topics.js';
import { itemBook, type ItemBook } from './item_book.js';
import { PictureShelf } from './picture_shelf.js';

const shelves = new WeakMap<LabSession, { data: string; shelf: PictureShelf }>();

/** The picture of an item of the lab as it is open now; null where it has none. Rejects with `EmberError`. */
export function pictureOf(session: LabSession, number: number): Promise<ImageData | null> {
  const data = dataOf(session.opened);
  let kept = shelves.get(session);
  if (kept?.data !== data) {
    const shelf = new PictureShelf((items) => session.inspect('sequences', 'item_pictures', { items }));
    kept = { data, shelf };
    shelves.set(session, kept);
  }
  return kept.shelf.of(number);
}

export class EmberItemChip extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      :host {
        display: inline-flex;
        align-items: center;
        gap: 0.375rem;
        max-width: 100%;
        vertical-align: middle;
      }
      ember-picture,
      .place {
        flex: none;
      }
      .title {
        overflow-wrap: anywhere;
      }
      .alone {
        padding: 0.125rem 0.375rem;
        border: 1px solid var(--lab-border);
        border-radius: 0.375rem;
        font-size: 0.8125rem;
        line-height: 1.25;
      }
    `,
  ];

  @property({ type: Number }) item = 0;
  /** Without its title where it has a picture; the title is then the picture's accessible name. */
  @property({ type: Boolean }) plain = false;
  /** CSS pixels across the picture: its own 32, or a multiple, so that it stays sharp. */
  @property({ type: Number }) side = 32;
  @state() private book: ItemBook | null = null;
  /** The latest picture, and whose it is. */
  @state() private picture: { item: number; image: ImageData | null } | null = null;
  /** What was asked for last, so that no answer comes too late. */
  private turn = 0;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('item') || changed.has('session')) void this.fetch();
  }

  protected override topicChanged(): void {
    super.topicChanged();
    if (this.session.opened) void this.fetch();
  }

  protected override render(): TemplateResult {
    const { book, item, side } = this;
    const title = book?.title(item, this.language) ?? '';
    if (!book?.items[item]?.picture) return html`<span class="alone title">${title}</span>`;
    // One item's picture never stands beside the title of another; its place is kept until it comes.
    const image = this.picture?.item === item ? this.picture.image : null;
    return html`${
      image
        ? html`<ember-picture
            .picture=${image}
            .width=${side}
            .label=${this.plain ? title : ''}
          ></ember-picture>`
        : html`<span class="place" ${styled({ width: `${side}px`, height: `${side}px` })}></span>`
    }${this.plain && image ? nothing : html`<span class=${this.plain ? 'visually-hidden' : 'title'}>${title}</span>`}`;
  }

  private async fetch(): Promise<void> {
    const turn = ++this.turn;
    const { session, item } = this;
    try {
      const book = await itemBook(session);
      const image = book.items[item]?.picture ? await pictureOf(session, item) : null;
      if (turn !== this.turn) return;
      this.book = book;
      this.picture = { item, image };
    } catch (thrown) {
      session.report(thrown);
    }
  }
}

define('ember-item-chip', EmberItemChip);
