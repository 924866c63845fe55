/** A look into the lab that is kept fresh while a run trains: an `inspect` or `predict` repeated at a limited rate. */

import type { ReactiveController } from 'lit';
import { dataOf } from './data_of.js';
import type { LabPart } from './part.js';
import type { Topic } from './topics.js';
import { Visibility } from '../kit/visibility.js';

const TOPICS: readonly Topic[] = ['opened', 'progress'];

/**
 * Asks again after each change, never while an answer is pending, never sooner than the interval, and only
 * while its host is in view. `ask` gives null when there is nothing to ask.
 */
export class LiveAnswer<T> implements ReactiveController {
  /** What the latest asking failed with. */
  failure: Error | null = null;

  private answer: { value: T; data: string } | null = null;
  private stopListening: (() => void) | null = null;
  private readonly visibility: Visibility;
  private stale = true;
  private pending = false;
  private lastAsked = -Infinity;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: LabPart,
    private readonly ask: () => Promise<T> | null,
    private readonly intervalMs: number,
    private readonly onAnswer: () => void = () => this.host.requestUpdate(),
  ) {
    host.addController(this);
    this.visibility = new Visibility(host, (visible) => visible && this.schedule());
  }

  /** The latest answer; none while it speaks of data that the lab no longer has. */
  get value(): T | null {
    return this.answer?.data === dataOf(this.host.session.opened) ? this.answer.value : null;
  }

  hostUpdated(): void {
    this.stopListening ??= this.host.session.topics.listen(TOPICS, () => this.refresh());
  }

  hostDisconnected(): void {
    this.stopListening?.();
    this.stopListening = null;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** What is shown is no longer true: ask again as soon as it may be. */
  refresh(): void {
    this.stale = true;
    this.schedule();
  }

  private schedule(): void {
    const { session } = this.host;
    if (
      !this.stale ||
      this.pending ||
      this.timer !== undefined ||
      !this.visibility.visible ||
      !session.opened
    )
      return;
    const wait = Math.max(0, this.lastAsked + this.intervalMs - performance.now());
    this.timer = setTimeout(() => void this.askNow(), wait);
  }

  private async askNow(): Promise<void> {
    this.timer = undefined;
    const question = this.ask();
    this.stale = false;
    if (!question) return;
    this.pending = true;
    this.lastAsked = performance.now();
    const data = dataOf(this.host.session.opened);
    try {
      this.answer = { value: await question, data };
      this.failure = null;
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    this.pending = false;
    this.onAnswer();
    this.schedule();
  }
}
