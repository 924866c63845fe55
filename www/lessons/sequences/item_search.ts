/** A search over the items of a lab, by their titles and tags. */

import { html, nothing, type TemplateResult } from 'lit';
import type { LabPart } from '../../lab/part.js';
import '../../looks/titles/title_search.js';
import type { TitleChoice } from '../../looks/titles/title_search.js';
import type { ItemBook } from './item_book.js';
import './item_pictures.js';

/** The field; `take` is called with the number of the item that was chosen. */
export function itemSearch(
  part: LabPart,
  book: ItemBook,
  label: string,
  take: (item: number) => void,
): TemplateResult {
  const { language, session } = part;
  return html`<ember-title-search
    .titles=${book.items.map((_, item) => book.title(item, language))}
    .finder=${(typed: string, most: number) => book.find(typed, language, most)}
    .sign=${(item: number) =>
      book.items[item]?.picture
        ? html`<ember-item-chip .session=${session} .item=${item} plain></ember-item-chip>`
        : nothing}
    .language=${language}
    .label=${label}
    @title-choice=${({ detail }: TitleChoice) => take(detail)}
  ></ember-title-search>`;
}
