/** Expectations that say what was expected and what was found. */

/** An expectation that did not hold. */
export class Unmet extends Error {}

/** Two values that survive JSON are equal. */
export function equal(found, expected, what) {
  if (canonical(found) !== canonical(expected))
    throw new Unmet(`${what}: expected ${shown(expected)}, found ${shown(found)}`);
}

/** Something holds; `found` is shown when it does not. */
export function ok(condition, what, found) {
  if (!condition) throw new Unmet(found === undefined ? what : `${what}: found ${shown(found)}`);
}

/** A number is within `tolerance` of another. */
export function near(found, expected, tolerance, what) {
  if (!(Math.abs(found - expected) <= tolerance))
    throw new Unmet(`${what}: expected ${expected} within ${tolerance}, found ${found}`);
}

/** A text holds another, or matches a pattern. */
export function contains(text, part, what) {
  const holds = part instanceof RegExp ? part.test(text) : text.includes(part);
  if (!holds)
    throw new Unmet(`${what}: expected ${part instanceof RegExp ? part : shown(part)} in ${shown(text)}`);
}

/** JSON with the names of objects in order, so that two engines may name them in any order. */
export function canonical(value) {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

function shown(value) {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 1500 ? `${text.slice(0, 1500)} … (${text.length} characters)` : text;
}
