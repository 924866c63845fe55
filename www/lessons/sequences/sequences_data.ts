/** `<ember-sequences-data>`: what is learned from: histories, how long and how they are split, what lies behind them, and the items. */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Data, SignalsShown } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { oneOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { barsStyles, barTable } from '../../looks/bars.js';
import { lengthsOf, trimmed, type Lengths } from './bars_of_lengths.js';
import { channelKey } from './channels.js';
import './history_examples.js';
import './items_by_group.js';

const VIEWS = ['lengths', 'examples', 'signals', 'items'] as const;
type View = (typeof VIEWS)[number];
/** At this strength a signal alone halves the choice, and a knob ends at twice as much. */
const STRONGEST = 2;
const SIGNALS = ['order', 'image', 'text'] as const;

export class EmberSequencesData extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    barsStyles,
    css`
      /* Nothing stands beside it, and walls of items need room. */
      :host {
        --card-room: 100%;
      }
      .source {
        border-inline-start: 4px solid var(--lab-accent);
        padding-inline-start: 0.75rem;
      }
      table.bars {
        margin-bottom: 0.5rem;
      }
      dl {
        margin: 0 0 0.75rem;
        max-width: 68ch;
      }
      dd {
        margin: 0 0 0.5rem;
      }
      dt {
        font-weight: 600;
      }
    `,
  ];

  @state() private view: View = 'lengths';
  private readonly data = new OpenedAnswer<Data>(this, () => this.session.inspect('sequences', 'data', {}));

  protected override render(): TemplateResult {
    const data = this.data.value;
    if (!data) return this.card('data', this.hint('ui.histories.before'));
    const views = VIEWS.filter((view) => view !== 'signals' || data.signals !== null || data.secret);
    const view = views.includes(this.view) ? this.view : 'lengths';
    return this.card(
      'data',
      html`<p class="source">${this.t(`ui.histories.source.${this.source}`)}</p>
        <p>${this.sizes(data)}</p>
        <p>${this.split(data)}</p>
        <ember-tabs
          .tabs=${views.map((id) => ({ id, label: this.t(`ui.histories.views.${id}`) }))}
          .chosen=${view}
          .label=${this.t('ui.histories.tabs')}
          @tab-change=${({ detail }: TabChange) => (this.view = oneOf(VIEWS, detail))}
          >${this.shown(view, data)}</ember-tabs
        >`,
    );
  }

  private get source(): 'emoji' | 'movielens' | 'own' {
    const { dataset } = this.session.opened?.settings ?? {};
    return dataset === 'movielens' || dataset === 'own' ? dataset : 'emoji';
  }

  private sizes({ users, items, taken, mean_length, longest, images, titles }: Data): string {
    const settings = this.session.opened?.settings ?? {};
    return this.t('ui.histories.sizes', {
      users: this.count(users),
      items: this.count(items),
      taken: this.count(taken),
      mean: this.number(mean_length, 2),
      longest: this.count(longest),
      images: this.t(`ui.channels.with.${channelKey(settings, 'image')}`, { count: this.count(images) }),
      texts: this.t('ui.channels.with.text', { count: this.count(titles) }),
    });
  }

  private split({ train, valid, test, unseen, cold }: Data): string {
    const fill = { train: this.count(train), valid: this.count(valid), test: this.count(test) };
    return [
      this.t('ui.histories.split', fill),
      unseen > 0 ? this.t('ui.histories.unseen', { count: this.count(unseen) }) : '',
      cold > 0 ? this.t('ui.histories.cold', { count: this.count(cold) }) : '',
    ].join('');
  }

  private shown(view: View, data: Data): TemplateResult {
    const { session } = this;
    switch (view) {
      case 'lengths':
        return this.lengths(data);
      case 'examples':
        return html`<ember-history-examples .session=${session}></ember-history-examples>`;
      case 'signals':
        return this.signals(data);
      case 'items':
        return html`<ember-items-by-group .session=${session}></ember-items-by-group>`;
    }
  }

  private lengths(data: Data): TemplateResult {
    const caption = this.t('ui.histories.views.lengths');
    const bars = lengthsOf(data).map((lengths, place) => {
      const count = data.lengths[place] ?? 0;
      return { label: this.range(lengths), count, text: this.count(count) };
    });
    return html`${barTable(caption, [this.t('ui.histories.length'), this.t('ui.histories.counted')], trimmed(bars))}
    ${this.hint(`ui.histories.about_lengths.${this.source === 'movielens' ? 'movielens' : 'other'}`)}`;
  }

  private range([from, to]: Lengths): string {
    if (to === null) return this.t('ui.histories.longer', { count: this.count(from - 1) });
    return from === to ? this.count(to) : `${this.count(from)}–${this.count(to)}`;
  }

  private signals({ signals }: Data): TemplateResult {
    if (!signals) return this.hint('ui.histories.secret');
    const bars = SIGNALS.map((name) => ({
      label: this.t(`ui.histories.signals.${name}`),
      count: signals[name],
      text: this.number(signals[name], 2),
    }));
    const heads = [this.t('ui.histories.signal'), this.t('ui.histories.strength')] as const;
    return html`${barTable(this.t('ui.histories.views.signals'), heads, bars, STRONGEST)}
      <dl>
        ${SIGNALS.map(
          (name) =>
            html`<dt>${this.t(`ui.histories.signals.${name}`)}</dt>
              <dd class="muted">${this.t(`ui.histories.about_signals.${name}`)}</dd>`,
        )}
      </dl>
      ${this.hint(this.isSilent(signals) ? 'ui.histories.silent' : 'ui.histories.knobs')}`;
  }

  private isSilent(signals: SignalsShown): boolean {
    return SIGNALS.every((name) => signals[name] === 0);
  }
}

define('ember-sequences-data', EmberSequencesData);
