/**
 * How a chart answers pointer, tap and arrow keys: it has a number of positions, of which each can be found
 * from a point on the drawing, told in words and numbers, and marked in the drawing.
 */

import type { Spot } from './placement.js';
import type { PlotContent, PlotLayout } from './plot-spec.js';
import type { Series } from './series.js';

/** What is told of a position. */
export interface Readout {
  title: string;
  entries: { label: string; value: string; color?: string }[];
}

export interface Guide {
  /** Whether there are any positions. */
  empty: boolean;
  /** How many positions there are; may take a while, so it is asked only when somebody walks. */
  count(layout: PlotLayout): number;
  /** The position a point (CSS pixels) belongs to, or null. */
  at(layout: PlotLayout, x: number, y: number): number | null;
  readout(layout: PlotLayout, position: number): Readout;
  /** What of the drawing the position is: a point, a column of a line chart, a cell. Nothing is to stand over it. */
  spot(layout: PlotLayout, position: number): Spot;
  /** The content with a position marked. */
  mark(content: PlotContent, layout: PlotLayout, position: number): PlotContent;
}

/** The position a key leads to, or null for a key that leads nowhere: arrows by one, pages by a tenth, the ends. */
export function walk(key: string, position: number, count: number): number | null {
  const leap = Math.max(1, Math.round(count / 10));
  const moves: Record<string, number> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: leap,
    PageDown: -leap,
    Home: -count,
    End: count,
  };
  const move = moves[key];
  return move === undefined ? null : Math.min(count - 1, Math.max(0, position + move));
}

/** The cell an arrow key leads to in a grid counted row by row, or null for a key or an edge that leads nowhere. */
export function walkGrid(key: string, cell: number, rows: number, columns: number): number | null {
  const moves: Record<string, [down: number, right: number]> = {
    ArrowRight: [0, 1],
    ArrowLeft: [0, -1],
    ArrowDown: [1, 0],
    ArrowUp: [-1, 0],
  };
  const move = moves[key];
  if (!move) return null;
  const [row, column] = [Math.floor(cell / columns) + move[0], (cell % columns) + move[1]];
  const inside = row >= 0 && row < rows && column >= 0 && column < columns;
  return inside ? row * columns + column : null;
}

/** A point further away than this, in CSS pixels, is not meant; a finger's breadth. */
const REACH = 22;

/** Walks a line chart step by step. `told` gives the words for a step. */
export function lineGuide(series: readonly Series[], told: (step: number) => Readout): Guide {
  // Gathered when somebody points: a chart is drawn far more often than it is asked.
  let gathered: number[] | null = null;
  const steps = (): number[] =>
    (gathered ??= [...new Set(series.flatMap((one) => one.thinned().x))].sort((a, b) => a - b));
  return {
    empty: series.length === 0,
    count: () => steps().length,
    at({ plot, x_range }, x) {
      if (!x_range || steps().length === 0 || x < plot.left - REACH || x > plot.right + REACH) return null;
      const step = x_range[0] + ((x - plot.left) / (plot.right - plot.left)) * (x_range[1] - x_range[0]);
      return nearestIndex(steps(), step);
    },
    readout: (_, position) => told(steps()[position]!),
    spot({ plot, x_range }, position) {
      const [low, high] = x_range ?? [0, 1];
      const x = plot.left + ((steps()[position]! - low) / (high - low)) * (plot.right - plot.left);
      return { ...plot, left: x, right: x };
    },
    mark: (content, _, position) =>
      content.kind === 'line' ? { ...content, cursor: steps()[position] ?? null } : content,
  };
}

/** Walks the points of a scatter chart, from left to right. */
export function pointGuide(
  xs: readonly number[],
  ys: readonly number[],
  told: (point: number) => Readout,
): Guide {
  const order = xs.map((_, index) => index).sort((a, b) => xs[a]! - xs[b]! || ys[a]! - ys[b]!);
  const place = ({ plot, x_range, y_range }: PlotLayout, point: number): [x: number, y: number] | null => {
    if (!x_range || !y_range) return null;
    const across = (plot.right - plot.left) / (x_range[1] - x_range[0]);
    const up = (plot.bottom - plot.top) / (y_range[1] - y_range[0]);
    return [plot.left + (xs[point]! - x_range[0]) * across, plot.bottom - (ys[point]! - y_range[0]) * up];
  };
  return {
    empty: order.length === 0,
    count: () => order.length,
    at(layout, x, y) {
      return closest(order, (point) => {
        const at = place(layout, point);
        return at ? Math.hypot(at[0] - x, at[1] - y) : Infinity;
      });
    },
    readout: (_, position) => told(order[position]!),
    spot: (layout, position) =>
      around(place(layout, order[position]!) ?? [layout.plot.left, layout.plot.top], RING),
    mark: (content, _, position) =>
      content.kind === 'scatter' ? { ...content, highlight: order[position] ?? null } : content,
  };
}

