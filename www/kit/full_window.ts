/**
 * Lets an element fill the window, as a dialog does: what is around it can be neither seen nor reached meanwhile. It stays
 * where it is in its page, so that nothing in it is begun again.
 */

export class FullWindow {
  private element: HTMLElement | null = null;
  /** What this has made inert, and no one else. */
  private around: HTMLElement[] = [];
  private overflow = '';

  /** Fills the window with an element; `name` is what a screen reader calls it. */
  open(element: HTMLElement, name: string): void {
    if (this.element) return;
    this.element = element;
    element.setAttribute('role', 'dialog');
    element.setAttribute('aria-modal', 'true');
    element.setAttribute('aria-label', name);
    // In the top layer no page around it can clip it or lie over it. Where there is none, its style alone places it.
    if ('showPopover' in element) {
      element.popover = 'manual';
      element.showPopover();
    }
    this.around = outside(element).filter((other) => !other.inert);
    for (const other of this.around) other.inert = true;
    this.overflow = document.documentElement.style.overflow;
    document.documentElement.style.overflow = 'hidden';
  }

  /** Puts the element back into its page. */
  close(): void {
    const { element } = this;
    if (!element) return;
    this.element = null;
    for (const other of this.around) other.inert = false;
    this.around = [];
    document.documentElement.style.overflow = this.overflow;
    if (element.popover !== null && 'hidePopover' in element) {
      if (element.isConnected) element.hidePopover();
      element.popover = null;
    }
    for (const name of ['role', 'aria-modal', 'aria-label']) element.removeAttribute(name);
  }
}

/** The elements beside an element and beside those around it, through shadow roots. */
function outside(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = [];
  let node: Node = element;
  for (;;) {
    const parent: ParentNode | null = node.parentNode;
    if (!parent) return found;
    for (const other of parent.children) {
      if (other !== node && other instanceof HTMLElement && !/^(SCRIPT|STYLE|LINK|HEAD)$/.test(other.tagName))
        found.push(other);
    }
    if (parent instanceof ShadowRoot) node = parent.host;
    else if (parent === document.documentElement || parent instanceof Document) return found;
    else node = parent;
  }
}
