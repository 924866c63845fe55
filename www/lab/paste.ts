/** Reads rows of numbers as readers paste them: from a table, a spreadsheet or a sentence. */

/** What is wrong with a pasted row. `column` counts from 1. */
export type PasteProblem =
  | { kind: 'count'; row: number; found: number }
  | { kind: 'number'; row: number; column: number; given: string }
  | { kind: 'empty' };

export type Pasted = { rows: number[][] } | { problem: PasteProblem };

/**
 * Rows are lines; numbers are parted by commas, spaces, tabs or semicolons (Chinese ones too). Where a semicolon
 * or tab parts them, a comma is a decimal comma. Text after the expected numbers, such as the name of the
 * species, is left out.
 */
export function parseRows(text: string, columns: number): Pasted {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length === 0) return { problem: { kind: 'empty' } };
  const rows: number[][] = [];
  for (const [index, line] of lines.entries()) {
    const cells = cellsOf(line);
    if (cells.length < columns) return { problem: { kind: 'count', row: index + 1, found: cells.length } };
    const row: number[] = [];
    for (const [column, cell] of cells.entries()) {
      const value = Number(cell);
      const isNumber = cell !== '' && Number.isFinite(value);
      if (column < columns) {
        if (!isNumber)
          return { problem: { kind: 'number', row: index + 1, column: column + 1, given: cell } };
        row.push(value);
      } else if (isNumber) {
        return { problem: { kind: 'count', row: index + 1, found: cells.length } };
      }
    }
    rows.push(row);
  }
  return { rows };
}

function cellsOf(line: string): string[] {
  const plain = line
    .trim()
    .replaceAll('，', ',')
    .replaceAll('；', ';')
    .replaceAll('、', ',')
    .replaceAll('−', '-');
  const parted = /[;\t]/.test(plain)
    ? plain.split(/[;\t]/).map((cell) => cell.replace(',', '.'))
    : plain.split(/\s*,\s*|\s+/);
  return parted.map((cell) => cell.trim());
}
