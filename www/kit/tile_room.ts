/** Where the tiles of `<ember-tiles>` stand: in rows, as many in each as there is room for. */

/** What is drawn. */
export interface Tiles {
  count: number;
  /** Rows and columns of each. */
  rows: number;
  columns: number;
  /** Four bytes a pixel, tile after tile, row by row. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Which tiles are drawn as an empty frame, because there is nothing to see on them. */
  empty: readonly boolean[];
}

/** A pixel of a tile, counted from 0. */
export interface TilePlace {
  tile: number;
  row: number;
  column: number;
}

/** Between tiles, in CSS pixels. */
const GAP = 4;
/** A border that the mark of a pixel at the edge fits into. */
const BORDER = 3;

/** Lengths in CSS pixels. */
export interface TileRoom {
  /** Size of a tile. */
  across: number;
  down: number;
  /** Of the whole. */
  height: number;
  /** Tiles in a row. */
  columns: number;
  /** Left upper corner of a tile. */
  corner: (tile: number) => [left: number, top: number];
}

/** A row less is worth tiles that are smaller by this. */
const LEAST_SHARE = 0.75;

/** Tiles about `size` wide: a little less where that saves a row, or as wide as there is room. */
export function tileRoom({ count, rows, columns }: Tiles, size: number, width: number): TileRoom {
  const room = width - 2 * BORDER;
  const fitting = (tiles: number): number => Math.floor((room + GAP) / tiles) - GAP;
  const most = Math.max(1, Math.floor((room + GAP) / (size + GAP)));
  const lines = Math.max(1, Math.ceil(count / most));
  const closer = Math.max(1, Math.ceil(count / Math.max(1, lines - 1)));
  const inRow = fitting(closer) >= LEAST_SHARE * size ? closer : Math.ceil(count / lines);
  const across = Math.max(1, Math.min(size, fitting(inRow)));
  const down = (across * rows) / columns;
  const height = Math.ceil(count / inRow) * (down + GAP) - GAP + 2 * BORDER;
  return {
    across,
    down,
    height: Math.max(1, height),
    columns: inRow,
    corner: (tile) => [
      BORDER + (tile % inRow) * (across + GAP),
      BORDER + Math.floor(tile / inRow) * (down + GAP),
    ],
  };
}

/** The pixel at a point, or null between the tiles and beside them. */
export function tileAt(tiles: Tiles, room: TileRoom, x: number, y: number): TilePlace | null {
  const [right, below] = [x - BORDER, y - BORDER];
  const [inRow, row] = [Math.floor(right / (room.across + GAP)), Math.floor(below / (room.down + GAP))];
  const tile = row * room.columns + inRow;
  if (inRow < 0 || inRow >= room.columns || row < 0 || tile >= tiles.count) return null;
  const [left, top] = room.corner(tile);
  const column = Math.floor(((x - left) / room.across) * tiles.columns);
  const line = Math.floor(((y - top) / room.down) * tiles.rows);
  const inside = column >= 0 && column < tiles.columns && line >= 0 && line < tiles.rows;
  return inside ? { tile, row: line, column } : null;
}
