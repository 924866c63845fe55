/** `<ember-graph-matrix>`: the numbers of the relations, a row for each node that attends, a column for each neighbour. */

import { css, html, svg, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { GraphShown, NodeName } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { GraphLayout } from './graph_layout.js';
import { isEdge, isNode, type Picked } from './graph_pairs.js';
import { KINDS, nodeKey, nodeName, relationColor } from './relations.js';

/** Pixels of a cell, and of the heads. */
const CELL = 22;
const HEAD = 34;

export class EmberGraphMatrix extends LabPart {
  static override styles = [
    shared,
    css`
      svg {
        display: block;
      }
      text {
        fill: var(--lab-text);
        font-size: 11px;
        text-anchor: middle;
        pointer-events: none;
      }
      .head {
        fill: var(--lab-muted);
      }
      .empty {
        fill: none;
        stroke: var(--lab-grid);
      }
      .cell {
        stroke: var(--lab-surface);
        fill-opacity: 0.32;
        cursor: pointer;
      }
      .picked {
        stroke: var(--lab-focus);
        stroke-width: 2.5;
        fill-opacity: 0.6;
      }
      .border {
        stroke: var(--lab-muted);
      }
    `,
  ];

  @property({ attribute: false }) layout!: GraphLayout;
  @property({ attribute: false }) shown!: GraphShown;
  @property({ attribute: false }) picked: Picked | null = null;
  /** Whether a choice takes away at once. */
  @property({ type: Boolean }) taking = false;

  protected override render(): TemplateResult {
    const { nodes, edges } = this.shown;
    const order = this.order();
    const place = new Map(order.map((node, at) => [node, at]));
    const side = HEAD + order.length * CELL + 2;
    const label = this.t('ui.graph.matrix', { nodes: nodes.length, edges: edges.length });
    return html`<svg
      width=${side}
      height=${side}
      viewBox="0 0 ${side} ${side}"
      role="img"
      aria-label=${label}
    >
      ${order.map((node, at) => this.head(nodes[node]!, at))}
      <rect
        class="empty"
        x=${HEAD}
        y=${HEAD}
        width=${order.length * CELL}
        height=${order.length * CELL}
      ></rect>
      ${edges.map(({ node, neighbour, relation }) =>
        this.cell(
          nodeName(nodes[node]!),
          nodeName(nodes[neighbour]!),
          place.get(node)!,
          place.get(neighbour)!,
          relation,
        ),
      )}
      ${this.borders(order)}
    </svg>`;
  }

  /** Numbers of the nodes as they stand in the picture: by kind, then by their first step. */
  private order(): number[] {
    const { nodes } = this.shown;
    const x = (node: number): number => this.layout.nodes.get(nodeKey(nodes[node]!))?.x ?? 0;
    const kind = (node: number): number => KINDS.indexOf(nodes[node]!.kind);
    return nodes
      .map((_, node) => node)
      .sort((one, other) => kind(one) - kind(other) || x(one) - x(other) || one - other);
  }

  private head(name: NodeName, at: number): TemplateResult {
    const positions = this.layout.nodes.get(nodeKey(name))?.positions ?? [];
    const number = name.kind === 'item' ? (positions[0] ?? 0) + 1 : name.number;
    const text = this.t(`ui.graph.heads.${name.kind}`, { number });
    const middle = HEAD + (at + 0.5) * CELL;
    return svg`<text class="head" x=${HEAD / 2} y=${middle + 4}>${text}</text>
      <text class="head" x=${middle} y=${HEAD - 8}>${text}</text>`;
  }

  private cell(
    one: NodeName,
    other: NodeName,
    row: number,
    column: number,
    relation: number,
  ): TemplateResult {
    const isLoop = row === column;
    const isPicked = isLoop ? isNode(this.picked, one) : isEdge(this.picked, one, other);
    const [x, y] = [HEAD + column * CELL, HEAD + row * CELL];
    return svg`<rect
        class="cell ${isPicked ? 'picked' : ''}"
        x=${x}
        y=${y}
        width=${CELL}
        height=${CELL}
        fill=${relationColor(this.dark, relation) ?? 'gray'}
        @click=${() => this.pick(isLoop ? { node: one } : { edge: [one, other] })}
      ></rect>
      <text x=${x + CELL / 2} y=${y + CELL / 2 + 4}>${relation}</text>`;
  }

  /** Lines between the kinds. */
  private borders(order: readonly number[]): TemplateResult[] {
    const { nodes } = this.shown;
    const end = HEAD + order.length * CELL;
    const starts = order.flatMap((node, at) =>
      at > 0 && nodes[node]!.kind !== nodes[order[at - 1]!]!.kind ? [HEAD + at * CELL] : [],
    );
    return starts.map(
      (at) => svg`<line class="border" x1=${at} x2=${at} y1=${HEAD} y2=${end}></line>
        <line class="border" y1=${at} y2=${at} x1=${HEAD} x2=${end}></line>`,
    );
  }

  private pick(picked: Picked): void {
    // A loop stays as long as its node does.
    const name = this.taking && 'edge' in picked ? 'graph-remove' : 'graph-pick';
    this.dispatchEvent(new CustomEvent(name, { detail: picked }));
  }
}

define('ember-graph-matrix', EmberGraphMatrix);
