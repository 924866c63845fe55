/** Failures as they cross between worker and page. */

import { isRecord, jsonIn } from './json.js';
import type { EngineFailure } from './protocol.js';

/** An error with a stable code, as every promise of the lab rejects with. */
export class EmberError extends Error implements EngineFailure {
  readonly code: string;
  readonly details: EngineFailure['details'];

  constructor(failure: EngineFailure) {
    super(failure.message);
    this.name = 'EmberError';
    this.code = failure.code;
    this.details = failure.details;
  }
}

/** A failure with a stable code. */
export function failure(
  code: string,
  message: string,
  details: EngineFailure['details'] = {},
): EngineFailure {
  return { code, message, details };
}

/** Brings whatever was thrown into the one form; what carries no code of its own gets `fallbackCode`. */
export function failureOf(thrown: unknown, fallbackCode: string): EngineFailure {
  if (isRecord(thrown) && typeof thrown['code'] === 'string') {
    const { code, message, details } = thrown;
    const text = typeof message === 'string' ? message : code;
    return { code, message: text, details: isRecord(details) ? jsonIn(details) : {} };
  }
  return failure(fallbackCode, thrown instanceof Error ? thrown.message : String(thrown));
}

/** What the three engines say of an `import()` whose file cannot be had: none of them gives it a name of its own. */
const NO_SCRIPT =
  /dynamically imported module|importing a module script failed|module script (?:load|fetch)/i;

/** The code of an error that nobody has named: that of a script of the page that could not be fetched, or `unknown`. */
export function codeOfUnnamed(thrown: unknown): 'script_not_loaded' | 'unknown' {
  return thrown instanceof TypeError && NO_SCRIPT.test(thrown.message) ? 'script_not_loaded' : 'unknown';
}
