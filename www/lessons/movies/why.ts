/** `<ember-why>`: why a film has its score; what a network is asked for is asked when the reader opens it. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Moved, Reason } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { styled } from '../../kit/styled.js';
import { failureText } from '../../lab/failure_text.js';
import { LabPart } from '../../lab/part.js';
import type { Question } from './asking.js';
import { signed } from './numbers.js';
import { reasonSentences } from './reasons.js';

export class EmberWhy extends LabPart {
  static override styles = [
    shared,
    css`
      ul {
        margin: 0.25rem 0 0.5rem;
        padding-inline-start: 1.25rem;
      }
      .bars {
        display: grid;
        /* Long titles leave their bars some room. */
        grid-template-columns: minmax(0, max-content) minmax(5rem, 1fr) max-content;
        gap: 0.25rem 0.75rem;
        align-items: center;
        margin-block: 0.25rem 0.5rem;
        max-width: 30rem;
      }
      .track {
        display: grid;
        grid-template-columns: 1fr 1fr;
        border-radius: 0.25rem;
        background: var(--lab-grid);
        height: 0.75rem;
      }
      .bar {
        height: 100%;
        background: var(--lab-accent);
      }
      .less {
        justify-self: end;
        background: var(--lab-error);
      }
      .more {
        grid-column: 2;
      }
    `,
  ];

  @property({ attribute: false }) question!: Question;
  @property({ attribute: false }) movie = 0;
  /** Those of a method; a network has none, and is asked what moved its answer. */
  @property({ attribute: false }) reasons: readonly Reason[] = [];
  @property({ attribute: false }) starsOf: (movie: number) => number | null = () => null;
  @state() private open = false;
  @state() private moved: Moved | null = null;
  @state() private failure = '';

  /** An answer speaks of the weights, the user and the film that it was asked for. */
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!changed.has('reasons') && !changed.has('movie') && !changed.has('question')) return;
    this.moved = null;
    if (this.open) void this.ask();
  }

  protected override render(): TemplateResult {
    return html`<details ?open=${this.open} @toggle=${this.onToggle}>
      <summary>${this.t('ui.why.summary')}</summary>
      <div aria-live="polite">${this.open ? this.content() : nothing}</div>
    </details>`;
  }

  private readonly onToggle = (): void => {
    this.open = this.renderRoot.querySelector('details')!.open;
    if (this.open && !this.moved) void this.ask();
  };

  private async ask(): Promise<void> {
    if (this.reasons.length > 0) return;
    const { movie, question } = this;
    try {
      const moved = await this.session.inspect('movies', 'moved', { ...question, movie });
      if (movie === this.movie && question === this.question) this.moved = moved;
      this.failure = '';
    } catch (thrown) {
      this.failure = failureText(this.language, thrown);
    }
  }

  private content(): TemplateResult | typeof nothing {
    const { language, moved, question } = this;
    if (this.reasons.length > 0) {
      const whom = 'user' in question ? question.user : null;
      const sentences = reasonSentences(language, this.reasons, whom, this.starsOf);
      return html`<ul>
        ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
      </ul>`;
    }
    if (this.failure !== '') return html`<p class="error">${this.failure}</p>`;
    if (!moved) return nothing;
    const features = moved.features.map(({ feature, by }) => ({
      name: this.t(`ui.why.features.${feature}`),
      by,
    }));
    const films = moved.films.map(({ title, by }) => ({ name: title, by }));
    if (features.length > 0) return html`${this.hint('ui.why.of_features')}${this.bars(features)}`;
    if (films.length > 0) return html`${this.hint('ui.why.of_films')}${this.bars(films)}`;
    return this.hint('ui.why.none');
  }

  private bars(moved: readonly { name: string; by: number }[]): TemplateResult {
    const largest = Math.max(...moved.map(({ by }) => Math.abs(by)), 1e-6);
    return html`<div class="bars">
      ${moved.map(
        ({ name, by }) =>
          html`<span>${name}</span
            ><span class="track" aria-hidden="true"
              ><div
                class=${by < 0 ? 'bar less' : 'bar more'}
                ${styled({ width: `${(100 * Math.abs(by)) / largest}%` })}
              ></div></span
            ><span>${signed(this.language, by)}</span>`,
      )}
    </div>`;
  }
}

define('ember-why', EmberWhy);
