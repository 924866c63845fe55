/** Text broken into lines that fit a width, in scripts with and without spaces between words. */

/** Scripts that may break between any two characters: Chinese characters, kana, their punctuation, full-width forms. */
const PIECES =
  /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|\s+|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+/gu;
/** What may not begin a line. */
const CLOSING = /^[，。、；：！？）》」』”’…,.;:!?)]/u;

/** At most `mostLines` lines no wider than `width`; what does not fit is left out, and a last sign says so. */
export function wrapText(
  text: string,
  width: number,
  mostLines: number,
  widthOf: (text: string) => number,
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces(text, width, widthOf)) {
    if (widthOf((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  if (lines.length <= mostLines) return lines;
  const kept = lines.slice(0, mostLines);
  kept[mostLines - 1] = shortened(kept[mostLines - 1]!, width, widthOf);
  return kept;
}

/** Words and single characters; a word wider than a whole line comes in parts. */
function* pieces(text: string, width: number, widthOf: (text: string) => number): Iterable<string> {
  let piece = '';
  for (const next of text.match(PIECES) ?? []) {
    if (piece !== '' && !CLOSING.test(next)) {
      yield* parts(piece, width, widthOf);
      piece = '';
    }
    piece += next;
  }
  yield* parts(piece, width, widthOf);
}

function* parts(piece: string, width: number, widthOf: (text: string) => number): Iterable<string> {
  if (widthOf(piece) <= width) {
    yield piece;
    return;
  }
  // An address is best read when it breaks between its parameters.
  const sections = piece.match(/[?&]*[^?&]+|[?&]+$/g) ?? [];
  if (sections.length > 1) {
    for (const section of sections) yield* parts(section, width, widthOf);
    return;
  }
  let part = '';
  for (const character of piece) {
    if (part !== '' && widthOf(part + character) > width) {
      yield part;
      part = '';
    }
    part += character;
  }
  yield part;
}

function shortened(line: string, width: number, widthOf: (text: string) => number): string {
  const characters = [...line];
  while (characters.length > 0 && widthOf(`${characters.join('')}…`) > width) characters.pop();
  return `${characters.join('')}…`;
}
