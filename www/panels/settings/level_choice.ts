/** `<ember-level-choice>`: how many settings stand open. */

import { css, html, type TemplateResult } from 'lit';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LEVELS } from '../../lab/level.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';

export class EmberLevelChoice extends LabPart {
  static override topics: readonly Topic[] = ['level'];
  static override styles = [
    shared,
    css`
      fieldset {
        display: flex;
        flex-wrap: wrap;
        border: 0;
        margin: 0 0 0.75rem;
        padding: 0;
        min-width: 0;
      }
      label {
        flex: 1 1 auto;
        display: flex;
        justify-content: center;
        align-items: center;
        min-height: 2.25rem;
        padding: 0.25rem 0.5rem;
        border: 1px solid var(--lab-border);
        margin-inline-start: -1px;
        cursor: pointer;
        font-size: 0.9375rem;
        position: relative;
      }
      label:first-of-type {
        border-start-start-radius: 0.375rem;
        border-end-start-radius: 0.375rem;
        margin-inline-start: 0;
      }
      label:last-of-type {
        border-start-end-radius: 0.375rem;
        border-end-end-radius: 0.375rem;
      }
      label:has(:checked) {
        box-shadow: inset 0 -3px var(--lab-accent);
        border-color: var(--lab-accent);
        font-weight: 600;
        z-index: 1;
      }
      label:focus-within:has(:focus-visible) {
        outline: 3px solid var(--lab-focus);
        outline-offset: 2px;
        z-index: 2;
      }
      input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        opacity: 0;
        cursor: pointer;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        label {
          min-height: 2.75rem;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<fieldset>
      <legend class="visually-hidden">${this.t('ui.settings.level')}</legend>
      ${LEVELS.map(
        (level) =>
          html`<label
            ><input
              type="radio"
              name="level"
              .checked=${level === this.session.level}
              @change=${() => this.session.chooseLevel(level)}
            />${this.t(`ui.settings.levels.${level}`)}</label
          >`,
      )}
    </fieldset>`;
  }
}

define('ember-level-choice', EmberLevelChoice);
