/** What the parts of a lab have in common: the session, the words, and being drawn anew when a topic changes. */

import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Part } from './options.js';
import type { LabSession } from './session.js';
import type { Topic } from './topics.js';
import { findWords, formatCount, formatNumber, words, type Fill, type Language } from '../kit/words.js';

/** A part of a lab. Parts write `static topics` for what they show; words are always among them. */
export abstract class LabPart extends LitElement {
  static topics: readonly Topic[] = [];

  @property({ attribute: false }) session!: LabSession;
  /** Whether it stands in a figure of the text, whose caption introduces it. */
  @property({ type: Boolean, reflect: true }) captioned = false;

  private stopListening: (() => void) | null = null;

  get language(): Language {
    return this.session.language;
  }

  /** Whether the page is dark, as the colours of runs and classes need to know. */
  protected get dark(): boolean {
    return this.session.dark;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.session) this.listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.stopListening = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('session')) this.listen();
  }

  /** Called when one of the part's topics was announced. */
  protected topicChanged(): void {
    this.requestUpdate();
  }

  protected t(key: string, fill?: Fill): string {
    return words(this.language, key, fill);
  }

  /** The words under a key, or null. */
  protected find(key: string, fill?: Fill): string | null {
    return findWords(this.language, key, fill);
  }

  protected number(value: number, digits?: number): string {
    return formatNumber(this.language, value, digits);
  }

  protected count(value: number): string {
    return formatCount(this.language, value);
  }

  /** The frame of a part, with its name as heading. */
  protected card(part: Part, content: unknown): TemplateResult {
    return this.titled(this.t(`parts.${part}`), content);
  }

  /** A frame with a heading. In a figure it is no landmark: the lab has one of that name. */
  protected titled(title: string, content: unknown): TemplateResult {
    if (this.captioned) {
      return html`<div class="card" part="card">
        <h3>${title}</h3>
        ${content}
      </div>`;
    }
    return html`<section class="card" part="card" aria-labelledby="heading">
      <h3 id="heading">${title}</h3>
      ${content}
    </section>`;
  }

  /** A paragraph in quiet type that says what stands here, or will. In a figure the caption says it. */
  protected hint(key: string, fill?: Fill): TemplateResult {
    return html`<p class=${key.endsWith('intro') ? 'muted intro' : 'muted'}>${this.t(key, fill)}</p>`;
  }

  private listen(): void {
    this.stopListening?.();

    // eslint-disable-next-line no-restricted-syntax -- the compiler does not know the class of `this`
    const { topics } = this.constructor as typeof LabPart;
    this.stopListening = this.session.topics.listen([...topics, 'words'], () => this.topicChanged());
  }
}
