/** `<ember-inside>`: what the model makes of the plane of two columns, and its weights as numbers, at this step. */

import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from './define.js';
import { LabPart } from './part.js';
import './regions.js';
import { shared } from './styles.js';
import './tabs.js';
import type { TabChange } from './tabs.js';
import type { Topic } from './topics.js';
import './weights.js';

export class EmberInside extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = shared;

  @state() private view = '';

  protected override render(): TemplateResult {
    const { opened } = this.session;
    if (!opened) return this.card('inside', this.hint('ui.inside.before'));
    const views = opened.description.table ? ['regions', 'weights'] : ['weights'];
    const view = views.includes(this.view) ? this.view : views[0]!;
    return this.card(
      'inside',
      html`<ember-tabs
        .tabs=${views.map((id) => ({ id, label: this.t(`ui.inside.${id}`) }))}
        .chosen=${view}
        .label=${this.t('parts.inside')}
        @tab-change=${(event: TabChange) => (this.view = event.detail)}
      >
        ${
          view === 'regions'
            ? html`<ember-regions .session=${this.session}></ember-regions>`
            : html`<ember-weights .session=${this.session}></ember-weights>`
        }
      </ember-tabs>`,
    );
  }
}

define('ember-inside', EmberInside);
