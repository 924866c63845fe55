/** Pictures side by side, each with its caption. */

import { css, html, type TemplateResult } from 'lit';
import './picture.js';
import type { PictureData } from './picture_data.js';

/** Width of a picture in CSS pixels, where there is so much room. */
const WIDTH_PX = 112;

/** The look of {@link pictureGrid}. */
export const pictureGridStyles = css`
  .pictures {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 7rem));
    gap: 0.75rem 0.5rem;
    margin: 0 0 0.75rem;
    padding: 0;
    list-style: none;
  }
  .pictures figure {
    margin: 0;
  }
  .pictures ember-picture {
    display: block;
  }
  .pictures figcaption {
    margin-top: 0.25rem;
    font-size: 0.8125rem;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }
  .pictures .more {
    color: var(--lab-muted);
    display: block;
  }
`;

/** A picture of the grid: `label` is its accessible name, the caption stands below it. */
export interface GridPicture {
  picture: PictureData;
  label: string;
  caption: unknown;
}

/** Four in a row. */
export function pictureGrid(pictures: readonly GridPicture[]): TemplateResult {
  return html`<ul class="pictures" role="list">
    ${pictures.map(
      ({ picture, label, caption }) =>
        html`<li>
          <figure>
            <ember-picture .picture=${picture} .width=${WIDTH_PX} .label=${label}></ember-picture>
            <figcaption>${caption}</figcaption>
          </figure>
        </li>`,
    )}
  </ul>`;
}
