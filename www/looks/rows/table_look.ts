/**
 * `<ember-table-look>`: a table before it is learned from: how it is read, what each column is taken for, which is the
 * label. What was guessed can be changed, and the table is then read again; nothing of the lab changes until the reader
 * says so. Sends `table-settled` once the table is learned from or put aside.
 */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { decodeWith, ENCODINGS, type TextEncoding } from '../../engine/encoding.js';
import type { Doubt, Kind, TableLook } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { inputOf, oneOf, selectOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import { failureText } from '../../lab/failure_text.js';
import { learnFrom, lookAtTable, type BroughtTable, type ReadTable } from '../../lab/files.js';
import { LabPart } from '../../lab/part.js';
import {
  isUsed,
  labelOf,
  NOTHING_CHOSEN,
  settingsOf,
  usedColumns,
  withKind,
  withWords,
  type TableChoice,
} from './table_choice.js';

type Column = TableLook['columns'][number];

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;
const DECIMALS = ['point', 'comma'] as const;
const KINDS: readonly Kind[] = ['number', 'category', 'date', 'id', 'text'];
/** Characters of the file that show how an encoding reads. */
const LONGEST_PREVIEW = 60;

export class EmberTableLook extends LabPart {
  static override styles = [
    shared,
    css`
      fieldset {
        border: 1px solid var(--lab-border);
        border-radius: 0.5rem;
        margin: 0 0 0.75rem;
        min-width: 0;
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr));
        gap: 0.5rem;
      }
      .choices select,
      .label select {
        width: 100%;
      }
      .label {
        display: block;
        max-width: 24rem;
        margin-bottom: 0.75rem;
      }
      ul {
        padding: 0;
        list-style: none;
        margin: 0 0 0.75rem;
      }
      .columns {
        max-height: 26rem;
        overflow: auto;
        border-block: 1px solid var(--lab-border);
      }
      .columns li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.125rem 0.75rem;
        align-items: center;
        padding: 0.5rem 0.25rem;
      }
      .columns li + li {
        border-top: 1px solid var(--lab-border);
      }
      .columns li > :nth-child(n + 3) {
        grid-column: 1 / -1;
      }
      h4,
      label,
      .facts {
        overflow-wrap: anywhere;
      }
      .doubt::before {
        content: '? ';
        font-weight: bold;
      }
      .doubt,
      .facts {
        font-size: 0.9375rem;
        margin: 0;
      }
      h4:focus {
        outline: none;
      }
    `,
  ];

  /** The file. */
  @property({ attribute: false }) brought!: BroughtTable;
  /** As it is read now; to begin with as it was guessed. */
  @property({ attribute: false }) read!: ReadTable;
  @state() private choice: TableChoice = NOTHING_CHOSEN;
  @state() private problem: string | null = null;
  @state() private busy = false;
  private asked = 0;

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (!this.likely && !this.read.text.sure) this.likely = this.read.text.likely;
  }

  protected override firstUpdated(): void {
    // The picker the reader came from is gone; what is asked now begins here.
    this.renderRoot.querySelector('h4')?.focus();
  }

  protected override render(): TemplateResult {
    const { look } = this.read;
    const refusal = look.refusal && failureText(this.language, look.refusal);
    const used = usedColumns(look, this.choice);
    const size = { rows: this.count(look.rows), columns: this.count(look.columns.length) };
    return html`<section aria-labelledby="heading">
      <h4 id="heading" tabindex="-1">${this.t('ui.table_look.title', { file: look.file, ...size })}</h4>
      ${this.hint('ui.table_look.intro')} ${this.readingFields(look)} ${this.encodingPreviews()}
      <ul>
        ${look.found.doubts.map((doubt) => this.doubtItem(doubt))}
      </ul>
      ${this.labelField(look)} ${this.columnList(look)} ${this.gapsField(used)}
      <p role="status" class=${this.problem || refusal ? 'error' : ''}>
        ${this.problem ?? refusal ?? this.t('ui.table_look.learns_from', { columns: this.count(used.length) })}
      </p>
      <div class="row">
        <button
          type="button"
          class="primary"
          ?disabled=${this.busy || this.problem !== null || refusal !== null || used.length === 0}
          @click=${() => void this.learn()}
        >
          ${this.t('ui.table_look.learn')}
        </button>
        <button type="button" ?disabled=${this.busy} @click=${() => this.settle()}>
          ${this.t('ui.table_look.cancel')}
        </button>
      </div>
    </section>`;
  }

  private readingFields({ found }: TableLook): TemplateResult {
    const encoding = this.read.text.encoding;
    return html`<fieldset>
      <legend>${this.t('ui.table_look.reading')}</legend>
      <div class="choices">
        ${this.field(
          'encoding',
          ENCODINGS.map((name) => [name, name.toUpperCase()]),
          encoding,
          (value) => ({ encoding: oneOf(ENCODINGS, value) }),
        )}
        ${this.field(
          'delimiter',
          Object.entries(DELIMITERS).map(([sign, name]) => [
            sign,
            this.t(`ui.table_look.delimiters.${name}`),
          ]),
          found.delimiter,
          (delimiter) => ({ delimiter }),
        )}
        ${this.field(
          'decimal',
          DECIMALS.map((name) => [name, this.t(`ui.table_look.decimals.${name}`)]),
          found.decimal,
          (value) => ({ decimal: oneOf(DECIMALS, value) }),
        )}
        ${this.field(
          'header',
          ['names', 'values'].map((name) => [name, this.t(`ui.table_look.headers.${name}`)]),
          found.header ? 'names' : 'values',
          (value) => ({ header: value === 'names' }),
        )}
      </div>
    </fieldset>`;
  }

  private field(
    name: string,
    options: [value: string, text: string][],
    chosen: string,
    take: (value: string) => TableChoice['reading'],
  ): TemplateResult {
    const change = (event: Event): void =>
      void this.readAgain({
        ...this.choice,
        reading: { ...this.choice.reading, ...take(selectOf(event).value) },
      });
    return html`<label
      ><span>${this.t(`ui.table_look.${name}`)}</span>
      <select id=${name} @change=${change}>
        ${options.map(
          ([value, text]) => html`<option value=${value} .selected=${value === chosen}>${text}</option>`,
        )}
      </select></label
    >`;
  }

  /** Where it is not certain which encoding it is: how each of the likely ones reads. */
  private encodingPreviews(): TemplateResult | typeof nothing {
    const { text } = this.read;
    if (!this.likely) return nothing;
    return html`<fieldset>
      <legend>${this.t('ui.table_look.which_encoding')}</legend>
      <ul>
        ${this.likely.map(
          (encoding) =>
            html`<li>
              <label
                ><input
                  type="radio"
                  name="encoding"
                  .checked=${encoding === text.encoding}
                  @change=${() =>
                    void this.readAgain({ ...this.choice, reading: { ...this.choice.reading, encoding } })}
                />
                ${encoding.toUpperCase()}: ${this.preview(encoding)}</label
              >
            </li>`,
        )}
      </ul>
    </fieldset>`;
  }

  /** The encodings that were likely when nothing was chosen, in doubt. */
  private likely: readonly TextEncoding[] | null = null;

  /** The first line with a sign that encodings differ in. */
  private preview(encoding: TextEncoding): string {
    const { content } = this.brought;
    // Up to the end of a line: half a sign at the end would be none.
    const start = content.subarray(
      0,
      content.length < 2 ** 16 ? undefined : content.lastIndexOf(10, 2 ** 16),
    );
    const lines = (decodeWith(encoding, start) ?? '').split('\n');
    return (lines.find((line) => /[^\0-\x7f]/.test(line)) ?? lines[0]!).slice(0, LONGEST_PREVIEW);
  }

  private doubtItem({ doubt, count, of, example, row }: Doubt): TemplateResult {
    const fill = { count: this.count(count), of: this.count(of), example, row };
    return html`<li class="doubt">${this.t(`ui.table_look.doubts.${doubt}`, fill)}</li>`;
  }

  private labelField(look: TableLook): TemplateResult | typeof nothing {
    const labels = look.columns.filter(({ label }) => label);
    if (labels.length === 0) return nothing;
    const chosen = labelOf(look, this.choice);
    const inDoubt = !look.label_sure && this.choice.label === null;
    return html`<label class="label"
      ><b>${this.t('ui.table_look.label')}</b>
      <select
        id="label"
        aria-describedby=${inDoubt ? 'label-doubt' : nothing}
        @change=${(event: Event) => (this.choice = { ...this.choice, label: selectOf(event).value })}
      >
        ${labels.map(({ name }) => html`<option value=${name} .selected=${name === chosen}>${name}</option>`)}
      </select>
      ${
        inDoubt
          ? html`<span id="label-doubt" class="doubt">${this.t('ui.table_look.label_doubt')}</span>`
          : nothing
      }</label
    >`;
  }

  private columnList(look: TableLook): TemplateResult {
    const label = labelOf(look, this.choice);
    return html`<ul class="columns" tabindex="0" aria-label=${this.t('ui.own_table.columns')}>
      ${look.columns.map((column, place) => this.columnItem(column, label, place))}
    </ul>`;
  }

  private columnItem(column: Column, label: string, place: number): TemplateResult {
    const { name, feature, guess, samples, missing, doubts } = column;
    const isLabel = name === label;
    const use = (event: Event): void => {
      this.choice = { ...this.choice, uses: new Map(this.choice.uses).set(name, inputOf(event).checked) };
    };
    const kind = (event: Event): void =>
      void this.readAgain(withKind(this.choice, name, oneOf(KINDS, selectOf(event).value)));
    return html`<li>
      <label
        ><input
          type="checkbox"
          id="use-${place}"
          .checked=${isUsed(column, label, this.choice)}
          ?disabled=${isLabel || !feature}
          @change=${use}
        />
        ${name}
        ${isLabel ? html`<span class="muted">${this.t('ui.table_look.is_label')}</span>` : nothing}</label
      >
      <select aria-label=${this.t('ui.table_look.kind_of', { name })} @change=${kind}>
        ${KINDS.map(
          (one) =>
            html`<option value=${one} .selected=${one === guess}>
              ${this.t(`ui.table_look.kinds.${one}`)}
            </option>`,
        )}
      </select>
      <p class="facts muted">
        ${samples.join(' · ')}${missing > 0 ? ` ${this.t('ui.table_look.missing', { count: this.count(missing) })}` : ''}
      </p>
      ${
        doubts.length > 0
          ? html`<ul class="facts">
              ${doubts.map((doubt) => this.doubtItem(doubt))}
            </ul>`
          : nothing
      }
      ${this.wordsField(column)}
    </li>`;
  }

  /** Whether words such as `NA` are values, where there are some. */
  private wordsField({ name, doubts }: Column): TemplateResult | typeof nothing {
    const areValues = this.choice.reading.words_are_values?.includes(name) ?? false;
    const word = doubts.find(({ doubt }) => doubt === 'word_is_missing')?.example;
    if (word === undefined) return nothing;
    return html`<label class="facts"
      ><input
        type="checkbox"
        .checked=${areValues}
        @change=${(event: Event) => void this.readAgain(withWords(this.choice, name, inputOf(event).checked))}
      />
      ${this.t('ui.table_look.word_is_value', { word })}</label
    >`;
  }

  /** What becomes of rows with gaps, where the lesson asks. */
  private gapsField(used: Column[]): TemplateResult | typeof nothing {
    const control = this.session.controls.find(({ name }) => name === 'gaps');
    if (control?.type !== 'choice' || used.every(({ missing }) => missing === 0)) return nothing;
    const chosen = this.choice.gaps ?? control.options[0];
    return html`<label class="label"
      ><b>${this.t('controls.gaps.label')}</b>
      <select
        id="gaps"
        @change=${(event: Event) => (this.choice = { ...this.choice, gaps: selectOf(event).value })}
      >
        ${control.options.map(
          (option) =>
            html`<option value=${option} .selected=${option === chosen}>
              ${this.t(`controls.gaps.options.${option}`)}
            </option>`,
        )}
      </select></label
    >`;
  }

  /** Reads the table again with something else chosen; the latest choice counts. */
  private async readAgain(choice: TableChoice): Promise<void> {
    this.choice = choice;
    const asked = ++this.asked;
    try {
      const read = await lookAtTable(this.session, this.brought, choice.reading);
      if (asked !== this.asked) return;
      this.read = read;
      this.problem = null;
    } catch (thrown) {
      if (asked === this.asked) this.problem = failureText(this.language, thrown);
    }
  }

  private async learn(): Promise<void> {
    this.busy = true;
    try {
      const settings = settingsOf(this.read.look, this.choice, this.session.controls);
      await learnFrom(this.session, this.read.table, settings);
      this.settle();
    } catch (thrown) {
      this.problem = failureText(this.language, this.session.report(thrown));
    } finally {
      this.busy = false;
    }
  }

  private settle(): void {
    this.dispatchEvent(new CustomEvent('table-settled'));
  }
}

define('ember-table-look', EmberTableLook);
