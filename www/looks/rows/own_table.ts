/** `<ember-own-table>`: takes a table of the reader's own, shows its columns, and gives it back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Description } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { textAreaOf } from '../../kit/events.js';
import '../../kit/file_drop.js';
import type { FilesTaken } from '../../kit/file_drop.js';
import { ACCEPTED_TABLES, takeTable, takeTableFile } from '../../lab/files.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

type Own = NonNullable<Description['own']>;
type Column = Own['columns'][number];

export class EmberOwnTable extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      textarea {
        display: block;
        width: 100%;
        margin: 0.25rem 0 0.5rem;
      }
      details,
      .scroll {
        margin: 0.75rem 0;
      }
      .scroll {
        max-height: 24rem;
      }
      /* Wide enough to read; what does not fit is scrolled to. */
      th,
      td {
        min-width: 6rem;
      }
      .name {
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  @state() private busy = false;
  @state() private pasted = '';

  protected override render(): TemplateResult | typeof nothing {
    const { accepts, own } = this.session.opened?.description ?? {};
    if (accepts?.kind !== 'table') return nothing;
    return html`<section class="card" part="card" aria-labelledby="heading">
      <h3 id="heading">${this.t('ui.own_table.title')}</h3>
      ${this.hint(`ui.own_table.accepted.${accepts.form}`)}
      <ember-file-drop
        label=${this.t('ui.own_table.choose')}
        accept=${ACCEPTED_TABLES}
        ?disabled=${this.unavailable}
        @files-taken=${(event: FilesTaken) => this.act(takeTableFile(this.session, event.detail[0]!))}
      ></ember-file-drop>
      ${this.pasteField()} ${this.hint('ui.export.private')}
      <p role="status">${this.busy ? this.t('ui.own_table.reading') : nothing}</p>
      ${own ? this.inUse(own) : nothing}
    </section>`;
  }

  /** While a table is being read, and where the page's author has fixed the data. */
  private get unavailable(): boolean {
    return this.busy || this.session.options.lock.includes('dataset');
  }

  private pasteField(): TemplateResult {
    return html`<details>
      <summary>${this.t('ui.own_table.paste')}</summary>
      <textarea
        rows="6"
        spellcheck="false"
        aria-label=${this.t('ui.own_table.paste_label')}
        .value=${this.pasted}
        ?disabled=${this.unavailable}
        @input=${(event: Event) => (this.pasted = textAreaOf(event).value)}
      ></textarea>
      <button
        type="button"
        ?disabled=${this.unavailable || this.pasted.trim() === ''}
        @click=${() => this.act(this.takePasted())}
      >
        ${this.t('ui.own_table.use_pasted')}
      </button>
    </details>`;
  }

  private inUse(own: Own): TemplateResult {
    const size = { rows: this.count(own.rows), columns: this.count(own.columns.length) };
    return html`<p class="name">${this.t('ui.own_table.in_use', { file: own.file, ...size })}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.own_table.columns')}>
        <table>
          <thead>
            <tr>
              ${['column', 'kind', 'values', 'missing', 'can_be'].map(
                (key) => html`<th scope="col" class="left">${this.t(`ui.own_table.${key}`)}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${own.columns.map((column) => this.columnRow(column))}
          </tbody>
        </table>
      </div>
      <button type="button" ?disabled=${this.unavailable} @click=${() => this.act(this.giveBack())}>
        ${this.t('ui.own_table.back')}
      </button>`;
  }

  private columnRow(column: Column): TemplateResult {
    return html`<tr>
      <th scope="row" class="name">${column.name}</th>
      <td class="left">${this.t(`ui.own_table.kinds.${column.kind}`)}</td>
      <td class="left">${this.valuesText(column)}</td>
      <td class="left">${this.missingText(column)}</td>
      <td class="left">${this.useText(column)}</td>
    </tr>`;
  }

  private valuesText(column: Column): string {
    if (column.kind === 'text')
      return this.t('ui.own_table.distinct', { count: this.count(column.distinct) });
    const { min, max, mean } = column;
    return this.t('ui.own_table.range', {
      min: this.number(min),
      max: this.number(max),
      mean: this.number(mean),
    });
  }

  private missingText({ missing, missing_rows: rows }: Column): string {
    if (missing === 0) return this.t('ui.own_table.none');
    const named = rows.join(this.language.code === 'zh' ? '、' : ', ');
    const key = missing > rows.length ? 'ui.own_table.missing_first' : 'ui.own_table.missing_rows';
    return this.t(key, { count: this.count(missing), rows: named });
  }

  private useText({ label, feature }: Column): string {
    const use = label && feature ? 'label_or_feature' : label ? 'label' : feature ? 'feature' : 'neither';
    return this.t(`ui.own_table.uses.${use}`);
  }

  private async takePasted(): Promise<void> {
    const name = this.t('ui.own_table.pasted_name');
    await takeTable(this.session, name, new TextEncoder().encode(this.pasted));
    this.pasted = '';
  }

  private async giveBack(): Promise<void> {
    await this.session.own.drop();
  }

  private act(work: Promise<void>): void {
    this.busy = true;
    work.catch((thrown: unknown) => this.session.report(thrown)).finally(() => (this.busy = false));
  }
}

define('ember-own-table', EmberOwnTable);
