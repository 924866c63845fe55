/** The edges of a graph as they are drawn: one line for each pair of nodes, and a ring for each loop. */

import type { EdgeShown, GraphShown, NodeName } from '../../generated/sequences.js';
import { nodeKey, nodeName } from './relations.js';

/** What a reader chose in the graph. */
export type Picked = { node: NodeName } | { edge: readonly [NodeName, NodeName] };

/** Sent as `graph-pick` when a node or an edge is chosen, and as `graph-remove` when it is to go or to come back. */
export type GraphPick = CustomEvent<Picked>;

/** Two nodes that are joined; each attends to the other. */
export interface Pair {
  readonly one: NodeName;
  readonly other: NodeName;
  /** How the first stands to the second, and what it attends. */
  readonly there: EdgeShown;
  readonly back: EdgeShown;
}

/** The attention of an edge, where the layer has any: within a kind or between kinds; of a loop the larger. */
export function attentionOf({ within, between }: EdgeShown): number | null {
  if (within === null || between === null) return within ?? between;
  return Math.max(within, between);
}

export interface Joined {
  readonly pairs: readonly Pair[];
  /** Loops by the key of their node. */
  readonly loops: ReadonlyMap<string, EdgeShown>;
}

/** The pairs and the loops of a graph. */
export function joined({ nodes, edges }: Pick<GraphShown, 'nodes' | 'edges'>): Joined {
  const at = (node: number, neighbour: number): number => node * nodes.length + neighbour;
  const found = new Map(edges.map((edge) => [at(edge.node, edge.neighbour), edge]));
  const pairs: Pair[] = [];
  const loops = new Map<string, EdgeShown>();
  for (const there of edges) {
    const { node, neighbour } = there;
    if (node === neighbour) loops.set(nodeKey(nodes[node]!), there);
    const back = found.get(at(neighbour, node));
    if (node < neighbour && back) {
      pairs.push({ one: nodeName(nodes[node]!), other: nodeName(nodes[neighbour]!), there, back });
    }
  }
  return { pairs, loops };
}

/** How many edges of each sort there are, in both directions. */
export function countsOf({
  edges,
}: Pick<GraphShown, 'edges'>): Record<'loops' | 'order' | 'between', number> {
  const count = (from: number, to: number): number =>
    edges.filter(({ relation }) => relation >= from && relation <= to).length;
  return { loops: count(1, 1), order: count(2, 4), between: count(5, 10) };
}

/** Whether the model has something to say: one that counts has not, before it has counted. */
export const isAnswer = ({ list }: Pick<GraphShown, 'list'>): boolean =>
  list.some(({ probability }) => probability > 0);

/** Whether what was chosen is this node. */
export const isNode = (picked: Picked | null, name: NodeName): boolean =>
  picked !== null && 'node' in picked && nodeKey(picked.node) === nodeKey(name);

/** Whether what was chosen is the edge between two nodes. */
export const isEdge = (picked: Picked | null, one: NodeName, other: NodeName): boolean =>
  picked !== null &&
  'edge' in picked &&
  [...picked.edge.map(nodeKey)].sort().join() === [nodeKey(one), nodeKey(other)].sort().join();
