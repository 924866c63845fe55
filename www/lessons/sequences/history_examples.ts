/** `<ember-history-examples>`: some users' histories as rows of items, with what each took at the end. */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { noAnswer } from './asked.js';
import './item_pictures.js';

/** Users at a time. */
const USERS = 5;
/** Of a long history so many items are drawn, the last ones. */
const DRAWN = 12;

interface Example {
  user: number;
  /** The last items before the one that comes next. */
  items: readonly number[];
  /** Items before those. */
  before: number;
  next: number | null;
}

export class EmberHistoryExamples extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      ol {
        list-style: none;
        margin: 0 0 0.75rem;
        padding: 0;
      }
      ol > li {
        padding-block: 0.5rem;
        border-bottom: 1px solid var(--lab-grid);
      }
      .items {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 0.5rem;
        align-items: center;
      }
      .next {
        border: 2px solid var(--lab-accent);
        border-radius: 0.375rem;
        padding: 0.125rem 0.25rem;
      }
      b {
        display: block;
        font-weight: 600;
        font-size: 0.875rem;
        color: var(--lab-muted);
      }
    `,
  ];

  @state() private from = 0;
  private users = 0;
  /** Why there are none: a model that only counts shows nothing before it has counted. */
  private failure: Error | null = null;
  private readonly examples = new OpenedAnswer<Example[]>(
    this,
    () => this.fetch(),
    () => {
      this.from = 0;
      this.examples.forget();
    },
  );

  protected override topicChanged(): void {
    super.topicChanged();
    if (this.failure) this.examples.refresh();
  }

  protected override render(): TemplateResult {
    const examples = this.examples.value;
    if (this.failure) return html`${noAnswer(this, this.failure)}`;
    if (!examples) return this.hint('ui.examples.asking');
    return html`${this.hint('ui.examples.intro')}
      <ol start=${this.from + 1}>
        ${examples.map((example) => this.example(example))}
      </ol>
      <button type="button" @click=${() => this.more()}>${this.t('ui.examples.more')}</button>`;
  }

  private example({ user, items, before, next }: Example): TemplateResult {
    return html`<li>
      <b>${this.t('ui.examples.user', { user: this.count(user + 1) })}</b>
      <div class="items">
        ${before > 0 ? html`<span class="muted">${this.t('ui.examples.before', { count: before })}</span>` : ''}
        ${items.map((item) => html`<ember-item-chip .session=${this.session} .item=${item}></ember-item-chip>`)}
        ${
          next === null
            ? ''
            : html`<span class="muted">${this.t('ui.examples.then')}</span>
                <ember-item-chip class="next" .session=${this.session} .item=${next}></ember-item-chip>`
        }
      </div>
    </li>`;
  }

  private more(): void {
    this.from = this.from + USERS < this.users ? this.from + USERS : 0;
    this.examples.refresh();
  }

  private async fetch(): Promise<Example[]> {
    try {
      const examples = await this.fetchSome();
      this.failure = null;
      return examples;
    } catch (thrown) {
      this.failure = thrown instanceof Error ? thrown : new Error(String(thrown));
      return [];
    }
  }

  private async fetchSome(): Promise<Example[]> {
    const examples: Example[] = [];
    do {
      const user = this.from + examples.length;
      const shown = await this.session.inspect('sequences', 'graph', { user });
      this.users = shown.users;
      const items = shown.history.map(({ item }) => item);
      const before = Math.max(0, items.length - DRAWN);
      examples.push({ user, items: items.slice(before), before, next: shown.next?.item ?? null });
    } while (examples.length < USERS && this.from + examples.length < this.users);
    return examples;
  }
}

define('ember-history-examples', EmberHistoryExamples);
