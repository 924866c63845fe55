/** `<ember-modality-codes>`: what pictures and words became: clusters as walls, how they were learned, and what sharing does. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { CodesShown, ModalityShown } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { oneOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tabs.js';
import type { TabChange } from '../../kit/tabs.js';
import { LabPart } from '../../lab/part.js';
import { StillAnswer } from '../../lab/still.js';
import type { Topic } from '../../lab/topics.js';
import { barsStyles, barTable } from '../../looks/bars.js';
import { CHANNELS, channelKey, type Channel } from './channels.js';
import { bySize, examplesOf, sizesOf } from './cluster_facts.js';
import { codesOf } from './code_faces.js';
import { codeText, nodeText } from './graph_words.js';
import { namesOf, type Names } from './names.js';
import './item_wall.js';
import './loss_curves.js';
import './reconstructions.js';

const VIEWS = [...CHANNELS, 'graphs'] as const;
type View = (typeof VIEWS)[number];
/** Pictures that are drawn once more. */
const DRAWN_AGAIN = 8;

interface Answered {
  codes: CodesShown;
  names: Names;
}

export class EmberModalityCodes extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    barsStyles,
    css`
      .walls {
        list-style: none;
        margin: 0 0 1rem;
        padding: 0;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
        gap: 0.75rem;
      }
      .walls > li {
        border: 1px solid var(--lab-grid);
        border-radius: 0.375rem;
        padding: 0.5rem;
        min-width: 0;
      }
      h4 small {
        font-weight: 400;
        color: var(--lab-muted);
        white-space: nowrap;
      }
      .learned {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: 1rem 2rem;
      }
      .learned > * {
        min-width: 0;
      }
    `,
  ];

  @state() private view: View = 'image';
  private readonly answer = new StillAnswer<Answered | null>(
    this,
    () => 'codes',
    () => this.ask(),
  );

  protected override render(): TemplateResult {
    const { value } = this.answer;
    if (!value) return html`${this.hint('ui.codes.intro')}${this.hint('ui.codes.before')}`;
    return html`${this.hint('ui.codes.intro')}
      <ember-tabs
        .tabs=${VIEWS.map((id) => ({ id, label: this.t(`ui.codes.views.${this.keyOf(id)}`) }))}
        .chosen=${this.view}
        .label=${this.t('ui.codes.tabs')}
        @tab-change=${({ detail }: TabChange) => (this.view = oneOf(VIEWS, detail))}
      >
        ${this.view === 'graphs' ? this.graphs(value.codes) : this.modality(value, this.view)}
      </ember-tabs>`;
  }

  private async ask(): Promise<Answered | null> {
    const [codes, names] = await Promise.all([codesOf(this.session), namesOf(this.session)]);
    return codes && { codes, names };
  }

  /** The key of words about a view: films have genres in place of pictures. */
  private keyOf(view: View): string {
    return view === 'graphs' ? view : channelKey(this.session.opened?.settings ?? {}, view);
  }

  private modality({ codes, names }: Answered, channel: Channel): TemplateResult {
    const of = codes[channel];
    return html`${this.facts(of, channel)}
      ${
        of.clusters.length === 0
          ? nothing
          : html`<ul class="walls" role="list">
              ${bySize(of)
                .filter((cluster) => of.clusters[cluster]!.length > 0)
                .map((cluster) => this.wall(of, channel, cluster, names))}
            </ul>`
      }
      <div class="learned">
        <ember-loss-curves
          .session=${this.session}
          .losses=${of.losses}
          .pictures=${channel === 'image' ? codes.picture_losses : []}
        ></ember-loss-curves>
        ${
          channel === 'image' && codes.picture_losses.length > 0
            ? html`<ember-reconstructions
                .session=${this.session}
                .items=${this.examples(of)}
              ></ember-reconstructions>`
            : nothing
        }
      </div>`;
  }

  private facts(of: ModalityShown, channel: Channel): TemplateResult {
    const sizes = sizesOf(of);
    const { same_group, same_group_by_chance, without, columns } = of;
    const code = this.t(`ui.channels.codes.${this.keyOf(channel)}`);
    if (!sizes) return html`<p>${this.t('ui.codes.features', { columns: this.count(columns) })}</p>`;
    return html`<p>
        ${this.t(`ui.codes.made.${this.keyOf(channel)}`, { columns: this.count(columns) })}
        ${this.t('ui.codes.sizes', {
          clusters: this.count(sizes.clusters),
          smallest: this.count(sizes.smallest),
          largest: this.count(sizes.largest),
        })}
        ${sizes.empty > 0 ? this.t('ui.codes.empty', { count: this.count(sizes.empty) }) : nothing}
        ${without > 0 ? this.t('ui.codes.without', { count: this.count(without), code }) : nothing}
      </p>
      ${
        same_group === null || same_group_by_chance === null
          ? nothing
          : html`<p>
              ${this.t('ui.codes.same_group', {
                share: this.number(100 * same_group, 2),
                chance: this.number(100 * same_group_by_chance, 2),
                times: this.number(same_group / same_group_by_chance, 2),
              })}
            </p>`
      }`;
  }

  private wall(of: ModalityShown, channel: Channel, cluster: number, names: Names): TemplateResult {
    const items = of.clusters[cluster]!;
    const name =
      channel === 'text'
        ? nodeText(this.language, names, { kind: channel, number: cluster })
        : codeText(this.language, names, channel, cluster);
    const isPictured = channel === 'image' && names.book.items[items[0] ?? 0]?.picture === true;
    return html`<li>
      <h4>
        ${name}
        <small
          >${this.t(items.length === 1 ? 'ui.codes.one_item' : 'ui.codes.items', { count: this.count(items.length) })}</small
        >
      </h4>
      <ember-item-wall
        .session=${this.session}
        .items=${items}
        .label=${name}
        .first=${isPictured ? 20 : 6}
        ?plain=${isPictured}
      ></ember-item-wall>
    </li>`;
  }

  /** Items whose pictures are drawn once more; of one list, so that they are not asked for anew. */
  private examples(of: ModalityShown): readonly number[] {
    let known = this.chosen.get(of);
    if (!known) {
      known =
        of.clusters.length > 0
          ? examplesOf(of, DRAWN_AGAIN)
          : of.codes.slice(0, DRAWN_AGAIN).map((_, item) => item);
      this.chosen.set(of, known);
    }
    return known;
  }

  private readonly chosen = new WeakMap<ModalityShown, readonly number[]>();

  private graphs({ graphs }: CodesShown): TemplateResult {
    const { steps, nodes, edges, shared, repeated } = graphs;
    const bar = (name: string, count: number): { label: string; count: number; text: string } => ({
      label: this.t(`ui.codes.graphs.${name}`),
      count,
      text: this.number(count, 3),
    });
    const heads = [this.t('ui.codes.graphs.what'), this.t('ui.codes.graphs.count')] as const;
    return html`<p>${this.t('ui.codes.graphs.about', { steps: this.number(steps, 3) })}</p>
      ${barTable(this.t('ui.codes.views.graphs'), heads, [bar('most', 3 * steps), bar('nodes', nodes)])}
      <p>
        ${this.t('ui.codes.graphs.sharing', {
          shared: this.number(shared, 2),
          repeated: this.number(repeated, 2),
          missing: this.number(3 * steps - nodes, 2),
        })}
        ${this.t('ui.codes.graphs.edges', {
          edges: this.number(edges, 3),
          each: this.number(edges / Math.max(nodes, 1), 2),
        })}
      </p>
      ${this.hint('ui.codes.graphs.try')}`;
  }
}

define('ember-modality-codes', EmberModalityCodes);
