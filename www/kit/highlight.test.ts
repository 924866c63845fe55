import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pieces, type Kind } from './highlight.js';

/** The texts of the pieces of a kind. */
const of = (kind: Kind, language: string, program: string): string[] =>
  pieces(language, program)
    .filter((piece) => piece.kind === kind)
    .map(({ text }) => text);

const PYTHON = `"""Trains.

# no comment in here"""
import jax  # the import
def rate(step, name='it\\'s'):
    return 1e-3 * 0.9 ** step if name else f"{step} # not"
`;
const RUST = `// "a comment"
fn main<'a>(name: &'a str) -> f32 { let quote = '"'; /* 2 */ println!("{name} // no comment"); 0.5_f32 * 1_000 as f32 }
`;

test('the pieces of a program are its text, whole', () => {
  for (const [language, program] of [
    ['python', PYTHON],
    ['rust', RUST],
    ['basic', '10 PRINT'],
    ['python', ''],
    ['python', '"never closed\n# x'],
  ] as const)
    assert.equal(
      pieces(language, program)
        .map(({ text }) => text)
        .join(''),
      program,
    );
});

test('comments, texts, numbers and words of Python are told apart', () => {
  assert.deepEqual(of('comment', 'python', PYTHON), ['# the import']);
  assert.deepEqual(of('text', 'python', PYTHON), [
    '"""Trains.\n\n# no comment in here"""',
    "'it\\'s'",
    'f"{step} # not"',
  ]);
  assert.deepEqual(of('number', 'python', PYTHON), ['1e-3', '0.9']);
  assert.deepEqual(of('word', 'python', PYTHON), ['import', 'def', 'return', 'if', 'else']);
});

test('a lifetime of Rust is no text, and what stands in a text is no comment', () => {
  assert.deepEqual(of('text', 'rust', RUST), [`'"'`, '"{name} // no comment"']);
  assert.deepEqual(of('comment', 'rust', RUST), ['// "a comment"', '/* 2 */']);
  assert.deepEqual(of('number', 'rust', RUST), ['0.5_f32', '1_000']);
});

test('a program in an unknown language has no colours', () => {
  assert.deepEqual(pieces('constructor', 'if 1'), [{ kind: 'plain', text: 'if 1' }]);
});
