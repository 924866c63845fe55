/** What a choice in the graph does to a hand: something goes that is there, and comes back that is not. */

import type { GraphShown, NodeName } from '../../generated/sequences.js';
import type { Picked } from './graph_pairs.js';
import {
  cutBetween,
  edgeToggled,
  itemsLeft,
  nodeToggled,
  related,
  type Cut,
  type Hand,
  type Turned,
} from './hand.js';
import { nodeName, sameNode } from './relations.js';

/** Changes of one hand; null where a change would leave no item. */
export class Grip {
  constructor(private readonly hand: Hand) {}

  /** A node or an edge goes or comes back. */
  toggle(picked: Picked, shown: Pick<GraphShown, 'edges' | 'history' | 'nodes'>): Hand | null {
    if ('node' in picked) return this.node(nodeName(picked.node), shown);
    const [one, other] = picked.edge.map(nodeName);
    if (!one || !other) return null;
    const cut = cutBetween(this.hand, one, other) ?? cutOf(shown, one, other);
    return cut && this.edge(cut);
  }

  edge(cut: Cut): Hand {
    return edgeToggled(this.hand, cut);
  }

  relate(turned: Turned): Hand {
    return related(this.hand, turned);
  }

  private node(name: NodeName, shown: Pick<GraphShown, 'history' | 'nodes'>): Hand | null {
    const isThere = shown.nodes.some((node) => sameNode(node, name));
    const isTaken = this.hand.nodes.some((node) => sameNode(node, name));
    if (isThere || isTaken) {
      const hand = nodeToggled(this.hand, name);
      return itemsLeft(hand) > 0 ? hand : null;
    }
    // It went with the pictures or the words of its steps.
    const steps = this.hand.steps.map((step, place) => {
      const codes = shown.history[place];
      if (name.kind === 'image' && codes?.images.includes(name.number)) return { ...step, picture: true };
      if (name.kind === 'text' && codes?.texts.includes(name.number)) return { ...step, words: true };
      return step;
    });
    return { ...this.hand, steps };
  }
}

/** The edge between two nodes as it is; null where there is none. */
export function cutOf(
  { nodes, edges }: Pick<GraphShown, 'edges' | 'nodes'>,
  one: NodeName,
  other: NodeName,
): Cut | null {
  const at = (name: NodeName): number => nodes.findIndex((node) => sameNode(node, name));
  const [from, to] = [at(one), at(other)];
  const edge = edges.find(({ node, neighbour }) => node === from && neighbour === to);
  return edge ? { one, other, relation: edge.relation } : null;
}
