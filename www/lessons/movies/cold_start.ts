/** `<ember-cold-start>`: how well each method does for users, or films, with few ratings: a table that fills while one watches. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ColdStartShown, Whose } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { durationText } from '../../kit/duration.js';
import { inputOf } from '../../kit/events.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { TimeLeft } from '../../kit/time_left.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';

const WHOSE: readonly Whose[] = ['users', 'films'];
/** Methods that take a few seconds all together. */
const QUICK = ['popular', 'bias', 'user_cf', 'item_cf', 'content', 'hybrid', 'mf'];
/** Methods that take long: each is asked for. */
const SLOW = ['ease', 'fusion'] as const;
/** Milliseconds that the lab works before it looks up. */
const PIECE_MS = 500;

export class EmberColdStart extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      fieldset {
        border: 0;
        margin: 0 0 0.5rem;
        padding: 0;
        min-width: 0;
      }
      .whole th[scope='row'] {
        white-space: normal;
        min-width: 6rem;
      }
      td small {
        display: block;
        color: var(--lab-muted);
      }
      td.best {
        font-weight: 600;
      }
      progress {
        flex: 1 1 8rem;
        accent-color: var(--lab-accent);
      }
    `,
  ];

  @state() private whose: Whose = 'users';
  @state() private slow: ReadonlySet<string> = new Set();
  @state() private tables: { [key in Whose]?: ColdStartShown } = {};
  @state() private busy = false;
  @state() private left: number | null = null;
  private stopped = false;
  /** How often a lab was opened: work on one that was left shows nothing. */
  private turn = 0;
  /** What is known of one side without working on it; another run begins its own tables. */
  private readonly known = new OpenedAnswer(
    this,
    () => this.look(),
    () => {
      this.turn += 1;
      this.tables = {};
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

  protected override render(): TemplateResult {
    const { table } = this;
    return html`${this.hint('ui.cold_start.intro')}
      <fieldset class="row" ?disabled=${this.busy}>
        <legend class="visually-hidden">${this.t('ui.cold_start.whose')}</legend>
        ${WHOSE.map(
          (whose) =>
            html`<label class="choice">
              <input
                type="radio"
                name="whose"
                .checked=${whose === this.whose}
                @change=${() => {
                  this.whose = whose;
                  this.known.refresh();
                }}
              />
              ${this.t(`ui.cold_start.of.${whose}`)}
            </label>`,
        )}
      </fieldset>
      <fieldset ?disabled=${this.busy}>
        <legend class="visually-hidden">${this.t('ui.cold_start.also')}</legend>
        ${SLOW.map(
          (method) =>
            html`<label class="choice">
              <input
                type="checkbox"
                .checked=${this.slow.has(method)}
                @change=${(event: Event) => this.choose(method, inputOf(event).checked)}
              />
              ${this.t(`ui.cold_start.slow.${method}`, { steps: this.count(table?.fusion_steps ?? 0) })}
            </label>`,
        )}
      </fieldset>
      ${this.doing(table)} ${table && table.rows.length > 0 ? this.drawn(table) : nothing}
      ${table ? this.hint('ui.cold_start.how', this.counts(table)) : nothing}
      ${this.hint('ui.cold_start.invented')}`;
  }

  private get table(): ColdStartShown | undefined {
    const known = this.known.value;
    return this.tables[this.whose] ?? (known?.whose === this.whose ? known.table : undefined);
  }

  private counts({ cold, ratings, judged }: ColdStartShown): { [name: string]: string } {
    return {
      whose: this.t(`ui.cold_start.named.${this.whose}`),
      cold: this.count(cold),
      ratings: this.count(ratings),
      judged: this.count(judged),
    };
  }

  private doing(table: ColdStartShown | undefined): TemplateResult {
    const all = (table?.rows.length ?? 0) * (table?.left.length ?? 0);
    const { status } = this.session;
    const key = this.busy ? 'stop' : table && table.done > 0 ? 'on' : 'begin';
    const idle = !this.session.opened || status === 'training' || this.isComplete(table);
    // One button, which keeps the focus while its work is done.
    return html`<div class="row">
      <button
        type="button"
        class=${this.busy ? '' : 'primary'}
        ?disabled=${!this.busy && idle}
        @click=${() => (this.busy ? (this.stopped = true) : void this.work())}
      >
        ${this.t(`ui.cold_start.${key}`)}
      </button>
      ${
        this.busy
          ? html`<progress
                max=${all}
                value=${table?.done ?? 0}
                aria-label=${this.t('ui.cold_start.progress')}
              ></progress>
              <span class="muted">${this.underWay(table)}</span>`
          : nothing
      }
      ${
        status === 'training' && !this.busy
          ? html`<span class="muted">${this.t('ui.cold_start.wait')}</span>`
          : nothing
      }
    </div>`;
  }

  private underWay(table: ColdStartShown | undefined): string {
    const cell = table?.under_way;
    const what = cell
      ? this.t('ui.cold_start.at', {
          method: this.t(`controls.model.options.${cell.method}`),
          left: table.left[cell.column],
        })
      : '';
    const left =
      this.left === null
        ? ''
        : this.t('ui.cold_start.left', { time: durationText(this.language, this.left) });
    return [what, left].filter((text) => text !== '').join(' ');
  }

  private drawn({ left, rows }: ColdStartShown): TemplateResult {
    const best = left.map((_, column) =>
      Math.min(...rows.map(({ cells }) => cells[column]?.rmse ?? Infinity)),
    );
    const first = left.map((_, column) => Math.max(...rows.map(({ cells }) => cells[column]?.ndcg ?? 0)));
    const caption = this.t('ui.cold_start.table', { whose: this.t(`ui.cold_start.of.${this.whose}`) });
    return html`<div class="scroll whole" tabindex="0" role="region" aria-label=${caption}>
      <table ${stacking()}>
        <caption class="visually-hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col" class="left">${this.t('ui.cold_start.method')}</th>
            ${left.map((count) => html`<th scope="col">${this.t('ui.cold_start.column', { count })}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ method, cells }) =>
              html`<tr>
                <th scope="row">${this.t(`controls.model.options.${method}`)}</th>
                ${cells.map((cell, column) => {
                  if (!cell) return html`<td>·</td>`;
                  const { rmse, ndcg } = cell;
                  const mark = (isBest: boolean): string => (isBest ? ' ★' : '');
                  return html`<td>
                    ${rmse === null ? '–' : this.number(rmse, 3) + mark(rmse === best[column])}
                    <small
                      >${ndcg === null ? '–' : this.number(ndcg, 2) + mark(ndcg === first[column])}</small
                    >
                  </td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private get methods(): string[] {
    return [...QUICK, ...SLOW.filter((method) => this.slow.has(method))];
  }

  private isComplete(table: ColdStartShown | undefined): boolean {
    const known = table?.rows.filter(({ cells }) => cells.every((cell) => cell !== null)) ?? [];
    return this.methods.every((name) => known.some(({ method }) => method === name));
  }

  private choose(method: string, wanted: boolean): void {
    this.slow = new Set([...this.slow].filter((one) => one !== method).concat(wanted ? [method] : []));
  }

  /** What is known, without working on it. */
  private async look(): Promise<{ whose: Whose; table: ColdStartShown }> {
    const { whose } = this;
    const nothing = { whose, methods: [], milliseconds: 0 };
    return { whose, table: await this.session.inspect('movies', 'cold_start', nothing) };
  }

  /** Works piece after piece, until the table is whole or somebody stops it. */
  private async work(): Promise<void> {
    const { whose, methods, turn } = this;
    this.busy = true;
    this.stopped = false;
    this.left = null;
    this.time.reset();
    const begin = performance.now();
    const before = this.table?.done ?? 0;
    try {
      for (;;) {
        const options = { whose, methods, milliseconds: PIECE_MS };
        const table = await this.session.inspect('movies', 'cold_start', options);
        // Another lab was opened meanwhile.
        if (turn !== this.turn) break;
        this.tables = { ...this.tables, [whose]: table };
        const seconds = (performance.now() - begin) / 1000;
        const cells = table.rows.length * table.left.length;
        this.left = this.time.of(cells - table.done, (table.done - before) / seconds, performance.now());
        if (table.finished || this.stopped) break;
      }
    } catch (thrown) {
      this.session.report(thrown);
    }
    this.busy = false;
  }
}

define('ember-cold-start', EmberColdStart);
