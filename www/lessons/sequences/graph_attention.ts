/** `<ember-graph-attention>`: what one node attends to, and its gate; every edge can be taken away or changed from here. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { EdgeShown, GraphShown, NodeName } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { selectOf } from '../../kit/events.js';
import { styled } from '../../kit/styled.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { lengthStyles } from '../../looks/bars.js';
import './item_pictures.js';
import { nodeText, relationText } from './graph_words.js';
import type { Names } from './names.js';
import { nodeKey, nodeName, relationColor, sameNode, WITHIN } from './relations.js';
import type { Cut, Hand, Turned } from './hand.js';

/** Sent as `edge-relate` with another relation, and as `edge-toggle` with an edge that is to go or to come back. */
export type EdgeChange = CustomEvent<Turned | Cut>;

export class EmberGraphAttention extends LabPart {
  static override styles = [
    shared,
    lengthStyles,
    css`
      table {
        width: 100%;
      }
      th,
      td {
        padding: 0.1875rem 0.25rem;
        vertical-align: middle;
        text-align: start;
      }
      tbody th {
        min-width: 6rem;
        font-weight: 400;
        overflow-wrap: break-word;
      }
      td.edge {
        width: 54%;
      }
      .figure {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        white-space: nowrap;
      }
      /* Figures stand under one another. */
      .figure span {
        min-width: 3.5rem;
        text-align: end;
      }
      .figure div {
        flex: 1 1 auto;
      }
      .between {
        background: var(--lab-good);
      }
      .gone {
        color: var(--lab-muted);
      }
      .sign {
        display: inline-block;
        width: 0.75rem;
        height: 0.75rem;
        margin-inline-end: 0.25rem;
        border-radius: 2px;
      }
      .named {
        display: flex;
        gap: 0.375rem;
        align-items: center;
      }
      .named ember-item-chip {
        flex: none;
      }
      td button {
        min-width: 2.25rem;
      }
      td button,
      td select {
        max-width: 100%;
        padding-inline: 0.25rem;
        font-size: 0.875rem;
      }
    `,
  ];

  @property({ attribute: false }) shown!: GraphShown;
  @property({ attribute: false }) hand!: Hand;
  @property({ attribute: false }) names!: Names;
  /** Whose attention. */
  @property({ attribute: false }) node!: NodeName;

