/** The die beside the seed: another draw of luck by one press. */

import { css, html, svg, type TemplateResult } from 'lit';

/** The largest seed of a throw: short enough to be told to somebody. */
const MOST_THROWN = 9999;

export const dieStyles = css`
  .die {
    padding: 0 0.5rem;
    line-height: 0;
  }
  .die circle {
    fill: currentColor;
  }
  .die rect {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
  }
`;

/** A seed by chance that is not the one there is; `random` gives a whole number of 32 bits. */
export function anotherSeed(
  { min, max }: { min: number; max: number },
  seed: number,
  random: () => number = () => crypto.getRandomValues(new Uint32Array(1))[0]!,
): number {
  const seeds = Math.min(max, MOST_THROWN) - min + 1;
  const thrown = min + (random() % seeds);
  return thrown === seed ? min + ((thrown - min + 1) % seeds) : thrown;
}

export function dieButton(name: string, isDisabled: boolean, throwIt: () => void): TemplateResult {
  const dots = [
    [5, 5],
    [15, 5],
    [10, 10],
    [5, 15],
    [15, 15],
  ] as const;
  return html`<button
    type="button"
    class="die"
    title=${name}
    aria-label=${name}
    ?disabled=${isDisabled}
    @click=${throwIt}
  >
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
      <rect x="1" y="1" width="18" height="18" rx="3"></rect>
      ${dots.map(([x, y]) => svg`<circle cx=${x} cy=${y} r="1.75"></circle>`)}
    </svg>
  </button>`;
}
