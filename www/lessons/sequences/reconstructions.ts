/** `<ember-reconstructions>`: pictures of some items, and under each what the auto-encoder of pictures makes of it. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import '../../kit/picture.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { StillAnswer } from '../../lab/still.js';
import type { Topic } from '../../lab/topics.js';
import { itemBook } from './item_book.js';
import { imageOfRgba } from './picture_shelf.js';

interface Pair {
  title: string;
  picture: ImageData;
  again: ImageData;
}

/** CSS pixels across: twice a picture's own. */
const SIDE = 64;

export class EmberReconstructions extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      ul {
        list-style: none;
        margin: 0 0 0.5rem;
        padding: 0;
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
      }
      li {
        display: grid;
        gap: 0.25rem;
      }
    `,
  ];

  /** Numbers of the items. */
  @property({ attribute: false }) items: readonly number[] = [];

  private readonly answer = new StillAnswer(
    this,
    () => (this.items.length > 0 ? this.items.join() : null),
    () => this.ask(),
  );

  protected override render(): TemplateResult | typeof nothing {
    const pairs = this.answer.value;
    if (!pairs || pairs.length === 0) return nothing;
    return html`<div>
      <h4>${this.t('ui.codes.again.title')}</h4>
      <ul>
        ${pairs.map(
          ({ picture, again, title }) =>
            html`<li>
              <ember-picture
                .picture=${picture}
                .width=${SIDE}
                .label=${this.t('ui.codes.again.picture', { title })}
              ></ember-picture>
              <ember-picture
                .picture=${again}
                .width=${SIDE}
                .label=${this.t('ui.codes.again.drawn', { title })}
              ></ember-picture>
            </li>`,
        )}
      </ul>
      ${this.hint('ui.codes.again.about')}
    </div>`;
  }

  private async ask(): Promise<Pair[]> {
    const { session } = this;
    const items = [...this.items];
    const [book, { pictures, again }] = await Promise.all([
      itemBook(session),
      session.inspect('sequences', 'item_pictures', { items, again: true }),
    ]);
    return items.flatMap((item, place) => {
      const [one, other] = [pictures[place], again[place]];
      if (!one || !other) return [];
      return [
        { title: book.title(item, this.language), picture: imageOfRgba(one), again: imageOfRgba(other) },
      ];
    });
  }
}

define('ember-reconstructions', EmberReconstructions);
