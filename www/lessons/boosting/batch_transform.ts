/** `<ember-batch-transform>`: a file cut into requests, sent through four functions, and put together again. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import './batch_hooks.js';
import { differentHeads, DOCUMENT, together, type Hooks, type Job } from './batch_job.js';
import type { BatchFileReady, BatchOptions, BatchOutcome, BatchSource } from '../../generated/boosting.js';
import { define } from '../../kit/define.js';
import { inputOf, oneOf, selectOf } from '../../kit/events.js';
import { download } from '../../kit/download.js';
import { ACCEPTED_TABLES, textOfTable } from '../../lab/files.js';
import { LabPart } from '../../lab/part.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import { EmberError } from '../../engine/failure.js';

/** Records that are answered before the progress is shown. */
const RECORDS_AT_ONCE = 2_000;
/** Lines of the output that are shown. */
const LINES_SHOWN = 12;

const SOURCES: readonly BatchSource[] = ['test', 'all', 'own'];

const CHOICES = {
  split_type: ['Line', 'None'],
  strategy: ['MultiRecord', 'SingleRecord'],
  join_source: ['Input', 'None'],
  assemble_with: ['Line', 'None'],
} as const;

export class EmberBatchTransform extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
        gap: 0.5rem 1rem;
        margin-bottom: 0.75rem;
      }
      label.field {
        display: grid;
        gap: 0.125rem;
      }
      .fields input,
      .fields select {
        width: 100%;
      }
      label.choice input {
        width: 1.125rem;
      }
      .row {
        margin-block: 0.5rem 0.75rem;
      }
      .scroll {
        max-height: 20rem;
      }
      code,
      pre {
        font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 0.875rem;
      }
      pre {
        margin: 0;
      }
    `,
  ];

  @state() private job: Job = { ...DOCUMENT };
  @state() private source: BatchSource = 'test';
  @state() private ownFile: File | null = null;
  @state() private outcome: BatchOutcome | null = null;
  @state() private busy = false;
  private stopped = false;
  /** The run whose model answers: a table or settings changed since begin another one, a worker replaced does not. */
  private ranOn: unknown = null;
  /** Whether it has changed before the last answer. */
  @state() private overtaken = false;

  protected override render(): TemplateResult {
    return html`${this.hint('ui.batch.intro')}
      <div class="fields">${this.sources()}</div>
      <h4>${this.t('ui.batch.container')}</h4>
      <ember-batch-hooks
        .session=${this.session}
        .hooks=${this.job}
        @change-hooks=${({ detail }: CustomEvent<Partial<Hooks>>) => this.set(detail)}
      ></ember-batch-hooks>
      <h4>${this.t('ui.batch.set_up')}</h4>
      <div class="fields">
        ${(['split_type', 'strategy', 'join_source', 'assemble_with'] as const).map((name) => this.choice(name))}
        ${this.numberField('max_payload', 0, 100)} ${this.numberField('max_concurrent_transforms', 1, 100)}
        ${this.filter('input_filter')} ${this.filter('output_filter')}
      </div>
      ${this.check('ends_with_line')}
      <div class="row">
        ${
          this.busy
            ? html`<button type="button" class="primary" @click=${() => (this.stopped = true)}>
                ${this.t('ui.batch.stop')}
              </button>`
            : html`<button
                type="button"
                class="primary"
                ?disabled=${!this.session.opened || (this.source === 'own' && !this.ownFile)}
                @click=${() => this.run()}
              >
                ${this.t('ui.batch.run')}
              </button>`
        }
        <button type="button" class="quiet" @click=${() => this.set(DOCUMENT)}>
          ${this.t('ui.batch.document')}
        </button>
      </div>
      ${this.busy ? this.progress() : nothing}
      <div role="status">
        ${
          this.outcome && !this.busy && this.ranOn === this.session.runs.current
            ? this.told(this.outcome)
            : nothing
        }
        ${this.overtaken ? html`<p class="error">${this.t('ui.batch.overtaken')}</p>` : nothing}
      </div>`;
  }

  /** Which file the job runs over. */
  private sources(): TemplateResult {
    return html`<label class="field">
        ${this.t('ui.batch.source.label')}
        <select
          ?disabled=${this.busy}
          @change=${(event: Event) => {
            this.source = oneOf(SOURCES, selectOf(event).value);
            this.outcome = null;
          }}
        >
          ${SOURCES.map(
            (source) =>
              html`<option value=${source} ?selected=${source === this.source}>
                ${this.t(`ui.batch.source.${source}`)}
              </option>`,
          )}
        </select>
      </label>
      ${
        this.source === 'own'
          ? html`<label class="field">
              ${this.t('ui.batch.source.choose')}
              <input
                type="file"
                accept=${ACCEPTED_TABLES}
                @change=${(event: Event) => {
                  this.ownFile = inputOf(event).files?.[0] ?? null;
                  this.outcome = null;
                }}
              />
            </label>`
          : nothing
      }`;
  }

  private progress(): TemplateResult {
    const { done_records = 0, records = 0 } = this.outcome ?? {};
    const label = this.t('ui.batch.progress', {
      done: this.count(done_records),
      records: this.count(records),
    });
    return html`<p>
      <progress value=${done_records} max=${Math.max(records, 1)} aria-label=${label}></progress> ${label}
    </p>`;
  }

  private choice(name: keyof typeof CHOICES): TemplateResult {
    const options: readonly string[] = CHOICES[name];
    return html`<label class="field">
      <code>${name}</code>
      <select @change=${(event: Event) => this.set({ [name]: oneOf(options, selectOf(event).value) })}>
        ${options.map(
          (option) => html`<option value=${option} ?selected=${option === this.job[name]}>${option}</option>`,
        )}
      </select>
    </label>`;
  }

  private filter(name: 'input_filter' | 'output_filter'): TemplateResult {
    return html`<label class="field">
      <code>${name}</code>
      <input
        type="text"
        spellcheck="false"
        maxlength="200"
        .value=${this.job[name]}
        @change=${(event: Event) => this.set({ [name]: inputOf(event).value })}
      />
    </label>`;
  }

  private numberField(
    name: 'max_payload' | 'max_concurrent_transforms',
    min: number,
    max: number,
  ): TemplateResult {
    return html`<label class="field">
      <span><code>${name}</code>${name === 'max_payload' ? ' (MB)' : nothing}</span>
      <input
        type="number"
        min=${min}
        max=${max}
        step=${name === 'max_payload' ? 'any' : '1'}
        .value=${String(this.job[name])}
        @change=${(event: Event) => {
          const value = inputOf(event).valueAsNumber;
          if (value >= min && value <= max) this.set({ [name]: value });
        }}
      />
    </label>`;
  }

  private check(name: 'ends_with_line'): TemplateResult {
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${this.job[name]}
        @change=${(event: Event) => this.set({ [name]: inputOf(event).checked })}
      />
      ${this.t(`ui.batch.${name}`)}
    </label>`;
  }

  private told(outcome: BatchOutcome): TemplateResult {
    const { records, file_bytes, failed, record } = outcome;
    const sent = this.t('ui.batch.sent', {
      records: this.count(records),
      kilobytes: this.number(file_bytes / 1000, 4),
    });
    if (failed) {
      const why = this.t(`ui.batch.failed.${failed}`, { record: this.count(record ?? 0) });
      return html`<p>${sent}</p>
        <p class="error">${why} ${this.t('ui.batch.nothing')}</p>`;
    }
    const { requests, request_count, waves, lines, lost, output, done_records } = outcome;
    const different = differentHeads(output);
    const first = output.split('\n', LINES_SHOWN);
    return html`<p>${sent}</p>
      ${
        done_records < records
          ? html`<p>${this.t('ui.batch.stopped', { done: this.count(done_records) })}</p>`
          : nothing
      }
      <p>
        ${this.t('ui.batch.requests', { requests: this.count(request_count), waves: this.count(waves) })}
        ${this.t('ui.batch.lines', { lines: this.count(lines) })}
      </p>
      ${
        lost > 0 ? html`<p class="error">${this.t('ui.batch.lost', { lost: this.count(lost) })}</p>` : nothing
      }
      ${
        different < lines
          ? html`<p>
              ${this.t('ui.batch.nobody', { different: this.count(different), lines: this.count(lines) })}
            </p>`
          : nothing
      }
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.batch.request_list')}>
        <table ${stacking()}>
          <thead>
            <tr>
              ${['request', 'bytes', 'records', 'answers'].map(
                (key) => html`<th scope="col">${this.t(`ui.batch.columns.${key}`)}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${requests.map(
              (request, index) =>
                html`<tr>
                  <th scope="row">${this.count(index + 1)}</th>
                  <td>${this.count(request.bytes)}</td>
                  <td>${this.count(request.records)}</td>
                  <td>${this.count(request.answers)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${
        requests.length < request_count
          ? this.hint('ui.batch.more', { count: this.count(request_count - requests.length) })
          : nothing
      }
      <h4>${this.t('ui.batch.output')}</h4>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.batch.output')}>
        <pre>${first.join('\n')}</pre>
      </div>
      <button type="button" @click=${() => download(this.outputName, output, 'text/csv;charset=utf-8')}>
        ${this.t('ui.batch.save')}
      </button>`;
  }

  private set(change: Partial<Job>): void {
    this.job = { ...this.job, ...change };
    this.overtaken = false;
    this.outcome = null;
  }

  private get outputName(): string {
    return `${this.source === 'own' && this.ownFile ? this.ownFile.name : `${this.source}.csv`}.out`;
  }

  private run(): void {
    this.busy = true;
    this.stopped = false;
    this.ranOn = this.session.runs.current;
    this.overtaken = false;
    this.outcome = null;
    this.transform()
      .catch((thrown: unknown) => this.session.report(thrown))
      .finally(() => (this.busy = false));
  }

  /** Asks for the answers to the file part by part. */
  private async transform(): Promise<void> {
    const { source, ownFile, job } = this;
    const own = source === 'own' && ownFile ? await textOfTable(this.session, ownFile) : null;
    const choose = (): Promise<BatchFileReady> =>
      this.session.inspect('boosting', 'batch_file', { source, ...(own ?? {}) });
    let { file } = await choose();
    let next: number | null = 0;
    const isOvertaken = (): boolean => this.ranOn !== this.session.runs.current;
    while (next !== null && !this.stopped && !isOvertaken()) {
      const options: BatchOptions = { ...job, file, from_request: next, most_records: RECORDS_AT_ONCE };
      const ask = (): Promise<BatchOutcome> => this.session.inspect('boosting', 'batch', options);
      // A worker that was replaced in between does not have the file: it is handed over again.
      const part = await ask().catch(async (thrown: unknown) => {
        if (!(thrown instanceof EmberError) || thrown.code !== 'no_batch_file') throw thrown;
        ({ file } = await choose());
        return ask();
      });
      this.outcome = together(this.outcome, part);
      next = part.failed ? null : part.next;
    }
    this.overtaken = isOvertaken();
  }
}

define('ember-batch-transform', EmberBatchTransform);
