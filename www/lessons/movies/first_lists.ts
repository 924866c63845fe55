/** `<ember-first-lists>`: the lists of users who come new with ten ratings, judged beside lists by popularity. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { FirstListsShown, ListFigures, ListsCompared } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { durationText } from '../../kit/duration.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { TimeLeft } from '../../kit/time_left.js';
import { formatShare } from '../../kit/words.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';

/** Milliseconds that the lab works before it looks up. */
const PIECE_MS = 500;

export class EmberFirstLists extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      progress {
        flex: 1 1 8rem;
        accent-color: var(--lab-accent);
      }
      .scroll {
        margin-block: 0.5rem;
      }
    `,
  ];

  /** What came of the work; nothing until some is done. */
  @state() private worked: FirstListsShown | null = null;
  @state() private busy = false;
  @state() private left: number | null = null;
  private stopped = false;
  /** How often a lab was opened: work on one that was left shows nothing. */
  private turn = 0;
  /** What is known without working on it; another run begins its own lists. */
  private readonly known = new OpenedAnswer(
    this,
    () => this.look(),
    () => {
      this.turn += 1;
      this.worked = null;
      this.stopped = true;
      this.known.forget();
    },
  );
  private readonly time = new TimeLeft();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopped = true;
  }

  protected override topicChanged(): void {
    // A run that begins to train is what the reader wants to see now.
    if (this.session.status === 'training') this.stopped = true;
    super.topicChanged();
  }

  private get lists(): FirstListsShown | null {
    return this.worked ?? this.known.value;
  }

  protected override render(): TemplateResult {
    const { lists } = this;
    return html`${this.hint('ui.first_lists.intro', { given: lists?.given ?? 10 })} ${this.doing()}
    ${lists?.compared ? this.compared(lists, lists.compared) : nothing}
    ${
      lists && lists.newcomers > 0
        ? this.hint('ui.first_lists.how', {
            newcomers: this.count(lists.newcomers),
            learned: this.count(lists.learned),
            given: lists.given,
            list: lists.list,
          })
        : nothing
    }`;
  }

  private doing(): TemplateResult {
    const { status } = this.session;
    const idleKey = this.lists?.finished ? 'done' : (this.lists?.done ?? 0) > 0 ? 'on' : 'begin';
    const key = this.busy ? 'stop' : idleKey;
    const idle = !this.session.opened || status === 'training' || this.lists?.finished === true;
    const left =
      this.left === null
        ? ''
        : this.t('ui.cold_start.left', { time: durationText(this.language, this.left) });
    // One button, which keeps the focus while its work is done.
    return html`<div class="row">
      <button
        type="button"
        class=${this.busy ? '' : 'primary'}
        ?disabled=${!this.busy && idle}
        @click=${() => (this.busy ? (this.stopped = true) : void this.work())}
      >
        ${this.t(`ui.first_lists.${key}`)}
      </button>
      ${
        this.busy
          ? html`<progress
                max="1"
                value=${this.lists?.done ?? 0}
                aria-label=${this.t('ui.first_lists.progress')}
              ></progress>
              <span class="muted">${left}</span>`
          : nothing
      }
      ${
        status === 'training' && !this.busy
          ? html`<span class="muted">${this.t('ui.first_lists.wait')}</span>`
          : nothing
      }
    </div>`;
  }

  private compared(lists: FirstListsShown, { model, popular, error, above }: ListsCompared): TemplateResult {
    const { model: chosen } = this.session.opened?.settings ?? {};
    const row = (name: string, { ndcg, hit_rate }: ListFigures): TemplateResult =>
      html`<tr>
        <th scope="row">${name}</th>
        <td>${this.number(ndcg, 3)}</td>
        <td>${formatShare(this.language, hit_rate, 2)}</td>
      </tr>`;
    const verdict = lists.finished ? (above ? 'above' : 'not_above') : 'so_far';
    const caption = this.t('ui.first_lists.table');
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
        <table ${stacking()}>
          <caption class="visually-hidden">
            ${caption}
          </caption>
          <thead>
            <tr>
              <th scope="col" class="left">${this.t('ui.first_lists.by')}</th>
              <th scope="col">NDCG@${lists.list}</th>
              <th scope="col">${this.t('ui.first_lists.hits')}</th>
            </tr>
          </thead>
          <tbody>
            ${row(this.t(`controls.model.options.${typeof chosen === 'string' ? chosen : 'fusion'}`), model)}
            ${row(this.t('ui.first_lists.popular'), popular)}
          </tbody>
        </table>
      </div>
      <p role="status">
        ${this.t(`ui.first_lists.${verdict}`, {
          judged: this.count(lists.judged),
          difference: this.number(model.ndcg - popular.ndcg, 3),
          error: this.number(2 * error, 3),
        })}
      </p>`;
  }

  /** What is known, without working on it. */
  private async look(): Promise<FirstListsShown> {
    const { turn } = this;
    const lists = await this.session.inspect('movies', 'first_lists', { milliseconds: 0 });
    if (turn === this.turn) this.judge(lists);
    return lists;
  }

  /** Works piece after piece, until all are judged or somebody stops it. */
  private async work(): Promise<void> {
    const { turn } = this;
    this.busy = true;
    this.stopped = false;
    this.left = null;
    this.time.reset();
    const begin = performance.now();
    const before = this.lists?.done ?? 0;
    try {
      for (;;) {
        const lists = await this.session.inspect('movies', 'first_lists', { milliseconds: PIECE_MS });
        // Another lab was opened meanwhile.
        if (turn !== this.turn) break;
        this.worked = lists;
        const seconds = (performance.now() - begin) / 1000;
        this.left = this.time.of(1 - lists.done, (lists.done - before) / seconds, performance.now());
        this.judge(lists);
        if (lists.finished || this.stopped) break;
      }
    } catch (thrown) {
      this.session.report(thrown);
    }
    this.busy = false;
  }

  /** The lab judges the goal by the same figures whenever it is asked; the page need not wait for a training step. */
  private judge({ finished, compared }: FirstListsShown): void {
    if (!finished || !compared) return;
    const { model, popular, above } = compared;
    this.session.noteExperiment({ id: 'first_list', passed: above, value: model.ndcg - popular.ndcg });
  }
}

define('ember-first-lists', EmberFirstLists);
