/** Signs of a legend: how a line or a class of points is drawn. Colour is never the only difference. */

import { css, html, svg, type TemplateResult } from 'lit';
import type { Shape } from './chart/plot-spec.js';

export type { Shape };

export type LineStyle = 'solid' | 'dashed' | 'points';

/** The shapes of the classes in order, one for each colour of the palette. */
export const SHAPES: readonly Shape[] = [
  'circle',
  'triangle',
  'square',
  'diamond',
  'triangle_down',
  'plus',
  'cross',
  'star',
  'hourglass',
  'bowtie',
];

/** Corners in a square of 14, as crates/plot/src/marker.rs draws them. */
const CORNERS: Record<Exclude<Shape, 'circle'>, string> = {
  triangle: '7,1 13,12 1,12',
  square: '2,2 12,2 12,12 2,12',
  diamond: '7,0 14,7 7,14 0,7',
  triangle_down: '7,13 1,2 13,2',
  plus: '5,0 9,0 9,5 14,5 14,9 9,9 9,14 5,14 5,9 0,9 0,5 5,5',
  cross: '3.5,0.7 7,4.2 10.5,0.7 13.3,3.5 9.8,7 13.3,10.5 10.5,13.3 7,9.8 3.5,13.3 0.7,10.5 4.2,7 0.7,3.5',
  star: '7,0 8.7,4.7 13.7,4.8 9.7,7.9 11.1,12.7 7,9.9 2.9,12.7 4.3,7.9 0.3,4.8 5.3,4.7',
  hourglass: '1.5,0.5 12.5,0.5 1.5,13.5 12.5,13.5',
  bowtie: '0.5,1.5 0.5,12.5 13.5,1.5 13.5,12.5',
};

/** Of a row of signs with their words, which stay together. */
export const legendStyles = css`
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem 1rem;
    margin: 0 0 0.25rem;
    padding: 0;
    list-style: none;
    font-size: 0.875rem;
  }
  .legend > * {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
  }
  .legend svg {
    flex: none;
  }
`;

/** A short piece of a line. */
export function lineSign(color: string, style: LineStyle): TemplateResult {
  const sign =
    style === 'points'
      ? svg`<circle cx="12" cy="6" r="3.5" fill=${color} />`
      : svg`<line x1="1" x2="23" y1="6" y2="6" stroke=${color} stroke-width="2.5"
              stroke-dasharray=${style === 'dashed' ? '5 4' : 'none'} />`;
  return html`<svg width="24" height="12" viewBox="0 0 24 12" aria-hidden="true">${sign}</svg>`;
}

/** The sign of a class of points. */
export function pointSign(color: string, shape: Shape): TemplateResult {
  const sign =
    shape === 'circle'
      ? svg`<circle cx="7" cy="7" r="5" fill=${color} />`
      : svg`<polygon points=${CORNERS[shape]} fill=${color} />`;
  return html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">${sign}</svg>`;
}
