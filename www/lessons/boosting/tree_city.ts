/**
 * All trees of a model as houses in rows: a storey for each split on the way down, a window for each leaf, and the lights
 * as bright as what the tree gained. The first trees gain most: the row goes dark where there is little left to learn.
 */

import { css, html, svg, type TemplateResult } from 'lit';
import type { TreeShown } from '../../generated/boosting.js';

type Outline = TreeShown['all'][number];

/** Of the picture, in units of its own. */
const WIDTH = 720;
/** Of a row of houses with the sky above it. */
const ROW = 84;
const SKY = 6;
/** Houses of a row, as long as there are no more rows than these. */
const HOUSES = 34;
const MOST_ROWS = 4;
const MOST_STOREY = 12;
const MOST_HOUSE = 40;
/** Windows smaller than this cannot be told apart. */
const LEAST_WINDOW = 2;
/** Light of the tree that gained least: it is still seen. */
const DIMMEST = 0.12;

/** A house. */
export interface House {
  tree: number;
  x: number;
  /** Of its roof and of the ground it stands on. */
  top: number;
  ground: number;
  width: number;
  /** From a little to 1, by the logarithm of the gain. */
  light: number;
  /** In a row each, from the roof down; none where they would be too small. */
  windows: { x: number; y: number; size: number }[];
}

/** The houses of a model's trees in rows from left to right, and the height of the picture. */
export function housesOf(trees: readonly Outline[]): { houses: House[]; height: number } {
  const rows = Math.min(MOST_ROWS, Math.max(1, Math.ceil(trees.length / HOUSES)));
  const inRow = Math.max(1, Math.ceil(trees.length / rows));
  const deepest = Math.max(1, ...trees.map(({ depth }) => depth));
  const storey = Math.min(MOST_STOREY, (ROW - SKY) / (deepest + 1));
  const plot = Math.min(MOST_HOUSE, WIDTH / inRow);
  const gains = trees.map(({ gain }) => Math.log1p(Math.max(0, gain)));
  const most = Math.max(...gains);
  const houses = trees.map(({ leaves, depth }, tree) => {
    const [x, width] = [(tree % inRow) * plot, plot * 0.85];
    const ground = ROW * (Math.floor(tree / inRow) + 1);
    const top = ground - (depth + 1) * storey;
    const light = most > 0 ? DIMMEST + (1 - DIMMEST) * (gains[tree]! / most) ** 2 : DIMMEST;
    const across = Math.max(1, Math.ceil(leaves / (depth + 1)));
    const size = Math.min(storey, width / across) * 0.55;
    const windows = Array.from({ length: size < LEAST_WINDOW ? 0 : leaves }, (_, leaf) => ({
      x: x + ((leaf % across) + 0.5) * (width / across) - size / 2,
      y: top + (Math.floor(leaf / across) + 0.5) * storey - size / 2,
      size,
    }));
    return { tree, x, top, ground, width, light, windows };
  });
  return { houses, height: rows * ROW };
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

/** The houses; a press on a house chooses its tree, as the buttons beside do. */
export function treeCity(
  trees: readonly Outline[],
  chosen: number,
  label: string,
  choose: (tree: number) => void,
): TemplateResult {
  const { houses, height } = housesOf(trees);
  return html`<svg class="city" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label=${label}>
    ${houses.map(
      ({ tree, x, top, ground, width, light, windows }) =>
        svg`<g @click=${() => choose(tree)}>
          <rect x=${x} y=${ground - ROW} width=${width} height=${ROW} fill="transparent"></rect>
          <rect
            x=${x}
            y=${top}
            width=${width}
            height=${ground - top}
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
