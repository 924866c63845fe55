/** A convolutional network as a row of boxes: the face of a box is the map, its thickness stands for the channels. */

import { css, html, svg, type TemplateResult } from 'lit';
import { classColor } from '../../kit/colors.js';
import type { LayerSummary, Summary } from '../../generated/vision.js';
import { words, type Language } from '../../kit/words.js';

/** Room of a layer across, and of the whole drawing upwards. */
const COLUMN = 84;
const HEIGHT = 176;
/** Where the boxes stand. */
const GROUND = 132;
/** Side of the input's face; no box is drawn smaller than the least. */
const LARGEST = 76;
const LEAST = 4;
/** How far the face leans back, as a share of its side. */
const LEAN = 0.34;
/** Thickness for each doubling of the channels. */
const THICKNESS = 3.5;

/** The look of {@link networkBoxes}. */
export const networkBoxesStyles = css`
  .boxes {
    margin-bottom: 0.75rem;
  }
  .boxes svg {
    display: block;
    flex: none;
  }
  .boxes text {
    fill: var(--lab-text);
    font-size: 12px;
    text-anchor: middle;
  }
  .boxes text.shape {
    fill: var(--lab-muted);
  }
  .boxes .box {
    stroke: var(--lab-surface);
    stroke-width: 1;
    stroke-linejoin: round;
  }
`;

/** The index of a kind of layer in the palette; the input has the last colour, which is nearest to the text. */
const COLORS: { readonly [kind: string]: number } = {
  conv2d: 0,
  max_pooling2d: 2,
  flatten: 3,
  dense: 1,
  input: 5,
};

/** The drawing, wider than a phone: it scrolls in a frame of its own. */
export function networkBoxes(dark: boolean, language: Language, summary: Summary): TemplateResult {
  const input = { name: 'input', kind: 'input', shape: summary.input };
  const layers = [input, ...summary.layers];
  const label = words(language, 'ui.summary.drawing', {
    layers: layers.map(({ name, shape }) => `${name} ${shape.join('×')}`).join(', '),
  });
  const width = COLUMN * layers.length;
  return html`<div
    class="scroll boxes"
    tabindex="0"
    role="region"
    aria-label=${words(language, 'ui.summary.picture')}
  >
    <svg width=${width} height=${HEIGHT} viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label=${label}>
      ${layers.map((layer, index) => column(dark, language, layer, index, summary.input[0]))}
    </svg>
  </div>`;
}

function column(
  dark: boolean,
  language: Language,
  { kind, shape }: Pick<LayerSummary, 'kind' | 'shape'>,
  index: number,
  largest: number,
): TemplateResult {
  const middle = COLUMN * (index + 0.5);
  // Of a layer that is no stack of maps only the number of its units.
  const [rows = 0, , channels] = shape;
  return svg`<g>
    ${
      channels === undefined
        ? bar(dark, kind, rows, middle)
        : box(dark, kind, { rows, channels }, middle, largest)
    }
    <text x=${middle} y=${GROUND + 20}>${words(language, `ui.summary.kinds.${kind}`)}</text>
    <text class="shape" x=${middle} y=${GROUND + 37}>${shape.join('×')}</text>
  </g>`;
}

/** A stack of maps: front, top and the face that leans back. */
function box(
  dark: boolean,
  kind: string,
  { rows, channels }: { rows: number; channels: number },
  middle: number,
  largest: number,
): TemplateResult {
  const side = Math.max(LEAST, (LARGEST * rows) / largest);
  const thickness = THICKNESS * Math.log2(2 * channels);
  const lean = LEAN * side;
  const left = middle - (thickness + lean) / 2;
  const [right, top] = [left + thickness, GROUND - side];
  const color = classColor(dark, COLORS[kind] ?? 0);
  const points = (corners: [number, number][]): string => corners.map((corner) => corner.join(',')).join(' ');
  return svg`
    <rect class="box" x=${left} y=${top} width=${thickness} height=${side} fill=${color} />
    <polygon class="box" fill=${color} fill-opacity="0.55" points=${points([
      [left, top],
      [left + lean, top - lean],
      [right + lean, top - lean],
      [right, top],
    ])} />
    <polygon class="box" fill=${color} fill-opacity="0.75" points=${points([
      [right, top],
      [right + lean, top - lean],
      [right + lean, GROUND - lean],
      [right, GROUND],
    ])} />`;
}

/** Units side by side: a bar whose length stands for the doublings of their number. */
function bar(dark: boolean, kind: string, units: number, middle: number): TemplateResult {
  const height = LEAST + 5.5 * Math.log2(2 * units);
  return svg`<rect class="box" x=${middle - 4} y=${GROUND - height} width="8" height=${height}
    fill=${classColor(dark, COLORS[kind] ?? 0)} />`;
}
