/** Signs of a legend: how a line or a class of points is drawn. Colour is never the only difference. */

import { css, html, svg, type TemplateResult } from 'lit';

export type LineStyle = 'solid' | 'dashed' | 'points';
export type Shape = 'circle' | 'triangle' | 'square' | 'diamond';

/** The shapes of the classes in order; more classes begin again with other colours. */
export const SHAPES: readonly Shape[] = ['circle', 'triangle', 'square', 'diamond'];

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
  const corners = { triangle: '7,1 13,12 1,12', square: '2,2 12,2 12,12 2,12', diamond: '7,0 14,7 7,14 0,7' };
  const sign =
    shape === 'circle'
      ? svg`<circle cx="7" cy="7" r="5" fill=${color} />`
      : svg`<polygon points=${corners[shape]} fill=${color} />`;
  return html`<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">${sign}</svg>`;
}
