/** A history as the model is given it: x_i = {v_i, a_i, b_i} for each step. */

import { html, nothing, type TemplateResult } from 'lit';
import type { GraphShown } from '../../generated/sequences.js';
import type { LabPart } from '../../lab/part.js';
import { words } from '../../kit/words.js';
import { channelKey } from './channels.js';
import { stacking } from '../../kit/stacking.js';
import type { ItemBook } from './item_book.js';

type Steps = GraphShown['history'];

/** A set of codes; `∅` where there is none. */
export function codeSet(codes: readonly number[]): string {
  return codes.length === 0 ? '∅' : codes.length === 1 ? String(codes[0]) : `{${codes.join(', ')}}`;
}

/** The steps as rows of a table: place, item, codes of picture and words. */
export function notation(part: LabPart, book: ItemBook, steps: Steps): TemplateResult {
  const { language, session } = part;
  const settings = session.opened?.settings ?? {};
  const say = (key: string): string => words(language, key);
  const name = (channel: 'image' | 'text'): string =>
    say(`ui.channels.codes.${channelKey(settings, channel)}`);
  const caption = say('ui.next_item.notation');
  const hasCodes = steps.some(({ images, texts }) => images.length + texts.length > 0);
  return html`<p>
      <var>x<sub>i</sub></var> = {<var>v<sub>i</sub></var
      >, <var>a<sub>i</sub></var
      >, <var>b<sub>i</sub></var
      >}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table ${stacking()}>
        <caption class="visually-hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col"><var>i</var></th>
            <th scope="col" class="left">
              <var>v<sub>i</sub></var> ${say('ui.next_item.item')}
            </th>
            <th scope="col">
              <var>a<sub>i</sub></var> ${name('image')}
            </th>
            <th scope="col">
              <var>b<sub>i</sub></var> ${name('text')}
            </th>
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            ({ item, images, texts }, place) =>
              html`<tr>
                <th scope="row">${place + 1}</th>
                <td class="left">${book.title(item, language)}</td>
                <td>${codeSet(images)}</td>
                <td>${codeSet(texts)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${hasCodes ? nothing : html`<p class="muted">${say('ui.next_item.no_codes')}</p>`}`;
}
