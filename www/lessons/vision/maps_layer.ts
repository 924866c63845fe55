/** One layer of `<ember-maps>`: its name, how much of it is silent, and its maps side by side. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { SeenLayer } from './maps_data.js';
import { layerTitle } from './network_summary.js';
import { styled } from '../../kit/styled.js';
import '../../kit/tiles.js';
import type { TilePlace } from '../../kit/tile_room.js';
import type { TilePoint } from '../../kit/tiles.js';
import { formatCount, formatShare, words, type Fill, type Language } from '../../kit/words.js';

/** Sides of a map and of a unit in CSS pixels. */
const MAP_PX = 64;
const UNIT_PX = 20;

/** The look of {@link mapsLayer}. */
export const mapsLayerStyles = css`
  .layer {
    margin-bottom: 1rem;
  }
  .layer h4 {
    font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
    font-size: 0.875rem;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    align-items: center;
    font-size: 0.8125rem;
    color: var(--lab-muted);
    margin-bottom: 0.25rem;
  }
  .share {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
  }
  .share .track {
    width: 5rem;
    height: 0.5rem;
  }
  .share .bar {
    background: var(--lab-accent);
  }
`;

/** What a layer says of its pixels, and who hears which of them is pointed at. */
interface Ears {
  told: (place: TilePlace) => string;
  pointed: (event: TilePoint) => void;
}

/** The layer by its own name, with the maps that were sent of it. */
export function mapsLayer(language: Language, layer: SeenLayer, { told, pointed }: Ears): TemplateResult {
  const t = (key: string, fill?: Fill): string => words(language, `ui.maps.${key}`, fill);
  const { kind, height, width, channels, shown, dead, zeros } = layer;
  const dense = kind === 'dense';
  const title = layerTitle(layer);
  const share = formatShare(language, zeros);
  const shape = dense
    ? t('units', { count: formatCount(language, channels) })
    : `${height} × ${width} × ${channels}`;
  return html`<div class="layer">
    <h4>${title}</h4>
    <div class="facts">
      <span>${shape}</span>
      <span class="share"
        >${t('zeros', { share })}<span class="track" aria-hidden="true"
          ><div class="bar" ${styled({ width: `${100 * zeros}%` })}></div></span
      ></span>
      ${dead > 0 ? html`<span>${t(dense ? 'silent' : 'dead', { count: dead, all: channels })}</span>` : nothing}
      ${shown < channels ? html`<span>${t('shown', { shown, all: channels })}</span>` : nothing}
    </div>
    <ember-tiles
      .tiles=${layer.tiles}
      .told=${told}
      .size=${dense ? UNIT_PX : MAP_PX}
      .label=${t(dense ? 'units_of' : 'maps_of', { layer: title, count: shown })}
      .hint=${t('keys')}
      @tile-point=${pointed}
    ></ember-tiles>
  </div>`;
}
