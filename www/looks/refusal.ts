/** Why what a reader brought was refused, beside where it was brought: the messages of the lab may be far away. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Opened } from '../engine/protocol.js';
import { failureText } from '../lab/failure_text.js';
import type { LabSession } from '../lab/session.js';

/** What was thrown, and what the lab had open then. */
export interface Refusal {
  thrown: unknown;
  opened: Opened | null;
}

/** Notes a refusal and says it among the messages too, whose live region is the one that reads it out. */
export function refuse(session: LabSession, thrown: unknown): Refusal {
  session.report(thrown);
  return { thrown, opened: session.opened };
}

/** The sentence; nothing once other data have been opened, from wherever they came. */
export function refusalText(session: LabSession, refusal: Refusal | null): TemplateResult | typeof nothing {
  if (!refusal || refusal.opened !== session.opened) return nothing;
  return html`<p class="error">${failureText(session.language, refusal.thrown)}</p>`;
}
