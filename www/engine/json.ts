/** Values from outside, narrowed step by step: what `JSON.parse` and messages bring is of no type. */

import type { Json } from './protocol.js';

/** Lists and objects in one another: nothing of ours has more, and what follows them down does so call by call. */
const DEEPEST = 64;

/** What a text stands for. Throws `SyntaxError` where it is not JSON, or is nested deeper than anything here. */
export function parseJson(text: string): Json {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- what the parser makes is JSON by its nature
  const value: Json = JSON.parse(text);
  if (isDeeper(value, DEEPEST)) throw new SyntaxError(`It is nested more than ${DEEPEST} deep.`);
  return value;
}

/** Whether a value survives JSON: one that holds itself does not, and one that is nested too deeply is taken for such. */
export function survivesJson(value: unknown): boolean {
  try {
    parseJson(JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function isDeeper(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner: Json) => isDeeper(inner, levels - 1));
}

/** Whether a value has fields by name. */
export function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same for what is JSON already. */
export function isJsonObject(value: Json): value is { [name: string]: Json } {
  return isRecord(value);
}

function isJson(value: unknown): value is Json {
  if (Array.isArray(value)) return value.every(isJson);
  if (isRecord(value)) return Object.values(value).every(isJson);
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The fields of a value that are JSON. */
export function jsonIn(value: { readonly [name: string]: unknown }): { [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(value).filter((field): field is [string, Json] => isJson(field[1])),
  );
}

/** A value as text: a string as it is, anything else as JSON writes it. */
export function jsonText(value: Json | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** The list that a value is; an empty one where it is none. */
export function listIn(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

/** The numbers of a list; a value that is none has none. */
export function numbersIn(value: Json | undefined): number[] {
  return listIn(value).filter((item) => typeof item === 'number');
}

/** The texts of a list, likewise. */
export function textsIn(value: Json | undefined): string[] {
  return listIn(value).filter((item) => typeof item === 'string');
}
