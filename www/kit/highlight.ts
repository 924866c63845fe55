/** Programs in colours: comments, texts, numbers and words of the language. No more than what helps to read. */

import { css } from 'lit';

/** What a piece of a program is; `plain` for all else. */
export type Kind = 'comment' | 'text' | 'number' | 'word' | 'plain';

export interface Piece {
  kind: Kind;
  text: string;
}

const NUMBER = String.raw`\b\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?:_?[iuf](?:8|16|32|64|size))?\b`;

interface Grammar {
  comment: string;
  text: string;
  words: readonly string[];
}

const GRAMMARS: { [language: string]: Grammar } = {
  python: {
    comment: String.raw`#[^\n]*`,
    text: String.raw`[rbfu]{0,2}(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')`,
    words: (
      'False None True and as assert async await break class continue def del elif else except finally for from global ' +
      'if import in is lambda nonlocal not or pass raise return try while with yield'
    ).split(' '),
  },
  rust: {
    comment: String.raw`//[^\n]*|/\*[\s\S]*?\*/`,
    // A quote alone begins a lifetime.
    text: String.raw`b?r#"[\s\S]*?"#|b?"(?:\\[\s\S]|[^"\\])*"|'(?:\\[^'\n]+|[^'\\\n])'`,
    words: (
      'as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move ' +
      'mut pub ref return self Self static struct super trait true type unsafe use where while'
    ).split(' '),
  },
};

/** The pieces of a program, which together are its text; one plain piece in a language that is not known. */
export function pieces(language: string, program: string): Piece[] {
  const grammar = Object.hasOwn(GRAMMARS, language) ? GRAMMARS[language] : undefined;
  if (!grammar) return [{ kind: 'plain', text: program }];
  const { comment, text, words } = grammar;
  const finder = new RegExp(
    `(?<comment>${comment})|(?<text>${text})|(?<number>${NUMBER})|(?<word>\\b(?:${words.join('|')})\\b)`,
    'g',
  );
  const found: Piece[] = [];
  let end = 0;
  for (const match of program.matchAll(finder)) {
    if (match.index > end) found.push({ kind: 'plain', text: program.slice(end, match.index) });
    const { comment, text, number } = match.groups ?? {};
    const kind =
      comment !== undefined
        ? 'comment'
        : text !== undefined
          ? 'text'
          : number !== undefined
            ? 'number'
            : 'word';
    found.push({ kind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < program.length) found.push({ kind: 'plain', text: program.slice(end) });
  return found;
}

/** Mixed with the colour of the text, each is legible on a light page and on a dark one. */
export const highlightStyles = css`
  .comment {
    color: var(--lab-muted);
    font-style: italic;
  }
  .text {
    color: color-mix(in srgb, #00a35c 55%, var(--lab-text));
  }
  .number {
    color: color-mix(in srgb, #d55e00 55%, var(--lab-text));
  }
  .word {
    color: var(--lab-accent);
    font-weight: 600;
  }
`;