  /** The neighbour to which the edge was just taken away or put back, until that is shown. */
  private toggled: { other: string; wasCut: boolean } | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = changed.get('node');
    if (before && !sameNode(before, this.node)) this.toggled = null;
  }

  /** The button that was pressed goes with its row: the one that undoes it gets the focus. */
  protected override updated(): void {
    const { toggled } = this;
    if (!toggled || this.cuts.some((cut) => nodeKey(this.otherEnd(cut)) === toggled.other) === toggled.wasCut)
      return;
    this.toggled = null;
    const buttons = [...this.renderRoot.querySelectorAll('button')];
    buttons.find(({ dataset }) => dataset['other'] === toggled.other)?.focus();
  }

  protected override render(): TemplateResult {
    const { shown, node } = this;
    const at = shown.nodes.findIndex((other) => sameNode(other, node));
    const name = nodeText(this.language, this.names, node);
    if (at < 0)
      return html`<h4>${name}</h4>
        ${this.hint('ui.graph.is_gone')}`;
    const edges = shown.edges.filter((edge) => edge.node === at);
    const hasAttention = edges.some(({ within, between }) => within !== null || between !== null);
    const title = this.t(hasAttention ? 'ui.graph.attention_of' : 'ui.graph.neighbours_of', { name });
    return html`<h4>${title}</h4>
      ${this.gate(shown.nodes[at]!.gate)}
      <div class="scroll" tabindex="0" role="region" aria-label=${title}>
        <table ${stacking()}>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.graph.neighbour')}</th>
              <th scope="col">${this.t(hasAttention ? 'ui.graph.how_much' : 'ui.graph.how')}</th>
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${edges.map((edge) => this.edge(edge))} ${this.cuts.map((cut) => this.cut(cut))}
          </tbody>
        </table>
      </div>
      ${edges.some(({ between }) => between !== null) ? this.hint('ui.graph.kinds') : nothing}`;
  }

  private gate(share: number | null): TemplateResult | typeof nothing {
    if (share === null) return nothing;
    return html`<p>
      ${this.t('ui.graph.gate', { share: this.percent(share), other: this.percent(1 - share) })}
    </p>`;
  }

  private edge(edge: EdgeShown): TemplateResult {
    const neighbour = this.shown.nodes[edge.neighbour]!;
    const isLoop = edge.node === edge.neighbour;
    const name = isLoop ? this.t('ui.graph.itself') : nodeText(this.language, this.names, neighbour);
    const bar = (of: 'within' | 'between'): TemplateResult | typeof nothing =>
      edge[of] === null
        ? nothing
        : html`<div class="figure">
            <div><div class="length ${of}" ${styled({ width: `${100 * edge[of]}%` })}></div></div>
            <span>${this.percent(edge[of])}</span>
          </div>`;
    return html`<tr>
      <th scope="row">${isLoop ? name : this.named(neighbour, name)}</th>
      <td class="edge">${this.relation(edge, neighbour, name)} ${bar('within')} ${bar('between')}</td>
      <td>
        ${
          isLoop
            ? nothing
            : html`<button
                type="button"
                data-other=${nodeKey(neighbour)}
                aria-label=${this.t('ui.graph.take_edge', { name })}
                @click=${() => this.toggle({ one: this.node, other: nodeName(neighbour), relation: edge.relation })}
              >
                ✕
              </button>`
        }
      </td>
    </tr>`;
  }

  /** A node with what it looks like; a code of pictures needs no more words then. */
  private named({ kind, number }: NodeName, name: string): TemplateResult {
    const { book, faces } = this.names;
    const item = kind === 'item' ? number : kind === 'image' ? faces.itemOf(number) : null;
    if (item === null || !book.items[item]?.picture) return html`${name}`;
    return html`<span class="named">
      <ember-item-chip .session=${this.session} .item=${item} plain aria-hidden="true"></ember-item-chip>
      ${kind === 'image' ? this.t('ui.channels.code.image', { number }) : name}
    </span>`;
  }

  private relation({ relation }: EdgeShown, neighbour: NodeName, name: string): TemplateResult {
    const background = relationColor(this.dark, relation) ?? 'var(--lab-muted)';
    const sign = html`<span class="sign" aria-hidden="true" ${styled({ background })}></span>`;
    const isFree = WITHIN.some((other) => other === relation);
    if (!isFree) return html`${sign}${relationText(this.language, this.names, relation)}`;
    return html`<span class="named"
      >${sign}<select
        aria-label=${this.t('ui.graph.relation_to', { name })}
        @change=${(event: Event) =>
          this.relate({
            one: this.node,
            other: nodeName(neighbour),
            relation: Number(selectOf(event).value),
          })}
      >
        ${WITHIN.map(
          (other) =>
            html`<option value=${other} .selected=${other === relation}>
              ${this.t(`ui.graph.short.${other}`)}
            </option>`,
        )}
      </select></span
    >`;
  }

  private cut(cut: Cut): TemplateResult {
    const other = this.otherEnd(cut);
    const name = nodeText(this.language, this.names, other);
    return html`<tr class="gone">
      <th scope="row">${name}</th>
      <td>${this.t('ui.graph.taken')}</td>
      <td>
        <button
          type="button"
          data-other=${nodeKey(other)}
          aria-label=${this.t('ui.graph.put_edge', { name })}
          @click=${() => this.toggle(cut)}
        >
          ↩
        </button>
      </td>
    </tr>`;
  }

  /** Edges of the node that were taken away. */
  private get cuts(): readonly Cut[] {
    const { hand, node } = this;
    return hand.cuts.filter(({ one, other }) => sameNode(one, node) || sameNode(other, node));
  }

  private otherEnd({ one, other }: Cut): NodeName {
    return sameNode(one, this.node) ? other : one;
  }

  private toggle(cut: Cut): void {
    const other = nodeKey(this.otherEnd(cut));
    this.toggled = { other, wasCut: this.cuts.some((known) => nodeKey(this.otherEnd(known)) === other) };
    this.dispatchEvent(new CustomEvent('edge-toggle', { detail: cut }));
  }

  private relate(turned: Turned): void {
    this.dispatchEvent(new CustomEvent('edge-relate', { detail: turned }));
  }

  private percent(share: number): string {
    // Attention that is all but none is none.
    return this.t('ui.graph.percent', { share: this.number(Math.round(1e4 * share) / 100, 3) });
  }
}

define('ember-graph-attention', EmberGraphAttention);
