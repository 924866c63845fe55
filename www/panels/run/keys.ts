/**
 * Keys that run a lab while the focus is in it: whoever has changed a setting with the keyboard need not go back to the
 * buttons. Nothing that takes letters itself is disturbed, and outside the lab the keys mean nothing (WCAG 2.1.4).
 */

import type { LabSession } from '../../lab/session.js';
import { runOrPause } from './pace.js';

const ACTS = ['run', 'step', 'reset'] as const;
export type KeyAct = (typeof ACTS)[number];

/** The key of each, as `aria-keyshortcuts` names it. */
export const RUN_KEYS: Readonly<Record<KeyAct, string>> = { run: 'r', step: 's', reset: '0' };

/** Kinds of `<input>` that no letter is typed into. */
const WITHOUT_LETTERS: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'file',
  'radio',
  'range',
  'submit',
]);
const TAKES_LETTERS =
  'textarea, select, [contenteditable], [role="textbox"], [role="combobox"], [role="listbox"]';

/** Of a key press what tells its meaning. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'repeat' | 'defaultPrevented'
>;

/** What a press means where the focus is on an element that takes letters or takes none. */
export function actOf(press: KeyPress, takesLetters: boolean): KeyAct | null {
  const isOther = press.altKey || press.ctrlKey || press.metaKey || press.shiftKey;
  if (takesLetters || isOther || press.repeat || press.defaultPrevented) return null;
  return ACTS.find((act) => RUN_KEYS[act] === press.key) ?? null;
}

/** Does what a key means for a lab. */
export function onRunKey(session: LabSession, event: KeyboardEvent): void {
  const act = actOf(event, takesLetters(event.composedPath()[0]));
  if (act === null || session.status === 'loading') return;
  const begun = (session.runs.current?.progress.step ?? 0) > 0;
  if (act === 'step' && (session.status === 'training' || session.finished)) return;
  if (act === 'reset' && !begun) return;
  event.preventDefault();
  const work = { run: () => runOrPause(session), step: () => session.step(1), reset: () => session.reset() };
  // Errors are shown by the notices.
  work[act]().catch(() => undefined);
}

function takesLetters(target: EventTarget | undefined): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_LETTERS.has(target.type);
  return target instanceof Element && target.matches(TAKES_LETTERS);
}
