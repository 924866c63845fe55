/** `<ember-inside>`: the looks inside that a lesson offers for its model, at this very step, one tab for each. */

import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import type { LessonEntry } from '../lesson_entry.js';
import { FetchedLooks } from './fetched_looks.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import type { Topic } from '../../lab/topics.js';

export class EmberInside extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      :host([wide]) {
        --card-room: 100%;
      }
    `,
  ];

  /** Whether the views need the whole width of the lab. */
  @property({ type: Boolean, reflect: true }) wide = false;
  @property({ attribute: false }) entry: LessonEntry | null = null;
  @state() private view = '';
  private readonly looks = new FetchedLooks(this);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.wide = this.session.opened?.description.inside.some((id) => this.entry?.looks[id]?.wide) ?? false;
  }

  protected override render(): TemplateResult {
    const { entry } = this;
    const { opened } = this.session;
    const views = opened?.description.inside.filter((id) => entry && Object.hasOwn(entry.looks, id)) ?? [];
    // For a moment the entry may still be that of the lesson before.
    if (!entry || views.length === 0) return this.card('inside', this.hint('ui.inside.before'));
    const view = views.includes(this.view) ? this.view : views[0]!;
    return this.card(
      'inside',
      html`<ember-tabs
        .tabs=${views.map((id) => ({ id, label: this.t(`ui.inside.${id}`) }))}
        .chosen=${view}
        .label=${this.t('parts.inside')}
        @tab-change=${this.onTab}
      >
        ${this.looks.draw(view, entry.looks[view]!, this.session)}
      </ember-tabs>`,
    );
  }

  private readonly onTab = (event: TabChange): void => {
    this.view = event.detail;
    this.looks.forget();
  };
}

define('ember-inside', EmberInside);
