/** `<ember-batch-transform>`: a file cut into requests, sent through four functions, and put together again. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from './define.js';
import { download } from './files.js';
import { LabPart } from './part.js';
import { shared } from './styles.js';
import type { Topic } from './topics.js';

/** The set-up of a job: src/lessons/boosting/batch.rs `Job`, with the document's values. */
type Job = {
  split_type: 'Line' | 'None';
  strategy: 'MultiRecord' | 'SingleRecord';
  max_payload: number;
  max_concurrent_transforms: number;
  join_source: 'Input' | 'None';
  output_filter: string;
  assemble_with: 'Line' | 'None';
  drops_last_line: boolean;
  ends_with_line: boolean;
};

const DOCUMENT: Job = {
  split_type: 'Line',
  strategy: 'MultiRecord',
  max_payload: 10,
  max_concurrent_transforms: 1,
  join_source: 'Input',
  output_filter: '$[0,-1]',
  assemble_with: 'Line',
  drops_last_line: true,
  ends_with_line: true,
};

const CHOICES = {
  split_type: ['Line', 'None'],
  strategy: ['MultiRecord', 'SingleRecord'],
  join_source: ['Input', 'None'],
  assemble_with: ['Line', 'None'],
} as const;

/** What a job brings. */
interface Outcome {
  records: number;
  file_bytes: number;
  /** Why it failed, and at which record. */
  failed: string | null;
  record?: number;
  requests: { bytes: number; records: number; answers: number }[];
  request_count?: number;
  waves?: number;
  lines?: number;
  lost?: number;
  different?: number;
  first?: string[];
  output?: string;
}

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
      .scroll {
        max-height: 20rem;
        margin-bottom: 0.75rem;
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
  @state() private outcome: Outcome | null = null;
  @state() private busy = false;

  protected override render(): TemplateResult {
    return html`${this.hint('ui.batch.intro')}
      <ol>
        ${['model_fn', 'input_fn', 'predict_fn', 'output_fn'].map(
          (name) => html`<li><code>${name}</code>: ${this.t(`ui.batch.hooks.${name}`)}</li>`,
        )}
      </ol>
      <div class="fields">
        ${(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).map((name) => this.choice(name))}
        ${this.numberField('max_payload', 0, 100)} ${this.numberField('max_concurrent_transforms', 1, 100)}
        <label class="field">
          <code>output_filter</code>
          <input
            type="text"
            spellcheck="false"
            .value=${this.job.output_filter}
            @change=${(event: Event) => this.set({ output_filter: (event.target as HTMLInputElement).value })}
          />
        </label>
      </div>
      ${this.check('drops_last_line')} ${this.check('ends_with_line')}
      <div class="row">
        <button
          type="button"
          class="primary"
          ?disabled=${this.busy || !this.session.opened}
          @click=${() => this.run()}
        >
          ${this.t('ui.batch.run')}
        </button>
        <button type="button" class="quiet" @click=${() => this.set(DOCUMENT)}>
          ${this.t('ui.batch.document')}
        </button>
      </div>
      <div role="status">${this.outcome ? this.told(this.outcome) : nothing}</div>`;
  }

  private choice(name: keyof typeof CHOICES): TemplateResult {
    return html`<label class="field">
      <code>${name}</code>
      <select @change=${(event: Event) => this.set({ [name]: (event.target as HTMLSelectElement).value })}>
        ${CHOICES[name].map(
          (option) => html`<option value=${option} ?selected=${option === this.job[name]}>${option}</option>`,
        )}
      </select>
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
          const value = (event.target as HTMLInputElement).valueAsNumber;
          if (value >= min && value <= max) this.set({ [name]: value });
        }}
      />
    </label>`;
  }

  private check(name: 'drops_last_line' | 'ends_with_line'): TemplateResult {
    return html`<label class="choice">
      <input
        type="checkbox"
        .checked=${this.job[name]}
        @change=${(event: Event) => this.set({ [name]: (event.target as HTMLInputElement).checked })}
      />
      ${this.t(`ui.batch.${name}`)}
    </label>`;
  }

  private told(outcome: Outcome): TemplateResult {
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
    const {
      requests,
      request_count = 0,
      waves = 0,
      lines = 0,
      lost = 0,
      different = 0,
      first = [],
    } = outcome;
    return html`<p>${sent}</p>
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
        <table>
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
      <button
        type="button"
        @click=${() => download('test.csv.out', outcome.output ?? '', 'text/csv;charset=utf-8')}
      >
        ${this.t('ui.batch.save')}
      </button>`;
  }

  private set(change: Partial<Job>): void {
    this.job = { ...this.job, ...change };
    this.outcome = null;
  }

  private run(): void {
    this.busy = true;
    this.session
      .request('inspect', { what: 'batch', options: this.job })
      .then(
        (answer) => (this.outcome = answer as unknown as Outcome),
        (thrown: unknown) => this.session.report(thrown),
      )
      .finally(() => (this.busy = false));
  }
}

define('ember-batch-transform', EmberBatchTransform);
