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

/** What the three engines say of an `import()` whose file cannot be had: none of them gives it a name of its own. */
const NO_SCRIPT = /dynamically imported module|importing a module script failed/i;

/**
 * Brings whatever was thrown into the one form; what carries no code of its own gets `script_not_loaded` where a script of
 * the page could not be fetched, and else `fallbackCode`.
 */
export function failureOf(thrown: unknown, fallbackCode: string): EngineFailure {
  if (isRecord(thrown) && typeof thrown['code'] === 'string') {
    const { code, message, details } = thrown;
    const text = typeof message === 'string' ? message : code;
    return { code, message: text, details: isRecord(details) ? jsonIn(details) : {} };
  }
  const isScript = thrown instanceof TypeError && NO_SCRIPT.test(thrown.message);
  return failure(
    isScript ? 'script_not_loaded' : fallbackCode,
    thrown instanceof Error ? thrown.message : String(thrown),
  );
}
