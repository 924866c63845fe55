/** A heat map made of rows of which some are left out, so that groups of rows stand apart; and how it is walked. */

import { cellGuide, type Guide, type Readout } from './chart/guide.js';

/**
 * Walks the cells of a heat map row by row and frames the one that is told. `rows` has the number of the row that
 * stands at each height, null for one left empty, which is passed over.
 */
export function framedCellGuide(
  rows: readonly (number | null)[],
  columns: number,
  told: (row: number, column: number) => Readout,
): Guide {
  const drawn = rows.flatMap((row, height) => (row === null ? [] : [{ row, height }]));
  const place = new Map(drawn.map(({ height }, index) => [height, index]));
  const inner = cellGuide(rows.length, columns, () => ({ title: '', entries: [] }));
  const cell = (position: number): { row: number; height: number; column: number } => ({
    ...drawn[Math.floor(position / columns)]!,
    column: position % columns,
  });
  return {
    empty: drawn.length * columns === 0,
    count: () => drawn.length * columns,
    at(layout, x, y) {
      const found = inner.at(layout, x, y);
      const index = found === null ? undefined : place.get(Math.floor(found / columns));
      return index === undefined ? null : index * columns + (found! % columns);
    },
    readout(_, position) {
      const { row, column } = cell(position);
      return told(row, column);
    },
    spot(layout, position) {
      const { height, column } = cell(position);
      return inner.spot(layout, height * columns + column);
    },
    mark(content, _, position) {
      const { height, column } = cell(position);
      return content.kind === 'heatmap' ? { ...content, highlight: [height, column] } : content;
    },
  };
}
