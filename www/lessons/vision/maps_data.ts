/** What each layer makes of a picture, as `inspect('maps')` answers, and what one of its pixels saw of the picture. */

import type { PictureInput } from '../../engine/protocol.js';
import type { LayerMaps, Maps } from '../../generated/vision.js';
import { decodeBase64, type PictureData } from '../../kit/picture_data.js';
import type { PictureSplit } from '../../looks/pictures/pictures_data.js';
import type { LabSession } from '../../lab/session.js';
import type { TilePlace, Tiles } from '../../kit/tile_room.js';
import { viridisPixels } from '../../kit/viridis.js';

/**
 * The output of a layer, ready to be drawn. A pixel's byte is 128 + 64 (x − mean) / deviation of its map, cut off; it
 * sees the rows r · step + offset and following of the picture, as many as the size of the field.
 */
export interface SeenLayer extends Omit<LayerMaps, 'maps'> {
  /** One map after the other. */
  bytes: Uint8Array;
  tiles: Tiles;
}

/** What the network makes of a picture, layer by layer. */
export interface Seen extends Omit<Maps, 'layers'> {
  layers: SeenLayer[];
}

/** A part of the picture, in pixels. */
export interface Area {
  top: number;
  left: number;
  /** One after the last. */
  bottom: number;
  right: number;
}

/** A picture of a part, or one of the reader's own. */
export type Chosen = { split: PictureSplit; index: number } | { own: PictureInput };

/** Asks for the maps of a picture as they are at this step; `most` of each layer. */
export async function askForMaps(session: LabSession, chosen: Chosen, most: number): Promise<Seen> {
  const answer = await ('own' in chosen
    ? session.inspect('vision', 'maps', { most }, [chosen.own])
    : session.inspect('vision', 'maps', { ...chosen, most }));
  return { ...answer, layers: answer.layers.map(seenLayer) };
}

function seenLayer({ maps, ...layer }: LayerMaps): SeenLayer {
  const bytes = decodeBase64(maps);
  const size = layer.height * layer.width;
  const empty = Array.from({ length: layer.shown }, (_, tile) =>
    // Around their mean, living maps are near 128 somewhere.
    bytes.subarray(tile * size, (tile + 1) * size).every((byte) => byte === 0),
  );
  const tiles: Tiles = {
    count: layer.shown,
    rows: layer.height,
    columns: layer.width,
    pixels: viridisPixels(bytes),
    empty,
  };
  return { ...layer, bytes, tiles };
}

/** Deviations from the mean of its map at which a pixel stands; the ends of the range stand for all beyond them. */
export function deviations({ bytes, height, width }: SeenLayer, { tile, row, column }: TilePlace): number {
  return (bytes[(tile * height + row) * width + column]! - 128) / 64;
}

/** What a pixel of a layer's maps sees of the picture. */
export function fieldOf({ field, kind }: SeenLayer, { row, column }: TilePlace, picture: PictureData): Area {
  const { size, step, offset } = field;
  // A unit of a dense layer is connected with everything.
  if (kind === 'dense') return { top: 0, left: 0, bottom: picture.height, right: picture.width };
  const [top, left] = [row * step + offset, column * step + offset];
  return {
    top: Math.max(0, top),
    left: Math.max(0, left),
    bottom: Math.min(picture.height, top + size),
    right: Math.min(picture.width, left + size),
  };
}
