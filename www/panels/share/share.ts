/** `<ember-share>`: an address with these settings, and the lines that put this lab into another page. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { EmberError, failureOf } from '../../engine/failure.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import { Visibility } from '../../kit/visibility.js';
import { frameLine, pageAddress, scriptLines } from './lines.js';

export class EmberShare extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      ember-copy {
        margin-bottom: 1rem;
      }
    `,
  ];

  /** The card is fetched when this part is first seen; a reader who looks again tries again. */
  @state() private hasCard = false;
  protected readonly visibility = new Visibility(this, (visible) => {
    if (!visible || this.hasCard) return;
    import('./card.js').then(
      () => (this.hasCard = true),
      (thrown: unknown) => this.session.report(new EmberError(failureOf(thrown, 'module_not_loaded'))),
    );
  });

  protected override render(): TemplateResult {
    if (!this.session.opened) return this.card('share', this.hint('ui.share.before'));
    const address = pageAddress(this.session);
    const entry = (key: string, text: string): TemplateResult =>
      html`<h4>${this.t(`ui.share.${key}`)}</h4>
        <ember-copy
          .text=${text}
          .label=${this.t(`ui.share.${key}`)}
          .language=${this.language}
        ></ember-copy>`;
    return this.card(
      'share',
      html`${entry('address', address)} ${entry('embed', scriptLines(this.session))}
      ${entry('frame', frameLine(this.session))}
      ${this.hasCard ? html`<ember-card .session=${this.session} .address=${address}></ember-card>` : nothing}`,
    );
  }
}

define('ember-share', EmberShare);
