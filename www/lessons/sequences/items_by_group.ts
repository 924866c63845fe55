/** `<ember-items-by-group>`: all items, by group where they have one, with a search and what is known of a single one. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { itemBook, type ItemBook } from './item_book.js';
import { groupsOf } from './item_groups.js';
import './item_pictures.js';
import { itemSearch } from './item_search.js';
import './item_wall.js';

export class EmberItemsByGroup extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      section {
        margin-top: 0.75rem;
      }
      .found {
        border-inline-start: 4px solid var(--lab-accent);
        padding-inline-start: 0.75rem;
        margin-block: 0.75rem;
      }
      .found p {
        margin: 0.25rem 0 0;
      }
      h4 small {
        font-weight: 400;
        color: var(--lab-muted);
      }
    `,
  ];

  @state() private found: number | null = null;
  private readonly book = new OpenedAnswer<ItemBook>(
    this,
    () => itemBook(this.session),
    () => (this.found = null),
  );

  protected override render(): TemplateResult {
    const book = this.book.value;
    if (!book) return this.hint('ui.items.before');
    const cold = book.items.flatMap((item, number) => (item.cold ? [number] : []));
    return html`${itemSearch(this, book, this.t('ui.items.search'), (item) => (this.found = item))}
      <div role="status">${this.found === null ? nothing : this.about(book, this.found)}</div>
      ${cold.length > 0 ? this.wall(book, this.t('ui.items.cold'), cold) : nothing}
      ${groupsOf(book).map(([group, items]) => this.group(book, group, items))}`;
  }

  private about(book: ItemBook, number: number): TemplateResult {
    const item = book.items[number]!;
    const tags = book.tags(number, this.language);
    return html`<div class="found">
      <ember-item-chip .session=${this.session} .item=${number} .side=${64}></ember-item-chip>
      <p>
        ${this.t('ui.items.about', { id: item.id, count: this.count(item.taken) })}
        ${item.cold ? this.t('ui.items.is_cold') : nothing}
        ${item.image_missing ? this.t('ui.items.image_missing') : nothing}
        ${item.text_missing ? this.t('ui.items.text_missing') : nothing}
      </p>
      ${tags.length > 0 ? html`<p class="muted">${this.t('ui.items.tags', { tags: tags.join(', ') })}</p>` : nothing}
    </div>`;
  }

  private group(book: ItemBook, group: number | null, items: readonly number[]): TemplateResult {
    const name =
      group === null
        ? this.t('ui.items.ungrouped')
        : (this.find(`ui.items.groups.${book.groups[group]}`) ?? book.groups[group]!);
    return this.wall(book, name, items);
  }

  /** A wall; where not all of its items are new, the new ones are marked. */
  private wall(book: ItemBook, name: string, items: readonly number[]): TemplateResult {
    const cold = this.t('ui.items.cold_one');
    const isMarked = items.some((item) => !book.items[item]?.cold);
    return html`<section>
      <h4>${name} <small>${this.count(items.length)}</small></h4>
      <ember-item-wall
        .session=${this.session}
        .items=${items}
        .label=${name}
        .first=${48}
        .marked=${(item: number) => (isMarked && book.items[item]?.cold ? cold : null)}
        plain
      ></ember-item-wall>
    </section>`;
  }
}

define('ember-items-by-group', EmberItemsByGroup);
