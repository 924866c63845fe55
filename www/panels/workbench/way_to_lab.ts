/**
 * The way from the text of a lesson's page to its lab and back to where one was: by the key `w`, which can be turned off,
 * and by the page's link to the lab.
 */

import { remember, remembered } from '../../kit/remembered.js';
import type { LabSession } from '../../lab/session.js';

/** Where the choice is kept; a key that a page listens to everywhere must be possible to turn off (WCAG 2.1.4). */
const KEYS = 'keys';
let areOn: boolean | null = null;

export function areKeysOn(): boolean {
  return (areOn ??= remembered(KEYS) !== 'off');
}

export function setKeysOn(on: boolean): void {
  areOn = on;
  remember(KEYS, on ? 'on' : 'off');
}

const ways = new WeakMap<LabSession, WayToLab>();

/** The way to a lab, where there is a text to come from. */
export function wayOf(session: LabSession): WayToLab | null {
  return ways.get(session) ?? null;
}

/** Where somebody was. */
interface Place {
  focus: HTMLElement | null;
  scroll: number;
}

export class WayToLab {
  private from: Place | null = null;
  private readonly listeners = new Set<() => void>();
  private readonly ended = new AbortController();

  constructor(
    private readonly lab: Element,
    session: LabSession,
  ) {
    ways.set(session, this);
    const { signal } = this.ended;
    document.addEventListener('keydown', (event) => this.onKey(event), { signal });
    document.addEventListener('click', (event) => this.onClick(event), { signal });
  }

  /** Calls `listener` when there is a place to go back to, or none any more; returns what ends that. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get canGoBack(): boolean {
    return this.from !== null;
  }

  /** To the lab, with the place kept that is left. */
  go(): void {
    this.setFrom({ focus: deepFocus(), scroll: window.scrollY });
    this.lab.scrollIntoView({ behavior: 'instant', block: 'start' });
    const view = this.lab.shadowRoot?.firstElementChild;
    const bar = view?.shadowRoot?.querySelector<HTMLElement>('ember-workbench-bar');
    // It stands at the upper edge now.
    if (bar) return bar.focus({ preventScroll: true });
    // It is not there yet: the next Tab leads into it.
    if (this.lab.parentElement) this.lab.parentElement.focus({ preventScroll: true });
  }

  /** Back to where one was before. */
  goBack(): void {
    const { from } = this;
    if (!from) return;
    this.setFrom(null);
    if (from.focus?.isConnected) from.focus.focus({ preventScroll: true });
    else document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
    window.scrollTo({ top: from.scroll, behavior: 'instant' });
  }

  /** Listens no longer. */
  end(): void {
    this.ended.abort();
  }

  private setFrom(place: Place | null): void {
    this.from = place;
    for (const listener of this.listeners) listener();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key !== 'w' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.defaultPrevented || event.repeat || event.isComposing || isWriting(event) || !areKeysOn())
      return;
    event.preventDefault();
    if (!event.composedPath().includes(this.lab)) this.go();
    else if (this.canGoBack) this.goBack();
  }

  private onClick(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(event.target instanceof Element)) return;
    if (!event.target.closest('a[href="#lab"]')) return;
    event.preventDefault();
    this.go();
  }
}

/** Whether letters mean something where the focus is: in fields, and in lists, which look for what begins so. */
export function isWriting(event: KeyboardEvent): boolean {
  const [target] = event.composedPath();
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'button', 'file'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** What has the focus, through shadow roots. */
function deepFocus(): HTMLElement | null {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLElement && element !== document.body ? element : null;
}
