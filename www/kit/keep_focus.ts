/**
 * Keeps the focus in an element: a button that goes away with its own press, or is disabled while the lab opens anew,
 * would leave whoever works with the keyboard at the beginning of the page.
 */

import type { LitElement, ReactiveController } from 'lit';

export class KeepFocus implements ReactiveController {
  private had: Element | null = null;
  private isLost = false;

  /** `next` gives what takes the focus then; asked again with each update while it cannot. */
  constructor(
    private readonly host: LitElement,
    private readonly next: () => HTMLElement | null | undefined,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    this.had = this.host.shadowRoot?.activeElement ?? null;
  }

  hostUpdated(): void {
    const { had } = this;
    this.had = null;
    if (had && (!had.isConnected || had.matches(':disabled'))) this.isLost = true;
    if (!this.isLost) return;
    // The reader has gone on to something else meanwhile.
    const elsewhere = document.activeElement;
    if (elsewhere && elsewhere !== document.body && !this.holds(elsewhere)) {
      this.isLost = false;
      return;
    }
    const next = this.next();
    if (!next || next.matches(':disabled')) return;
    this.isLost = false;
    next.focus();
  }

  /** Whether the host is what the focus of the page is in; through shadow roots the page sees the outermost host only. */
  private holds(element: Element): boolean {
    for (let node: Node | null = this.host; node; node = parentOf(node)) if (node === element) return true;
    return false;
  }
}

function parentOf(node: Node): Node | null {
  return node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
}
