/** `<ember-share>`: an address with these settings, and the lines that put this lab into another page. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { EmberError, failureOf } from '../../engine/failure.js';
import type { Settings } from '../../engine/protocol.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { LabPart } from '../../lab/part.js';
import { sameValue } from '../../lab/run.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import { Visibility } from '../../kit/visibility.js';

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
    const entry = (key: string, text: string): TemplateResult =>
      html`<h4>${this.t(`ui.share.${key}`)}</h4>
        <ember-copy
          .text=${text}
          .label=${this.t(`ui.share.${key}`)}
          .language=${this.language}
        ></ember-copy>`;
    return this.card(
      'share',
      html`${entry('address', this.address())} ${entry('embed', this.embedLines())}
      ${entry('frame', this.frameLine())}
      ${
        this.hasCard
          ? html`<ember-card .session=${this.session} .address=${this.address()}></ember-card>`
          : nothing
      }`,
    );
  }

  /** The lesson's own page with these settings. */
  private address(): string {
    return this.page('').href;
  }

  private page(file: string): URL {
    const { opened, options, base } = this.session;
    const url = new URL(`${options.lesson}/${file}`, base);
    url.searchParams.set('lang', this.language.code);
    for (const [name, value] of opened!.address) url.searchParams.set(name, value);
    url.search = url.search.replaceAll('%2C', ',');
    return url;
  }

  private embedLines(): string {
    const { opened, options, base } = this.session;
    const changed: Settings = {};
    for (const { name, default: standard } of opened!.controls) {
      const value = opened!.settings[name]!;
      if (!sameValue(value, standard)) changed[name] = value;
    }
    const config = Object.keys(changed).length > 0 ? ` config='${JSON.stringify(changed)}'` : '';
    return `<script type="module" src="${new URL('embed.js', base).href}"></script>
<ember-lab lesson="${options.lesson}" lang="${this.language.code}"${config}></ember-lab>`;
  }

  private frameLine(): string {
    const url = this.page('frame.html');
    url.searchParams.set('origin', 'https://your-site.example');
    const title = this.t('lesson.title');
    return `<iframe src="${url.href.replaceAll('&', '&amp;')}" title="${title}" width="100%" height="900"></iframe>`;
  }
}

define('ember-share', EmberShare);
