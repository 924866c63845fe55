/**
 * Keys that run a lab while the focus is in it: whoever has changed a setting with the keyboard need not go back to the
 * buttons. Nothing that takes letters itself is disturbed, and outside the lab the keys mean nothing (WCAG 2.1.4).
 */

import type { LabSession } from '../../lab/session.js';
import { areKeysOn, isWriting } from '../workbench/way_to_lab.js';
import { runOrPause } from './pace.js';

const ACTS = ['run', 'step', 'reset'] as const;
export type KeyAct = (typeof ACTS)[number];

/** The key of each, as `aria-keyshortcuts` names it. */
export const RUN_KEYS: Readonly<Record<KeyAct, string>> = { run: 'r', step: 's', reset: '0' };

/** Of a key press what tells its meaning. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'isComposing' | 'defaultPrevented'
>;

/** What a press means; nothing where it belongs to the browser, or is part of something longer. */
export function actOf(press: KeyPress): KeyAct | null {
  if (press.altKey || press.ctrlKey || press.metaKey || press.shiftKey) return null;
  if (press.repeat || press.isComposing || press.defaultPrevented) return null;
  return ACTS.find((act) => RUN_KEYS[act] === press.key.toLowerCase()) ?? null;
}

/** Does what a key means for a lab, unless the reader has turned keys off; `own` are ways of the place that has the focus. */
export function onRunKey(
  session: LabSession,
  event: KeyboardEvent,
  own: Partial<Record<KeyAct, () => Promise<void>>> = {},
): void {
  const act = actOf(event);
  if (act === null || !areKeysOn() || isWriting(event) || session.status === 'loading') return;
  const [target] = event.composedPath();
  // A figure on a slider is the beginning of a number to whoever expects a field.
  if (act === 'reset' && target instanceof HTMLInputElement && target.type === 'range') return;
  const begun = (session.runs.current?.progress.step ?? 0) > 0;
  if (act === 'step' && (session.status === 'training' || session.finished)) return;
  if (act === 'reset' && !begun) return;
  event.preventDefault();
  const usual = { run: () => runOrPause(session), step: () => session.step(1), reset: () => session.reset() };
  // Errors are shown by the notices.
  (own[act] ?? usual[act])().catch(() => undefined);
}
