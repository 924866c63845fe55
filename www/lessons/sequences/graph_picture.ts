/**
 * `<ember-graph-picture>`: the graph of a history. Half an edge has the colour of the relation of the node beside it to the
 * other, and the width of its attention; a loop is a ring. What was taken away keeps its place.
 */

import { html, nothing, svg, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { EdgeShown, GraphShown, NodeName } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { edgePath, neighbourOf, NODE, type GraphLayout, type PlacedNode } from './graph_layout.js';
import { attentionOf, isEdge, isNode, joined, type Picked } from './graph_pairs.js';
import { kindText, nodeText, stepsText } from './graph_words.js';
import type { Names } from './names.js';
import { pictureStyles } from './graph_styles.js';
import type { Hand } from './hand.js';
import './item_pictures.js';
import { nodeKey, relationColor } from './relations.js';

/** Pixels of an edge without attention, and what all attention adds. */
const [THIN, THICK] = [1.25, 8];
/** What all attention adds to a ring. */
const RING = 4;
/** Pixels of an edge where the layer has no attention. */
const EVEN = 2.5;
/** Pixels of the bar of a gate. */
const GATE = 32;

export class EmberGraphPicture extends LabPart {
  static override styles = [shared, pictureStyles];

  @property({ attribute: false }) layout!: GraphLayout;
  @property({ attribute: false }) shown!: GraphShown;
  @property({ attribute: false }) hand!: Hand;
  @property({ attribute: false }) names!: Names;
  @property({ attribute: false }) picked: Picked | null = null;
  /** Whether a choice takes away at once. */
  @property({ type: Boolean }) taking = false;
  /** The node under the pointer. */
  @state() private over: string | null = null;
  /** The node that the keyboard comes to. */
  @state() private at: string | null = null;

  protected override render(): TemplateResult {
    const { layout, shown } = this;
    const there = new Set(shown.nodes.map(nodeKey));
    const last = nodeKey(shown.nodes[shown.last]!);
    const stop = this.at !== null && layout.nodes.has(this.at) ? this.at : last;
    return html`<div
      class="sheet"
      role="group"
      aria-label=${this.t('ui.graph.picture', {
        nodes: this.count(shown.nodes.length),
        edges: this.count(shown.edges.length),
      })}
      ${styled({ width: `${layout.width}px`, height: `${layout.height}px` })}
      @keydown=${this.onKey}
    >
      ${this.edges(there)}
      ${[...layout.rows].map(
        ([kind, top]) =>
          html`<div class="row-name">
            <span ${styled({ top: `${top - 24}px` })}>${kindText(this.language, this.names, kind)}</span>
          </div>`,
      )}
      ${[...layout.nodes].map(([key, node]) => this.node(key, node, there.has(key), key === last, key === stop))}
    </div>`;
  }

  private edges(there: ReadonlySet<string>): TemplateResult {
    const { layout, shown, hand } = this;
    const { pairs, loops } = joined(shown);
    const placed = (name: NodeName): PlacedNode | undefined => layout.nodes.get(nodeKey(name));
    const cuts = hand.cuts.filter(({ one, other }) => there.has(nodeKey(one)) && there.has(nodeKey(other)));
    return html`<svg width=${layout.width} height=${layout.height} aria-hidden="true">
      ${[...loops].map(([key, loop]) => this.loop(layout.nodes.get(key), loop))}
      ${pairs.map(({ one, other, there, back }) => {
        const [from, to] = [placed(one), placed(other)];
        if (!from || !to) return nothing;
        const path = edgePath(from, to, layout.column);
        return svg`${this.half(path.one, there, one)}${this.half(path.other, back, other)}
          ${this.target(path.whole, one, other)}`;
      })}
      ${cuts.map(({ one, other }) => {
        const [from, to] = [placed(one), placed(other)];
        if (!from || !to) return nothing;
        const { whole } = edgePath(from, to, layout.column);
        return svg`<path class="cut" d=${whole}></path>${this.target(whole, one, other)}`;
      })}
      ${shown.nodes.map((node) => (node.gate === null ? nothing : this.gate(placed(node), node.gate)))}
    </svg>`;
  }

  /** Half of an edge, beside the node whose attention it is. */
  private half(path: string, edge: EdgeShown, beside: NodeName): TemplateResult {
    return svg`<path
      class=${this.isFaint(beside) ? 'faint' : ''}
      d=${path}
      stroke=${relationColor(this.dark, edge.relation) ?? 'currentColor'}
      stroke-width=${width(edge)}
    ></path>`;
  }

  private loop(node: PlacedNode | undefined, edge: EdgeShown): TemplateResult | typeof nothing {
    if (!node) return nothing;
    const [across, down] = this.size(node);
    const stroke = width(edge, RING);
    const round = node.name.kind === 'item' ? 7 : down;
    return svg`<rect
      class="loop ${this.isFaint(node.name) ? 'faint' : ''}"
      x=${node.x - across / 2 - stroke / 2}
      y=${node.y - down / 2 - stroke / 2}
      width=${across + stroke}
      height=${down + stroke}
      rx=${round}
      stroke-width=${stroke}
    ></rect>`;
  }

  /** A bar below a node: the share of the path that begins among nodes of its kind. */
  private gate(node: PlacedNode | undefined, share: number): TemplateResult | typeof nothing {
    if (!node) return nothing;
    const [x, y] = [node.x - GATE / 2, node.y + this.size(node)[1] / 2 + 3];
    return svg`<rect class="gate" x=${x} y=${y} width=${GATE} height="5"></rect>
      <rect class="share" x=${x} y=${y} width=${GATE * share} height="5"></rect>`;
  }

  private target(path: string, one: NodeName, other: NodeName): TemplateResult {
    return svg`${isEdge(this.picked, one, other) ? svg`<path class="picked" d=${path}></path>` : nothing}
      <path class="hit" d=${path} @click=${() => this.pick({ edge: [one, other] })}></path>`;
  }

  /** Whether what belongs to a node stands back, because another one is looked at. */
  private isFaint(name: NodeName): boolean {
    const { picked, shown } = this;
    const isThere = picked !== null && shown.nodes.some((node) => isNode(picked, node));
    const looked = this.over ?? (isThere && 'node' in picked ? nodeKey(picked.node) : null);
    return looked !== null && looked !== nodeKey(name);
  }

  /** Pixels across and down. */
  private size({ name }: PlacedNode): [number, number] {
    const { book, faces } = this.names;
    const item =
      name.kind === 'image' ? faces.itemOf(name.number) : name.kind === 'item' ? name.number : null;
    if (item !== null && book.items[item]?.picture) return [NODE, NODE];
    return [Math.max(NODE, this.layout.column - 8), name.kind === 'item' ? NODE : 26];
  }

  private node(
    key: string,
    node: PlacedNode,
    isThere: boolean,
    isLast: boolean,
    isStop: boolean,
  ): TemplateResult {
    const { name } = node;
    const [across, down] = this.size(node);
    const text = this.t(isThere ? 'ui.graph.node' : 'ui.graph.node_gone', {
      name: nodeText(this.language, this.names, name),
      steps: stepsText(this.language, node.positions),
    });
    return html`<button
      type="button"
      class="${name.kind} ${name.kind === 'item' ? '' : 'code'} ${isThere ? '' : 'gone'} ${isLast ? 'last' : ''}"
      data-key=${key}
      tabindex=${isStop ? 0 : -1}
      aria-pressed=${isNode(this.picked, name)}
      @click=${() => this.pick({ node: name })}
      @focus=${() => (this.at = key)}
      @pointerenter=${() => (this.over = isThere ? key : null)}
      @pointerleave=${() => (this.over = null)}
      ${styled({
        left: `${node.x - across / 2}px`,
        top: `${node.y - down / 2}px`,
        width: `${across}px`,
        height: `${down}px`,
      })}
    >
      ${this.face(name)}<span class="visually-hidden">${text}</span>
    </button>`;
  }

  private face({ kind, number }: NodeName): TemplateResult {
    const { book, faces } = this.names;
    const item = kind === 'item' ? number : kind === 'image' ? faces.itemOf(number) : null;
    if (item !== null && book.items[item]?.picture) {
      return html`<ember-item-chip
        aria-hidden="true"
        .session=${this.session}
        .item=${item}
        plain
      ></ember-item-chip>`;
    }
    const text =
      kind === 'item' ? book.title(number, this.language) : faces.tagOf(kind, number, this.language);
    return html`<span class="name" aria-hidden="true">${text ?? number}</span>`;
  }

  private pick(picked: Picked): void {
    this.dispatchEvent(new CustomEvent(this.taking ? 'graph-remove' : 'graph-pick', { detail: picked }));
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const { at } = this;
    const node = at === null ? undefined : this.layout.nodes.get(at);
    if (at === null || !node) return;
    if (event.key === 'Delete' || event.key === 'Backspace') {
      this.dispatchEvent(new CustomEvent('graph-remove', { detail: { node: node.name } }));
    } else {
      const next = event.key.startsWith('Arrow') ? neighbourOf(this.layout, at, event.key) : null;
      if (next === null) return;
      this.renderRoot.querySelector<HTMLElement>(`[data-key="${next}"]`)?.focus();
    }
    event.preventDefault();
  };
}

/** Pixels of a line; `most` is what all attention adds. */
function width(edge: EdgeShown, most = THICK): number {
  const attention = attentionOf(edge);
  return attention === null ? EVEN : THIN + most * attention;
}

define('ember-graph-picture', EmberGraphPicture);
