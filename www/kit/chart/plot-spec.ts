/**
 * What to draw and what a drawing answers: the mirror of crates/plot/src/spec.rs, crates/plot/src/layout.rs and the files of
 * the charts. Lengths are CSS pixels, colours are `#rrggbb`.
 */

/** Colours of the page around the chart. */
export interface PlotTheme {
  background: string;
  /** Axis names and marks. */
  text: string;
  /** Grid lines. */
  grid: string;
  /** Numbers at the axes, outlines, what stands back. */
  muted: string;
}

/** Size and colours, which every chart has. */
export interface PlotFrame {
  width: number;
  height: number;
  /** Device pixels per CSS pixel; 1 if left out. SVG files pay it no heed. */
  pixel_ratio?: number;
  /** 13 if left out. */
  font_size?: number;
  theme: PlotTheme;
}

/** Names of the axes, with units. */
export interface AxisNames {
  x_label?: string;
  y_label?: string;
}

export type Range = [low: number, high: number];

/** A number, or null where there is none (JSON's way of writing a loss that is not finite). */
export type Gap = number | null;

export interface LineSeries {
  label: string;
  color: string;
  /** Train is solid, dev dashed, test points. Solid if left out. */
  style?: 'solid' | 'dashed' | 'points';
  /** Stands back: an older run, the values behind a mean. */
  faded?: boolean;
  /** Stands out: the mean of a noisy curve. */
  bold?: boolean;
  /** Made of the numbers of another series, and therefore in no file and no table. */
  derived?: boolean;
  /** Ascending. */
  x: number[];
  /** As many as `x`; null breaks the line. */
  y: Gap[];
}

/** A value to compare curves with; its name stands on a line at it. */
export interface Level {
  value: number;
  label: string;
}

/** Curves over steps. */
export interface LineContent extends AxisNames {
  kind: 'line';
  /** Linear if left out. On a logarithmic axis values that are not positive are left out. */
  y_scale?: 'linear' | 'log';
  /** None to follow the values. */
  y_range?: Range | null;
  /** None to follow the values; a fixed one lets a run grow into its place. */
  x_range?: Range | null;
  series: LineSeries[];
  levels?: Level[];
  /** Where the reader points: a hair line, and a dot on each series' nearest point. */
  cursor?: number | null;
}

export type Shape =
  | 'circle'
  | 'triangle'
  | 'square'
  | 'diamond'
  | 'triangle_down'
  | 'plus'
  | 'cross'
  | 'star'
  | 'hourglass'
  | 'bowtie';

/** What a model decides on an even grid over the plot. */
export interface Regions {
  columns: number;
  rows: number;
  /** `rows × columns`, row by row; row 0 is at the bottom. */
  classes: number[];
  /** Probability of the class of each cell. */
  confidence: number[];
  /**
   * How far that class is ahead of the next one, in a measure that is 0 on the border and even across it; the logit
   * of `confidence` if left out.
   */
  lead?: number[];
}

/** Points with classes over two features. */
export interface ScatterContent extends AxisNames {
  kind: 'scatter';
  x_range?: Range | null;
  y_range?: Range | null;
  /** Lists of equal length; `class` is an index into `classes`. */
  points: { x: number[]; y: number[]; class: number[]; faded?: boolean[] };
  classes: { label: string; color: string; shape?: Shape }[];
  regions?: Regions | null;
  /** The point the reader asks about. */
  query?: { x: number; y: number } | null;
  /** Index of a point to ring. */
  highlight?: number | null;
}

/** Fully connected layers. For layers of n₀, n₁, … units: */
export interface NetworkContent extends AxisNames {
  kind: 'network';
  /** `label` such as "hidden 1 · 6"; `units` has a name for each unit, empty for hidden ones. */
  layers: { label: string; units: string[] }[];
  /** `[layer][from][to]`. */
  weights: Gap[][][];
  /** `[layer − 1][unit]`: the first layer has none. */
  biases: Gap[][];
  /** Name of the colour scale, such as "weight and bias". */
  legend_label?: string;
  /** A unit with all its weights (`to` null), or one weight, brought out. */
  highlight?: { layer: number; unit: number; to?: number | null } | null;
}

/** A table of numbers as colours. */
export interface HeatmapContent extends AxisNames {
  kind: 'heatmap';
  rows: number;
  columns: number;
  /** `rows × columns`, row by row; row 0 is at the top; null leaves a cell empty. */
  values: Gap[];
  row_labels?: string[];
  column_labels?: string[];
  /** Diverging: blue, white at zero, orange. Sequential: white to deep blue. */
  scale: 'diverging' | 'sequential';
  /** Values at the ends of the scale; none to follow the numbers. */
  range?: Range | null;
  legend_label?: string;
  /** The cell the reader points at. */
  highlight?: [row: number, column: number] | null;
}

/** Rows of dots along one axis: a dot for each run of a variant. */
export interface DotsContent extends AxisNames {
  kind: 'dots';
  /** None to follow the values. */
  x_range?: Range | null;
  rows: DotsRow[];
}

export interface DotsRow {
  label: string;
  color: string;
  /** A value for each run; null where it has none. */
  values: Gap[];
  mean?: number | null;
  /** Where the mean plausibly lies. */
  interval?: Range | null;
}

/**
 * All pairs of features: with k features k × k panels that fill the drawing evenly; row i has feature i upwards,
 * column j has feature j across, the diagonal has the histogram of a feature, stacked by class.
 */
export interface PairsContent extends AxisNames {
  kind: 'pairs';
  /** `label` with its unit; `range` at the ends of its axes; a value for each point. */
  features: { label: string; range: Range; values: number[] }[];
  /** Index into `classes` for each point. */
  class: number[];
  classes: ScatterContent['classes'];
}

/** What a chart shows, without size and colours. */
export type PlotContent =
  LineContent | ScatterContent | NetworkContent | HeatmapContent | DotsContent | PairsContent;

/** A whole spec. */
export type PlotSpec =
  | (PlotFrame & LineContent)
  | (PlotFrame & ScatterContent)
  | (PlotFrame & NetworkContent)
  | (PlotFrame & HeatmapContent)
  | (PlotFrame & DotsContent)
  | (PlotFrame & PairsContent);

/** Where a drawing has put things, in CSS pixels from its upper left corner. */
export interface PlotLayout {
  /** The area of the data, inside the axes. */
  plot: { left: number; top: number; right: number; bottom: number };
  /** Values at the left and right edge of `plot`; null for a network or a heat map. */
  x_range: Range | null;
  /** Values at the lower and upper edge of `plot`; null for a network or a heat map. */
  y_range: Range | null;
  y_scale: 'linear' | 'log';
  /** Line chart with a cursor: the marked point of each series that has one. */
  cursor: { series: number; index: number; at: [x: number, y: number] }[];
  /** Network: the drawn units, layer by layer. */
  nodes: { x: number; y: number; radius: number; layer: number; unit: number }[];
  /** Network: the drawn weights, from unit `from` of `layer` to unit `to` of the next. */
  edges: { x1: number; y1: number; x2: number; y2: number; layer: number; from: number; to: number }[];
  /** Heat map, dots and pairs: cells or rows that fill `plot` evenly. */
  grid: { rows: number; columns: number } | null;
}
