/** `<ember-inside>`: the looks inside that a lesson offers for its model, at this very step, one tab for each. */

import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import './activations.js';
import './comparison.js';
import { define } from './define.js';
import './dynamics.js';
import './filter_bench.js';
import { LabPart } from './part.js';
import './regions.js';
import type { LabSession } from './session.js';
import { shared } from './styles.js';
import './tabs.js';
import type { TabChange } from './tabs.js';
import type { Topic } from './topics.js';
import './vectors.js';
import './weights.js';

/** The views by the names a lesson lists in its description. */
const VIEWS: { [id: string]: (session: LabSession) => TemplateResult } = {
  regions: (session) => html`<ember-regions .session=${session}></ember-regions>`,
  comparison: (session) => html`<ember-comparison .session=${session}></ember-comparison>`,
  vectors: (session) => html`<ember-vectors .session=${session}></ember-vectors>`,
  weights: (session) => html`<ember-weights .session=${session}></ember-weights>`,
  activations: (session) => html`<ember-activations .session=${session}></ember-activations>`,
  filter_bench: (session) => html`<ember-filter-bench .session=${session}></ember-filter-bench>`,
  dynamics: (session) => html`<ember-dynamics .session=${session}></ember-dynamics>`,
};

export class EmberInside extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = shared;

  @state() private view = '';

  protected override render(): TemplateResult {
    const { opened } = this.session;
    if (!opened) return this.card('inside', this.hint('ui.inside.before'));
    const views = opened.description.inside.filter((id) => id in VIEWS);
    const view = views.includes(this.view) ? this.view : views[0]!;
    return this.card(
      'inside',
      html`<ember-tabs
        .tabs=${views.map((id) => ({ id, label: this.t(`ui.inside.${id}`) }))}
        .chosen=${view}
        .label=${this.t('parts.inside')}
        @tab-change=${(event: TabChange) => (this.view = event.detail)}
      >
        ${VIEWS[view]!(this.session)}
      </ember-tabs>`,
    );
  }
}

define('ember-inside', EmberInside);
