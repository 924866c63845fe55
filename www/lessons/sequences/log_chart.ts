/** A small chart with two logarithmic axes, on which powers are straight lines. */

import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

export type Point = readonly [x: number, y: number];

/** Points joined by a line, or by none. */
export interface LogSeries {
  points: readonly Point[];
  color: string;
  sign: 'circle' | 'square' | null;
  line: 'solid' | 'dashed' | null;
}

export interface LogChart {
  /** What a screen reader says of it: the numbers stand in a table beside it. */
  label: string;
  series: readonly LogSeries[];
  /** The values that stand at the axis across. */
  across: readonly number[];
  /** Names of the axes, with units. */
  names: readonly [x: string, y: string];
  /** A value across that is marked, and what it is called. */
  mark?: { at: number; text: string };
  number: (value: number) => string;
}

const [WIDTH, HEIGHT] = [340, 270];
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 10, 24, 40];
/** Half a sign. */
const SIGN = 4;

/** Powers of ten from the one at or below the least value to the one at or above the largest. */
export function decades(values: readonly number[]): number[] {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  if (logs.length === 0) return [1, 10];
  const first = Math.floor(Math.min(...logs));
  const last = Math.max(first + 1, Math.ceil(Math.max(...logs)));
  return Array.from({ length: last - first + 1 }, (_, place) => 10 ** (first + place));
}

/** Where a value lies between two ends, as a share of the way on a logarithmic scale. */
export function share(value: number, [low, high]: readonly [number, number]): number {
  return Math.log(value / low) / Math.log(high / low);
}

/** The power of x that y grows with between two points. */
export function exponent(from: Point, to: Point): number {
  return Math.log(to[1] / from[1]) / Math.log(to[0] / from[0]);
}

/** The chart. */
export function logChart({ label, series, across, names, mark, number }: LogChart): TemplateResult {
  const points = series.flatMap((one) => one.points);
  const rows = decades(points.map(([, y]) => y));
  const [low, high] = [across[0]!, across.at(-1)!];
  const x = (value: number): number => LEFT + share(value, [low, high]) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number =>
    HEIGHT - BOTTOM - share(value, [rows[0]!, rows.at(-1)!]) * (HEIGHT - TOP - BOTTOM);
  const at = ([one, other]: Point): Point => [x(one), y(other)];
  return html`<svg class="log" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    ${rows.map(
      (row) => svg`<line class="grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(row)} y2=${y(row)} />
        <text class="tick" x=${LEFT - 6} y=${y(row) + 4} text-anchor="end">${number(row)}</text>`,
    )}
    ${across.map(
      (value) => svg`<line class="grid" x1=${x(value)} x2=${x(value)} y1=${TOP} y2=${HEIGHT - BOTTOM} />
        <text class="tick" x=${x(value)} y=${HEIGHT - BOTTOM + 15} text-anchor="middle">${number(value)}</text>`,
    )}
    <text class="name" x=${(LEFT + WIDTH - RIGHT) / 2} y=${HEIGHT - 6} text-anchor="middle">${names[0]}</text>
    <text class="name" x="2" y="12">${names[1]}</text>
    ${
      mark
        ? svg`<line class="mark" x1=${x(mark.at)} x2=${x(mark.at)} y1=${TOP} y2=${HEIGHT - BOTTOM} />
            <text class="tick" x=${x(mark.at) + 4} y=${TOP + 12}>${mark.text}</text>`
        : null
    }
    ${series.map((one) => drawn(one, at))}
  </svg>`;
}

function drawn({ points, color, sign, line }: LogSeries, at: (point: Point) => Point): SVGTemplateResult {
  const places = points.filter(([, y]) => y > 0).map(at);
  const path = places.map((place) => place.join(',')).join(' ');
  const signOf = ([x, y]: Point): SVGTemplateResult =>
    sign === 'circle'
      ? svg`<circle cx=${x} cy=${y} r=${SIGN} fill=${color} />`
      : svg`<rect x=${x - SIGN} y=${y - SIGN} width=${2 * SIGN} height=${2 * SIGN} fill=${color} />`;
  return svg`${
    line
      ? svg`<polyline points=${path} fill="none" stroke=${color} stroke-width="2"
          stroke-dasharray=${line === 'dashed' ? '6 4' : 'none'} />`
      : null
  }${sign ? places.map(signOf) : null}`;
}

/** How a series is drawn, for a legend. */
export function logSign(look: Omit<LogSeries, 'points'>): TemplateResult {
  const [middle, ends]: [Point, Point[]] = [
    [15, 6],
    [
      [0, 6],
      [30, 6],
    ],
  ];
  const same = (point: Point): Point => point;
  return html`<svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true">
    ${drawn({ ...look, points: ends, sign: null }, same)}
    ${drawn({ ...look, points: [middle], line: null }, same)}
  </svg>`;
}
