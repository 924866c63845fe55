/**
 * `<ember-tree-drawing>`: a tree drawn from left to right. The rows flow from split to split, as wide as they are many;
 * each split shows its threshold on the axis of its column, and what it asks in full when it is chosen.
 */

import { css, html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { TreeChild, TreeNode } from '../../generated/boosting.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { formatCount, formatNumber, words, type Language } from '../../kit/words.js';
import { layTree, type DrawnLeaf, type Flow, type Layout, type Placed } from './tree_layout.js';
import { splitText } from './tree_list.js';

/** Pixels from a split to the next, from a leaf to the next, and of the boxes of splits. */
const [COLUMN, SLOT, WIDTH, HEIGHT, LEAF] = [172, 28, 124, 40, 150];
/** Pixels of the flow of all rows. */
const FLOW = 26;
/** Letters that there is room for in a box. */
const ROOM = 16;

export class EmberTreeDrawing extends LitElement {
  static override styles = [
    shared,
    css`
      .scroll {
        max-height: 32rem;
      }
      svg {
        display: block;
      }
      text {
        fill: var(--lab-text);
        font-size: 12px;
      }
      .flow {
        fill: none;
        stroke: var(--lab-muted);
        opacity: 0.35;
      }
      .box {
        fill: var(--lab-surface);
        stroke: var(--lab-border);
      }
      .axis {
        stroke: var(--lab-border);
        stroke-width: 2;
      }
      .within {
        stroke: var(--lab-muted);
        stroke-width: 4;
      }
      .mark {
        stroke: var(--lab-accent);
        stroke-width: 3;
      }
      [role='button'] {
        fill: transparent;
        cursor: pointer;
      }
      .chosen [role='button'] {
        stroke: var(--lab-focus);
        stroke-width: 2.5;
      }
      .next {
        stroke: var(--lab-accent);
        stroke-width: 2;
        stroke-dasharray: 4 3;
      }
      circle {
        stroke: var(--lab-border);
      }
      .up {
        fill: #b8520a;
      }
      .down {
        fill: #0a5c9e;
      }
      .small {
        font-size: 11px;
        fill: var(--lab-muted);
      }
    `,
  ];

  @property({ attribute: false }) language!: Language;
  @property({ attribute: false }) nodes: readonly TreeNode[] = [];
  @property({ attribute: false }) leaves: readonly DrawnLeaf[] = [];
  /** The leaf that is split next. */
  @property({ attribute: false }) next: number | null = null;
  @property() label = '';
  @state() private chosen: TreeChild = { node: 0 };
  /** How far down it was scrolled to the root. */
  private scrolled = 0;

  protected override render(): TemplateResult {
    const layout = layTree(this.nodes, this.leaves);
    const width = layout.depth * COLUMN + LEAF;
    const height = layout.height * SLOT + HEIGHT;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.label}>
        <svg
          width=${width}
          height=${height}
          viewBox="0 0 ${width} ${height}"
          role="group"
          aria-label=${this.label}
        >
          ${layout.flows.map((flow) => this.flow(flow))}
          ${this.inOrder(layout).map((placed) => this.one(placed))}
        </svg>
      </div>
      <p role="status">${this.told()}</p>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('nodes')) this.showRoot();
  }

  /**
   * The root stands at the left, half-way down: of a large tree the upper left corner is empty. Where the reader has
   * scrolled, it stays.
   */
  private showRoot(): void {
    const place = this.renderRoot.querySelector('.scroll')!;
    if (place.scrollTop !== this.scrolled) return;
    const root = layTree(this.nodes, this.leaves).placed.find(({ depth }) => depth === 0);
    const middle = (root?.at ?? 0) * SLOT + HEIGHT / 2;
    place.scrollTop = middle - place.clientHeight / 2;
    this.scrolled = place.scrollTop;
  }

  /** From the root on, as the keyboard goes through them. */
  private inOrder({ placed }: Layout): Placed[] {
    return [...placed].sort((one, other) => one.depth - other.depth || one.at - other.at);
  }

  private flow({ from, to, yes, before, share }: Flow): TemplateResult {
    const stroke = Math.max(share * FLOW, 1);
    const of = (placed: Placed): number => placed.at * SLOT + HEIGHT / 2;
    // Both flows together are as wide as the one that comes in.
    const top = of(from) - (FLOW * from.rows * (to.rows > 0 ? share / to.rows : 0)) / 2;
    const [x1, y1] = [from.depth * COLUMN + WIDTH, top + (before + share / 2) * FLOW];
    const [x2, y2] = [to.depth * COLUMN, of(to)];
    const middle = (x1 + x2) / 2;
    return svg`<path
        class="flow"
        d="M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}"
        stroke-width=${stroke}
      ></path>
      <text class="small" x=${x2 - 4} y=${y2 - stroke / 2 - 3} text-anchor="end">
        ${this.t(yes ? 'yes_short' : 'no_short')}
      </text>`;
  }

  private one(placed: Placed): TemplateResult {
    const { of, depth, at } = placed;
    const chosen = JSON.stringify(of) === JSON.stringify(this.chosen);
    const isLeaf = 'leaf' in of;
    return svg`<g class=${chosen ? 'chosen' : ''} transform="translate(${depth * COLUMN} ${at * SLOT})">
      <g aria-hidden="true">
        ${isLeaf ? this.leaf(of.leaf) : this.split(this.nodes[of.node]!, placed)}
      </g>
      <rect
        role="button"
        tabindex="0"
        width=${isLeaf ? LEAF - 6 : WIDTH}
        height=${isLeaf ? 22 : HEIGHT}
        y=${isLeaf ? HEIGHT / 2 - 11 : 0}
        rx=${isLeaf ? 11 : 6}
        aria-label=${this.text(of)}
        aria-pressed=${chosen ? 'true' : 'false'}
        @click=${() => (this.chosen = of)}
        @focus=${() => (this.chosen = of)}
      ></rect>
    </g>`;
  }

  private split(node: TreeNode, { from, to }: Placed): TemplateResult {
    const { place } = node;
    const x = (share: number): number => 8 + share * (WIDTH - 16);
    const axis =
      place === null
        ? svg`<text class="small" x="8" y="32">${cut(node.categories?.join(this.t('comma')) ?? '', ROOM)}</text>`
        : svg`<line class="axis" x1="8" x2=${WIDTH - 8} y1="30" y2="30"></line>
            <line class="within" x1=${x(from)} x2=${x(to)} y1="30" y2="30"></line>
            <line class="mark" x1=${x(place)} x2=${x(place)} y1="23" y2="37"></line>`;
    // The number is what the split is about: the name gives way.
    const number = node.threshold === null ? '' : ` ≤ ${node.threshold}`;
    const name = cut(node.feature, Math.max(ROOM - number.length, 4)) + number;
    return svg`<rect class="box" width=${WIDTH} height=${HEIGHT} rx="6"></rect>
      <text x="8" y="16">${name}</text>
      ${axis}`;
  }

  private leaf(number: number): TemplateResult {
    const { rows, value } = this.leaves[number]!;
    const text = formatNumber(this.language, value, 3);
    return svg`<rect
        class="box ${number === this.next ? 'next' : ''}"
        y=${HEIGHT / 2 - 11}
        width=${LEAF - 6}
        height="22"
        rx="11"
      ></rect>
      <circle class=${value < 0 ? 'down' : 'up'} cx="12" cy=${HEIGHT / 2} r="5"></circle>
      <text x="22" y=${HEIGHT / 2 + 4}>
        ${value > 0 ? '+' : nothing}${text}<tspan class="small" dx="6">
          ${this.t('rows', { rows: formatCount(this.language, rows) })}
        </tspan>
      </text>`;
  }

  /** The split or leaf that was chosen, in words. */
  private told(): string {
    const { chosen } = this;
    const there = 'leaf' in chosen ? chosen.leaf in this.leaves : chosen.node in this.nodes;
    if (there) return this.text(chosen);
    return this.text(this.nodes.length > 0 ? { node: 0 } : { leaf: 0 });
  }

  private text(of: TreeChild): string {
    const count = (value: number): string => formatCount(this.language, value);
    if ('leaf' in of) {
      const { rows, value } = this.leaves[of.leaf]!;
      const filled = {
        leaf: count(of.leaf),
        rows: count(rows),
        value: formatNumber(this.language, value, 4),
      };
      return this.t('leaf', filled) + (of.leaf === this.next ? ` ${this.t('next')}` : '');
    }
    const node = this.nodes[of.node]!;
    const gain = this.t('gain', { gain: formatNumber(this.language, node.gain, 4), rows: count(node.rows) });
    return this.t('split', { split: splitText(this.language, node), gain });
  }

  private t(key: string, fill?: { [name: string]: string }): string {
    return words(this.language, `ui.tree.${key}`, fill);
  }
}

/** As much of a text as there is room for; letters of Chinese take the room of two. */
function cut(text: string, most: number): string {
  let room = most;
  let end = 0;
  for (const letter of text) {
    room -= letter.codePointAt(0)! > 0x2e80 ? 2 : 1;
    if (room < 0) return `${text.slice(0, end)}…`;
    end += letter.length;
  }
  return text;
}

define('ember-tree-drawing', EmberTreeDrawing);
