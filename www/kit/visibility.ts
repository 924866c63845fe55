/** Whether an element is in view, so that nothing is computed or drawn for what nobody sees. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Watches its host; calls `onChange` when the host comes into view or leaves it. */
export class Visibility implements ReactiveController {
  visible = false;
  private inView = false;
  private observer: IntersectionObserver | null = null;

  constructor(
    private readonly host: ReactiveControllerHost & Element,
    private readonly onChange: (visible: boolean) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    // A margin, so that what is about to be scrolled in is there already.
    this.observer = new IntersectionObserver(
      (entries) => {
        this.inView = entries.at(-1)!.isIntersecting;
        this.tell();
      },
      { rootMargin: '300px' },
    );
    this.observer.observe(this.host);
    document.addEventListener('visibilitychange', this.tell);
  }

  hostDisconnected(): void {
    this.observer?.disconnect();
    document.removeEventListener('visibilitychange', this.tell);
    this.inView = this.visible = false;
  }

  /** A page in a tab behind others is not seen either. */
  private readonly tell = (): void => {
    this.visible = this.inView && !document.hidden;
    this.onChange(this.visible);
  };
}
