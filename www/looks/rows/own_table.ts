/** `<ember-own-table>`: takes a table of the reader's own, shows its columns, and gives it back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Doubt, TableLook } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { textAreaOf } from '../../kit/events.js';
import '../../kit/file_drop.js';
import type { FilesTaken } from '../../kit/file_drop.js';
import {
  ACCEPTED_TABLES,
  broughtTable,
  learnFrom,
  lookAtTable,
  type BroughtTable,
  type ReadTable,
} from '../../lab/files.js';
import { LabPart } from '../../lab/part.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { refusalText, refuse, type Refusal } from '../refusal.js';
import { rangeText } from './range.js';
import type { Topic } from '../../lab/topics.js';

type Column = TableLook['columns'][number];

/** A table that was brought, as it is read. */
interface Asked {
  brought: BroughtTable;
  read: ReadTable;
}

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
      details {
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
      .doubts {
        overflow-wrap: anywhere;
        font-size: 0.9375rem;
      }
      .name {
        overflow-wrap: anywhere;
        white-space: pre-wrap;
      }
    `,
  ];

  @state() private busy = false;
  @state() private pasted = '';
  /** Why the table last brought was refused. */
  @state() private refused: Refusal | null = null;
  /** The table that the reader is asked about. */
  @state() private asked: Asked | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { accepts, own } = this.session.opened?.description ?? {};
    if (accepts?.kind !== 'table') return nothing;
    return this.titled(
      this.t('ui.own_table.title'),
      html`${this.hint(`ui.own_table.accepted.${accepts.form}`)}
        <ember-file-drop
          label=${this.t('ui.own_table.choose')}
          accept=${ACCEPTED_TABLES}
          ?disabled=${this.unavailable}
          @files-taken=${(event: FilesTaken) => this.act(this.takeFile(event.detail[0]!))}
        ></ember-file-drop>
        ${this.pasteField()} ${this.hint('ui.export.private')}
        <p role="status">${this.busy ? this.t('ui.own_table.reading') : nothing}</p>
        ${refusalText(this.session, this.refused)}
        ${this.asked ? this.look(this.asked) : own?.kind === 'table' ? this.inUse(own) : nothing}`,
    );
  }

  private look({ brought, read }: Asked): TemplateResult {
    return html`<ember-table-look
      .session=${this.session}
      .brought=${brought}
      .read=${read}
      @table-settled=${() => (this.asked = null)}
    ></ember-table-look>`;
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

  private inUse(own: TableLook): TemplateResult {
    const size = { rows: this.count(own.rows), columns: this.count(own.columns.length) };
    return html`<p class="name">${this.t('ui.own_table.in_use', { file: own.file, ...size })}</p>
      ${this.doubts(own)}
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.own_table.columns')}>
        <table ${stacking()}>
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

  /** What of the table may be meant otherwise than it was taken. */
  private doubts({ found, columns }: TableLook): TemplateResult | typeof nothing {
    const sentence = ({ doubt, ...fill }: Doubt): string => this.t(`ui.table_look.doubts.${doubt}`, fill);
    const ofColumns = columns.flatMap(({ name, doubts }) =>
      doubts.map((doubt) => `${name}: ${sentence(doubt)}`),
    );
    const all = [...found.doubts.map(sentence), ...ofColumns];
    if (all.length === 0) return nothing;
    return html`<ul class="doubts">
      ${all.map((text) => html`<li>${text}</li>`)}
    </ul>`;
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
    return rangeText(this.language, column);
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

  private async takeFile(file: File): Promise<void> {
    await this.take(await broughtTable(this.session, file));
  }

  private async takePasted(): Promise<void> {
    const name = this.t('ui.own_table.pasted_name');
    await this.take({ name, content: new TextEncoder().encode(this.pasted) });
    this.pasted = '';
  }

  /** Asks what a table is, unless the page has said which column is the label. */
  private async take(brought: BroughtTable): Promise<void> {
    this.asked = null;
    const read = await lookAtTable(this.session, brought);
    const settings = this.session.own.askedOf(read.look);
    // The lines of LibSVM leave nothing to ask.
    const isSaid = 'label_column' in settings || /\.(svm|libsvm)$/i.test(brought.name);
    if (isSaid) {
      await learnFrom(this.session, read.table, settings);
    } else {
      await import('./table_look.js');
      this.asked = { brought, read };
    }
  }

  private async giveBack(): Promise<void> {
    await this.session.own.drop();
  }

  private act(work: Promise<void>): void {
    this.busy = true;
    this.refused = null;
    work
      .catch((thrown: unknown) => (this.refused = refuse(this.session, thrown)))
      .finally(() => (this.busy = false));
  }
}

define('ember-own-table', EmberOwnTable);
