/** Looks whose scripts come when they are first shown. */

import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { EmberError, failureOf } from '../../engine/failure.js';
import { unlessLate } from '../../engine/stall.js';
import { words } from '../../kit/words.js';
import { failureText } from '../../lab/failure_text.js';
import type { LabSession } from '../../lab/session.js';
import type { LookElement } from '../lesson_entry.js';

export class FetchedLooks {
  private readonly fetched = new Set<LookElement>();
  private failure: EmberError | null = null;

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Another look is wanted: the error of the one before is no longer shown. */
  forget(): void {
    this.failure = null;
    this.host.requestUpdate();
  }

  /** The look, once its script is there; until then, and where it cannot be had, a sentence. */
  draw(name: string, look: LookElement, session: LabSession): TemplateResult {
    if (!look.load || this.fetched.has(look)) return look.draw(session);
    const { language } = session;
    if (this.failure) {
      return html`<p class="error" role="alert">${failureText(language, this.failure)}</p>
        <button type="button" @click=${() => this.forget()}>${words(language, 'ui.inside.again')}</button>`;
    }
    void this.fetch(name, look, look.load);
    return html`<p class="muted">${words(language, 'ui.inside.fetching')}</p>`;
  }

  private async fetch(name: string, look: LookElement, load: () => Promise<unknown>): Promise<void> {
    try {
      await unlessLate(name, load());
      this.fetched.add(look);
    } catch (thrown) {
      this.failure = new EmberError(failureOf(thrown, 'unknown'));
    }
    this.host.requestUpdate();
  }
}
