/** Why a worker did not come up: browsers say of a script that is missing no more than of one that they keep out. */

import { failure } from './failure.js';
import type { EngineFailure } from './protocol.js';

/** Milliseconds that the script may take to show that it is there. */
const PATIENCE_MS = 10_000;

/**
 * The failure with its cause: `worker_missing` where the script of the worker does not arrive, `worker_blocked` where it
 * does, or where the page's own policy keeps the page from finding out.
 */
export async function whyBlocked(blocked: EngineFailure, { href: url }: URL): Promise<EngineFailure> {
  let forbidden = false;
  const note = (): void => void (forbidden = true);
  document.addEventListener('securitypolicyviolation', note);
  const answer = await ask(url);
  // The violation is told in a task of its own.
  await new Promise((resolve) => setTimeout(resolve, 50));
  document.removeEventListener('securitypolicyviolation', note);
  if (answer === null || forbidden) return blocked;
  return failure('worker_missing', `The script ${url} of the worker did not arrive: ${answer}`, { url });
}

/** What is wrong with the answer to a request for the script; null where nothing is. */
async function ask(url: string): Promise<string | null> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(url, { cache: 'no-cache', signal: patience.signal });
    await response.text();
    if (!response.ok) return `the server answered ${response.status}`;
    const type = response.headers.get('content-type') ?? '';
    return /javascript/i.test(type) ? null : `the server answered with ${type || 'no type'}`;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } finally {
    clearTimeout(timer);
  }
}