/** A unit of a network (`to` is null), or the weight that leads from it to a unit of the next layer. */
export interface NetworkPlace {
  layer: number;
  unit: number;
  to: number | null;
}

/** Walks the units and then the weights of a network. */
export function networkGuide(told: (place: NetworkPlace) => Readout): Guide {
  const place = ({ nodes, edges }: PlotLayout, position: number): NetworkPlace => {
    const node = nodes[position];
    if (node) return { layer: node.layer, unit: node.unit, to: null };
    const edge = edges[position - nodes.length]!;
    return { layer: edge.layer, unit: edge.from, to: edge.to };
  };
  return {
    empty: false,
    count: ({ nodes, edges }) => nodes.length + edges.length,
    at({ nodes, edges }, x, y) {
      const node = nodes.findIndex((one) => Math.hypot(one.x - x, one.y - y) <= one.radius + 4);
      if (node >= 0) return node;
      const edge = closest([...edges.keys()], (index) => distanceToSegment(edges[index]!, x, y), REACH / 2);
      return edge === null ? null : nodes.length + edge;
    },
    readout: (layout, position) => told(place(layout, position)),
    spot({ nodes, edges }, position) {
      const node = nodes[position];
      if (node) return around([node.x, node.y], node.radius);
      const { x1, y1, x2, y2 } = edges[position - nodes.length]!;
      return around([(x1 + x2) / 2, (y1 + y2) / 2], RING);
    },
    mark: (content, layout, position) =>
      content.kind === 'network' ? { ...content, highlight: place(layout, position) } : content,
  };
}

/** Walks the cells of a heat map row by row. */
export function cellGuide(
  rows: number,
  columns: number,
  told: (row: number, column: number) => Readout,
): Guide {
  return {
    empty: rows * columns === 0,
    count: () => rows * columns,
    at({ plot }, x, y) {
      const column = Math.floor(((x - plot.left) / (plot.right - plot.left)) * columns);
      const row = Math.floor(((y - plot.top) / (plot.bottom - plot.top)) * rows);
      const inside = column >= 0 && column < columns && row >= 0 && row < rows;
      return inside ? row * columns + column : null;
    },
    readout: (_, position) => told(Math.floor(position / columns), position % columns),
    spot({ plot }, position) {
      const [width, height] = [(plot.right - plot.left) / columns, (plot.bottom - plot.top) / rows];
      const [row, column] = [Math.floor(position / columns), position % columns];
      const [left, top] = [plot.left + column * width, plot.top + row * height];
      return { left, top, right: left + width, bottom: top + height };
    },
    mark: (content) => content,
  };
}

/** What is drawn around a point that is meant. */
const RING = 9;

function around([x, y]: readonly [number, number], radius: number): Spot {
  return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

function nearestIndex(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low > 0 && value - ascending[low - 1]! < ascending[low]! - value ? low - 1 : low;
}

/** The index, among the candidates, of the nearest one within reach. */
function closest(
  candidates: readonly number[],
  distance: (candidate: number) => number,
  reach = REACH,
): number | null {
  let best: number | null = null;
  let least = reach;
  candidates.forEach((candidate, index) => {
    const away = distance(candidate);
    if (away <= least) [best, least] = [index, away];
  });
  return best;
}

function distanceToSegment(
  edge: { x1: number; y1: number; x2: number; y2: number },
  x: number,
  y: number,
): number {
  const dx = edge.x2 - edge.x1;
  const dy = edge.y2 - edge.y1;
  const along = ((x - edge.x1) * dx + (y - edge.y1) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(edge.x1 + t * dx - x, edge.y1 + t * dy - y);
}
