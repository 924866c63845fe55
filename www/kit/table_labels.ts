/** The names of a table's columns, from the cells of its head. */

interface HeadCell {
  text: string | null;
  colSpan: number;
  rowSpan: number;
}

/** The name of each column; where the head has several rows, what stands above a column one after the other. */
export function columnLabels(rows: readonly (readonly HeadCell[])[]): string[] {
  const names: string[][] = [];
  /** Rows of the head that a column is still filled in from above. */
  const filled: number[] = [];
  for (const cells of rows) {
    let column = 0;
    const skip = (): void => {
      while ((filled[column] ?? 0) > 0) filled[column++]! -= 1;
    };
    for (const { text, colSpan, rowSpan } of cells) {
      skip();
      const name = (text ?? '').replace(/\s+/g, ' ').trim();
      for (let span = 0; span < colSpan; span++, column++) {
        const above = (names[column] ??= []);
        if (name !== '') above.push(name);
        filled[column] = rowSpan - 1;
      }
    }
    skip();
  }
  return names.map((above) => above.join(' · '));
}
