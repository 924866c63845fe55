/** A table of the reader's with answers as further columns: its own text, line by line, and nothing of it changed. */

const DELIMITERS = [',', ';', '\t', '|'];

interface CsvRecord {
  /** Without its line end. */
  text: string;
  end: string;
  /** The line in which it begins, counted from 1. */
  line: number;
  fields: number;
}

/** Cuts a text into records; a quote that opens a field takes line ends and delimiters in. */
function recordsOf(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let [start, at, line, first, fields] = [0, 0, 1, 1, 1];
  let opens = true;
  const close = (end: string): void => {
    records.push({ text: text.slice(start, at), end, line: first, fields });
    at += end.length;
    if (end.includes('\n')) line += 1;
    [start, first, fields, opens] = [at, line, 1, true];
  };
  while (at < text.length) {
    const letter = text[at]!;
    if (letter === '"' && opens) {
      at += 1;
      while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
        if (text[at] === '\n') line += 1;
        at += text[at] === '"' ? 2 : 1;
      }
      at += 1;
      opens = false;
    } else if (letter === '\n' || letter === '\r') {
      close(text.startsWith('\r\n', at) ? '\r\n' : letter);
    } else {
      opens = letter === delimiter;
      if (opens) fields += 1;
      at += 1;
    }
  }
  at = Math.min(at, text.length);
  if (start < text.length) close('');
  return records;
}

/** A cell as it stands in a file with this delimiter. */
function quoted(cell: string, delimiter: string): string {
  return /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * The text with further columns. `lines` holds the lines in which the header and each row that was read begin; other
 * lines stay as they are. `names` has the name of each column, one that the table has already gets a number.
 */
export function withAnswers(
  text: string,
  lines: readonly number[],
  names: readonly string[],
  answers: readonly (readonly string[])[],
): string {
  const headerIn = (delimiter: string): CsvRecord | undefined =>
    recordsOf(text, delimiter).find(({ line }) => line === lines[0]);
  const counts = DELIMITERS.map((delimiter) => headerIn(delimiter)?.fields ?? 0);
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))]!;
  const rows = new Map(lines.map((line, index) => [line, index]));
  const taken = headerIn(delimiter)?.text ?? '';
  const named = names.map((name) => {
    let number = 1;
    const numbered = (): string => (number === 1 ? name : `${name}_${number}`);
    while (taken.split(delimiter).includes(numbered())) number += 1;
    return numbered();
  });
  return recordsOf(text, delimiter)
    .map((record) => {
      const row = rows.get(record.line);
      if (row === undefined) return record.text + record.end;
      const cells = row === 0 ? named : (answers[row - 1] ?? []);
      return [record.text, ...cells.map((cell) => quoted(cell, delimiter))].join(delimiter) + record.end;
    })
    .join('');
}

/** One row as a table of two lines. */
export function rowAsTable(cells: readonly (readonly [name: string, value: string])[]): string {
  const line = (texts: string[]): string => texts.map((text) => `"${text.replaceAll('"', '""')}"`).join(',');
  return `${line(cells.map(([name]) => name))}\n${line(cells.map(([, value]) => value))}\n`;
}
