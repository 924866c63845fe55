/** `<ember-item-wall>`: items side by side, as many as there is room to look at; more on request. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import './item_pictures.js';

/** How many more are shown at a time. */
const MORE = 60;

export class EmberItemWall extends LabPart {
  static override styles = [
    shared,
    css`
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
        display: flex;
        flex-wrap: wrap;
        gap: 0.375rem;
        align-items: center;
      }
      li {
        max-width: 100%;
        position: relative;
        line-height: 1;
      }
      li.marked {
        outline: 2px dashed var(--lab-accent);
        outline-offset: 1px;
        border-radius: 0.25rem;
      }
      button {
        margin-top: 0.25rem;
      }
    `,
  ];

  /** Numbers of the items. */
  @property({ attribute: false }) items: readonly number[] = [];
  /** Accessible name. */
  @property() label = '';
  /** Pictures without their titles. */
  @property({ type: Boolean }) plain = false;
  /** How many are shown at first. */
  @property({ type: Number }) first = 24;
  /** Items with a frame, and what that says. */
  @property({ attribute: false }) marked: (item: number) => string | null = () => null;
  @state() private more = 0;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('items')) this.more = 0;
  }

  protected override render(): TemplateResult {
    // A button for the last one or two would take their room.
    const shown =
      this.first + this.more >= this.items.length - 2 ? this.items.length : this.first + this.more;
    const left = this.items.length - shown;
    return html`<ul aria-label=${this.label || nothing}>
        ${this.items.slice(0, shown).map((item) => this.item(item))}
      </ul>
      ${
        left > 0
          ? html`<button type="button" class="quiet" @click=${() => (this.more += MORE)}>
              ${this.t('ui.wall.more', { count: this.count(left) })}
            </button>`
          : nothing
      }`;
  }

  private item(item: number): TemplateResult {
    const mark = this.marked(item);
    return html`<li class=${mark === null ? '' : 'marked'} title=${mark ?? nothing}>
      <ember-item-chip .session=${this.session} .item=${item} ?plain=${this.plain}></ember-item-chip>
      ${mark === null ? nothing : html`<span class="visually-hidden">${mark}</span>`}
    </li>`;
  }
}

define('ember-item-wall', EmberItemWall);
