/** `<ember-ask>`: asking the model about a user, about the reader, and about films that are alike. */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { oneOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import '../../looks/untrained.js';
import './ask_nearest.js';
import './ask_self.js';
import './ask_user.js';

const TABS = ['user', 'self', 'nearest'] as const;

export class EmberAsk extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      /* Lists stand beside what they come from. */
      :host {
        --card-room: 100%;
      }
    `,
  ];

  @state() private tab: (typeof TABS)[number] = 'user';

  protected override render(): TemplateResult {
    if (!this.session.opened) return this.card('predict', this.hint('ui.ask.before'));
    return this.card(
      'predict',
      html`<ember-tabs
        .tabs=${TABS.map((id) => ({ id, label: this.t(`ui.ask.tabs.${id}`) }))}
        .chosen=${this.tab}
        .label=${this.t('ui.ask.title')}
        @tab-change=${({ detail }: TabChange) => (this.tab = oneOf(TABS, detail))}
        ><ember-untrained .session=${this.session} says="ui.ask.untrained"></ember-untrained>
        ${this.shown()}</ember-tabs
      >`,
    );
  }

  private shown(): TemplateResult {
    const { session } = this;
    switch (this.tab) {
      case 'user':
        return html`<ember-ask-user .session=${session}></ember-ask-user>`;
      case 'self':
        return html`<ember-ask-self .session=${session}></ember-ask-self>`;
      case 'nearest':
        return html`<ember-ask-nearest .session=${session}></ember-ask-nearest>`;
    }
  }
}

define('ember-ask', EmberAsk);
