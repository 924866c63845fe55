/**
 * A flower of the measured kind, seen from above and true to scale: three sepals, which hang outwards, and between them three
 * petals.
 */

import { svg, type TemplateResult } from 'lit';

/** Lengths and widths in centimetres. */
export interface Flower {
  sepal: { length: number; width: number };
  petal: { length: number; width: number };
}

/** Centimetres from the middle to the edge of the picture: the longest sepal of the data has 7.9. */
export const REACH_CM = 8.5;
/** A leaf of this curve is as wide as its control points stand apart, times this. */
const WIDEST = 0.642;

/** A leaf from the middle upwards; its length and its greatest width are those given. */
export function leafPath({ length, width }: Flower['sepal']): string {
  const out = width / 2 / WIDEST;
  const [near, far] = [0.3 * length, length];
  return `M0 0C${-out} ${-near} ${-0.7 * out} ${-far} 0 ${-far}C${0.7 * out} ${-far} ${out} ${-near} 0 0Z`;
}

/** The flower with its middle at the origin; `color` is that of its class. */
export function flowerPicture({ sepal, petal }: Flower, color: string): TemplateResult {
  const three = (leaf: Flower['sepal'], first: number, opacity: number): TemplateResult[] =>
    [0, 120, 240].map(
      (turn) =>
        svg`<g transform=${`rotate(${first + turn})`} fill=${color} fill-opacity=${opacity} stroke=${color}>
          <path d=${leafPath(leaf)} stroke-width="0.08"></path>
          <path d=${`M0 0V${-0.75 * leaf.length}`} stroke-width="0.05"></path>
        </g>`,
    );
  return svg`${three(sepal, 60, 0.3)}${three(petal, 0, 0.75)}
    <circle r="0.3" fill=${color}></circle>`;
}
