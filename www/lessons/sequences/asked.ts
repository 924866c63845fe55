/** A look that takes a while: asked for by a button, and known to be old once the run has moved on. */

import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { EmberError } from '../../engine/failure.js';
import { failureText } from '../../lab/failure_text.js';
import type { LabPart } from '../../lab/part.js';
import { words } from '../../kit/words.js';

/** Its host listens to the topics `opened`, `progress` and `status`. Another lab begins without an answer. */
export class Asked<T> implements ReactiveController {
  value: T | null = null;
  failure: Error | null = null;
  busy = false;

  private opened: unknown = null;
  private turn = 0;
  /** The run and its step that the answer is about. */
  private moment = '';

  constructor(
    private readonly host: Pick<LabPart, 'addController' | 'requestUpdate' | 'session'>,
    private readonly question: () => Promise<T>,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    const { opened } = this.host.session;
    if (this.opened === opened) return;
    this.opened = opened;
    this.turn += 1;
    [this.value, this.failure, this.busy] = [null, null, false];
  }

  /** Whether the weights are others by now than those that the answer is about. */
  get isOld(): boolean {
    return this.value !== null && this.moment !== this.now();
  }

  /** Asks; an answer about a lab that was left meanwhile is dropped. Gives it where it was not. */
  async ask(): Promise<T | null> {
    const turn = ++this.turn;
    const moment = this.now();
    this.busy = true;
    this.host.requestUpdate();
    let value: T | null = null;
    let failure: Error | null = null;
    try {
      value = await this.question();
    } catch (thrown) {
      failure = thrown instanceof Error ? thrown : new Error(String(thrown));
    }
    if (turn !== this.turn) return null;
    [this.value, this.failure, this.busy, this.moment] = [value, failure, false, moment];
    this.host.requestUpdate();
    return value;
  }

  private now(): string {
    const run = this.host.session.runs.current;
    return run ? `${run.id} ${run.progress.step}` : '';
  }
}

/** The button of such a look with what there is to say about it; `label` is its words. */
export function askButton<T>(
  part: LabPart,
  asked: Asked<T>,
  label: string,
  ask: () => Promise<unknown> = () => asked.ask(),
): TemplateResult {
  const { status, opened } = part.session;
  const isTraining = status === 'training';
  const say = (key: string): string => words(part.language, `ui.asked.${key}`);
  const note = asked.busy ? 'busy' : isTraining ? 'wait' : asked.isOld ? 'old' : null;
  return html`<div class="row">
      <button
        type="button"
        class="primary"
        ?disabled=${asked.busy || isTraining || !opened}
        @click=${() => void ask()}
      >
        ${label}
      </button>
      <span class="muted" role="status">${note ? say(note) : ''}</span>
    </div>
    ${noAnswer(part, asked.failure)}`;
}

/** Whether there is no answer because the model has not been trained. */
export const isNotTrained = (thrown: unknown): boolean =>
  thrown instanceof EmberError && thrown.code === 'not_trained';

/** Why there is no answer; that a model has not been trained is no error. */
export function noAnswer(part: LabPart, failure: Error | null): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  return html`<p class=${isNotTrained(failure) ? 'muted' : 'error'}>
    ${failureText(part.language, failure)}
  </p>`;
}
