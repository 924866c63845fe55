/** What is told of a position of a chart, in a box beside it. */

import { css, html, type TemplateResult } from 'lit';
import { styled } from '../styled.js';
import type { Readout } from './guide.js';
import { placeBeside, type Spot } from './placement.js';

export const readoutStyles = css`
  .readout {
    position: absolute;
    top: 0;
    left: 0;
    z-index: 2;
    width: max-content;
    /* Of half the chart at most: one side of the pointer always has room. */
    max-width: max(9rem, calc(50% - 1.25rem));
    padding: 0.25rem 0.5rem;
    pointer-events: none;
    background: var(--lab-background);
    border: 1px solid var(--lab-border);
    border-radius: 0.375rem;
    font-size: 0.8125rem;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .sign {
    display: inline-block;
    width: 0.625rem;
    height: 0.625rem;
    border-radius: 50%;
    margin-inline-end: 0.25rem;
  }
`;

/** The box; who does not see it hears the chart's value. */
export function readoutBox({ title, entries }: Readout): TemplateResult {
  return html`<div class="readout" aria-hidden="true">
    <b>${title}</b>
    ${entries.map(
      ({ label, value, color }) =>
        html`<div>
          ${color ? html`<span class="sign" ${styled({ background: color })}></span>` : ''}${label}:
          <b>${value}</b>
        </div>`,
    )}
  </div>`;
}

/** Puts the box beside the spot it tells of, level with `y`. */
export function placeReadout(box: HTMLElement, frame: HTMLElement, spot: Spot, y: number): void {
  const around = frame.getBoundingClientRect();
  const size = { width: box.offsetWidth, height: box.offsetHeight };
  const { left, top } = placeBeside(spot, y, size, around, -around.top);
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
}

/** The same in one line, as a value that is read out. */
export function plainText({ title, entries }: Readout): string {
  return [title, ...entries.map(({ label, value }) => `${label} ${value}`)].join('; ');
}
