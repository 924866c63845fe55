/** `<ember-figure-share>`: the address of one figure with the settings in force, and the lines that embed it alone. */

import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { frameLine, pageAddress, scriptLines } from './lines.js';

export class EmberFigureShare extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      ember-copy {
        margin-bottom: 1rem;
      }
    `,
  ];

  /** The look or part that the figure shows. */
  @property() name = '';
  /** The `id` of its place in the page. */
  @property() anchor = '';

  protected override render(): TemplateResult {
    const { session, name } = this;
    const entry = (label: string, text: string): TemplateResult =>
      html`<h4>${label}</h4>
        <ember-copy .text=${text} .label=${label} .language=${this.language}></ember-copy>`;
    return html`${entry(this.t('ui.text.share_link'), pageAddress(session, this.anchor))}
    ${entry(this.t('ui.share.embed'), scriptLines(session, name))}
    ${entry(this.t('ui.share.frame'), frameLine(session, name))}`;
  }
}

define('ember-figure-share', EmberFigureShare);
