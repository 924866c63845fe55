/** A search box over the items of a lab, by titles and tags, each with its picture. */

import { html, type TemplateResult } from 'lit';
import type { LabPart } from '../../lab/part.js';
import '../../looks/titles/title_search.js';
import type { TitleChoice } from '../../looks/titles/title_search.js';
import { words } from '../../kit/words.js';
import type { ItemBook } from './item_book.js';
import './item_pictures.js';

/** The box; `take` is handed the number of an item. */
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
        : ''}
    .language=${language}
    .label=${words(language, label)}
    @title-choice=${({ detail }: TitleChoice) => take(detail)}
  ></ember-title-search>`;
}
