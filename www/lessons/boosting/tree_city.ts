/**
 * All trees of a model as a row of houses: a storey for each split on the way down, a window for each leaf, and the lights
 * as bright as what the tree gained. The first trees gain most: the row goes dark where there is little left to learn.
 */

import { css, html, svg, type TemplateResult } from 'lit';
import type { TreeShown } from '../../generated/boosting.js';

type Outline = TreeShown['all'][number];

/** Of the picture, in units of its own. */
const WIDTH = 720;
const HEIGHT = 120;
const MOST_STOREY = 12;
const MOST_HOUSE = 40;
/** Windows narrower than this cannot be told apart. */
const LEAST_WINDOW = 2;
/** Light of the tree that gained least: it is still seen. */
const DIMMEST = 0.12;

/** A house in the row. */
export interface House {
  tree: number;
  x: number;
  width: number;
  height: number;
  /** From a little to 1, by the logarithm of the gain. */
  light: number;
  /** In a row each, from the roof down; none where they would be too small. */
  windows: { x: number; y: number; size: number }[];
}

/** The houses of a model's trees, from left to right. */
export function housesOf(trees: readonly Outline[]): House[] {
  const deepest = Math.max(1, ...trees.map(({ depth }) => depth));
  const storey = Math.min(MOST_STOREY, (HEIGHT - 4) / (deepest + 1));
  const plot = Math.min(MOST_HOUSE, WIDTH / Math.max(1, trees.length));
  const gains = trees.map(({ gain }) => Math.log1p(Math.max(0, gain)));
  const most = Math.max(...gains);
  return trees.map(({ leaves, depth }, tree) => {
    const [x, width] = [tree * plot, plot * 0.85];
    const height = (depth + 1) * storey;
    const light = most > 0 ? DIMMEST + (1 - DIMMEST) * (gains[tree]! / most) ** 2 : DIMMEST;
    const across = Math.max(1, Math.ceil(leaves / (depth + 1)));
    const size = Math.min(storey, width / across) * 0.55;
    const windows = Array.from({ length: size < LEAST_WINDOW ? 0 : leaves }, (_, leaf) => ({
      x: x + ((leaf % across) + 0.5) * (width / across) - size / 2,
      y: HEIGHT - height + (Math.floor(leaf / across) + 0.5) * storey - size / 2,
      size,
    }));
    return { tree, x, width, height, light, windows };
  });
}

export const treeCityStyles = css`
  .city {
    width: 100%;
    height: auto;
    display: block;
    background: #101a33;
    border-radius: 0.25rem;
    cursor: pointer;
  }
`;

/** The row; a press on a house chooses its tree, as the buttons beside do. */
export function treeCity(
  trees: readonly Outline[],
  chosen: number,
  label: string,
  choose: (tree: number) => void,
): TemplateResult {
  return html`<svg class="city" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
    ${housesOf(trees).map(
      ({ tree, x, width, height, light, windows }) =>
        svg`<g @click=${() => choose(tree)}>
          <rect x=${x} y="0" width=${width} height=${HEIGHT} fill="transparent"></rect>
          <rect
            x=${x}
            y=${HEIGHT - height}
            width=${width}
            height=${height}
            fill=${windows.length > 0 ? '#2b3a63' : `rgb(255 205 100 / ${light})`}
            stroke=${tree === chosen ? '#ff8a3d' : 'none'}
            stroke-width="2"
          ></rect>
          ${windows.map(
            (pane) =>
              svg`<rect x=${pane.x} y=${pane.y} width=${pane.size} height=${pane.size} fill=${`rgb(255 215 120 / ${light})`}></rect>`,
          )}
        </g>`,
    )}
  </svg>`;
}
