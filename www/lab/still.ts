/** A look into the lab at what stays as it is while a run trains: asked once for each question. */

import type { ReactiveController } from 'lit';
import type { Opened } from '../engine/protocol.js';
import type { LabPart } from './part.js';
import { Visibility } from '../kit/visibility.js';

/**
 * Asks when its host is drawn, is in view, and the question is another one or the lab has been opened anew. The
 * question is a text that tells one from another; null for none. The host listens to the topic `opened`.
 */
export class StillAnswer<T> implements ReactiveController {
  private answer: { value: T; of: string } | null = null;
  private asked: { opened: Opened; question: string } | null = null;
  private readonly visibility: Visibility;

  constructor(
    private readonly host: LabPart,
    private readonly question: () => string | null,
    private readonly ask: () => Promise<T>,
  ) {
    host.addController(this);
    this.visibility = new Visibility(host, (visible) => visible && host.requestUpdate());
  }

  /** The latest answer, for a moment still that to the question before; none while the lab shows other pictures. */
  get value(): T | null {
    return this.answer?.of === picturesOf(this.host) ? this.answer.value : null;
  }

  hostUpdate(): void {
    const { opened } = this.host.session;
    const question = opened && this.question();
    if (!opened || question === null || !this.visibility.visible) return;
    if (this.asked?.opened === opened && this.asked.question === question) return;
    const asked = { opened, question };
    const of = picturesOf(this.host);
    this.asked = asked;
    this.ask().then(
      (value) => {
        if (this.asked !== asked) return;
        this.answer = { value, of };
        this.host.requestUpdate();
      },
      // What it failed with belongs to the opening of the lab, and is told there.
      () => undefined,
    );
  }
}

function picturesOf({ session }: LabPart): string {
  return JSON.stringify(session.opened?.description.pictures ?? null);
}
