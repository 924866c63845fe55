/** A look that follows from what is opened alone: asked for once each time a lab is opened. */

import type { ReactiveController } from 'lit';
import type { LabPart } from './part.js';

/**
 * Its host listens to the topic `opened`. The latest answer stays until the next one is there; `left` is called first each
 * time, for whatever else speaks of the lab before, and may `forget` the answer.
 */
export class OpenedAnswer<T> implements ReactiveController {
  value: T | null = null;

  private opened: unknown = null;
  private latest = 0;

  constructor(
    private readonly host: Pick<LabPart, 'addController' | 'requestUpdate' | 'session'>,
    private readonly ask: () => Promise<T>,
    private readonly left: () => void = () => undefined,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    const { opened } = this.host.session;
    if (!opened || this.opened === opened) return;
    this.opened = opened;
    this.left();
    this.refresh();
  }

  /** Shows nothing until the next answer is there. */
  forget(): void {
    this.value = null;
  }

  /** Asks anew. An answer, or a failure, that was overtaken by a later question is dropped. */
  refresh(): void {
    const turn = ++this.latest;
    this.ask().then(
      (value) => {
        if (turn !== this.latest) return;
        this.value = value;
        this.host.requestUpdate();
      },
      (thrown: unknown) => {
        if (turn === this.latest) this.host.session.report(thrown);
      },
    );
  }
}
