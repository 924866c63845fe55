/** `<ember-inside>`: the looks inside that a lesson offers for its model, at this very step, one tab for each. */

import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../looks/network/activations.js';
import '../../lessons/boosting/all_trees.js';
import '../../lessons/boosting/answer_curves.js';
import '../../lessons/boosting/batch_transform.js';
import '../../lessons/boosting/campaign_data.js';
import '../../lessons/iris/comparison.js';
import '../../lessons/boosting/contributions.js';
import { define } from '../../kit/define.js';
import '../../looks/network/dynamics.js';
import '../../lessons/vision/filter_bench.js';
import '../../lessons/boosting/importance.js';
import '../../lessons/vision/kernels.js';
import '../../lessons/vision/maps.js';
import { LabPart } from '../../lab/part.js';
import '../../lessons/iris/regions.js';
import '../../lessons/boosting/rules.js';
import type { LabSession } from '../../lab/session.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import type { Topic } from '../../lab/topics.js';
import '../../lessons/boosting/training_job.js';
import '../../lessons/boosting/tree_growth.js';
import '../../lessons/iris/vectors.js';
import '../../looks/network/weights.js';

/** The views by the names a lesson lists in its description. */
const VIEWS: { [id: string]: (session: LabSession) => TemplateResult } = {
  regions: (session) => html`<ember-regions .session=${session}></ember-regions>`,
  comparison: (session) => html`<ember-comparison .session=${session}></ember-comparison>`,
  vectors: (session) => html`<ember-vectors .session=${session}></ember-vectors>`,
  weights: (session) => html`<ember-weights .session=${session}></ember-weights>`,
  activations: (session) => html`<ember-activations .session=${session}></ember-activations>`,
  filter_bench: (session) => html`<ember-filter-bench .session=${session}></ember-filter-bench>`,
  dynamics: (session) => html`<ember-dynamics .session=${session}></ember-dynamics>`,
  maps: (session) => html`<ember-maps .session=${session}></ember-maps>`,
  campaign: (session) => html`<ember-campaign-data .session=${session}></ember-campaign-data>`,
  growth: (session) => html`<ember-tree-growth .session=${session}></ember-tree-growth>`,
  importance: (session) => html`<ember-importance .session=${session}></ember-importance>`,
  answers: (session) => html`<ember-answer-curves .session=${session}></ember-answer-curves>`,
  contributions: (session) => html`<ember-contributions .session=${session}></ember-contributions>`,
  trees: (session) => html`<ember-all-trees .session=${session}></ember-all-trees>`,
  rules: (session) => html`<ember-rules .session=${session}></ember-rules>`,
  batch: (session) => html`<ember-batch-transform .session=${session}></ember-batch-transform>`,
  job: (session) => html`<ember-training-job .session=${session}></ember-training-job>`,
  filters: (session) => html`<ember-kernels .session=${session}></ember-kernels>`,
};

/** Views that need more room across than half the lab. */
const WIDE: ReadonlySet<string> = new Set(['filter_bench', 'maps', 'filters', 'growth']);

export class EmberInside extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      :host([wide]) {
        grid-column: 1 / -1;
      }
    `,
  ];

  /** Whether the views need the whole width of the lab. */
  @property({ type: Boolean, reflect: true }) wide = false;
  @state() private view = '';

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.wide = this.session.opened?.description.inside.some((id) => WIDE.has(id)) ?? false;
  }

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
