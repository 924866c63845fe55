/** `<ember-export>`: weights and run record to take away, and to bring back by picker or by drop. */

import { jsonText } from '../../engine/json.js';
import { css, html, nothing, type TemplateResult } from 'lit';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import '../../kit/file_drop.js';
import type { FilesTaken } from '../../kit/file_drop.js';
import { download } from '../../kit/download.js';
import { ACCEPTED_FILES, loadFiles } from '../../lab/files.js';
import { LabPart } from '../../lab/part.js';
import { exportRun } from '../../lab/export_run.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import { loadingLines } from './loading_lines.js';

/** Ends of files' names by the format of a model. */
const ENDINGS: { [format: string]: string } = {
  safetensors: 'safetensors',
  burnpack: 'bpk',
  lightgbm: 'txt',
};

export class EmberExport extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      ember-file-drop {
        display: block;
        margin-top: 0.75rem;
      }
      h4 {
        margin-block: 1rem 0.25rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const disabled = !this.session.opened;
    return this.card(
      'export',
      html`<div class="row">
          ${(this.session.opened?.description.formats ?? []).map(
            (format) =>
              html`<button
                type="button"
                ?disabled=${disabled}
                @click=${() => this.act(this.saveModel(format))}
              >
                ${this.t('ui.export.weights', { format })}
              </button>`,
          )}
          <button type="button" ?disabled=${disabled} @click=${() => this.act(this.saveRun())}>
            ${this.t('ui.export.run')}
          </button>
        </div>
        <ember-file-drop
          label=${this.t('ui.export.load')}
          accept=${ACCEPTED_FILES}
          multiple
          @files-taken=${(event: FilesTaken) => this.act(this.take(event.detail))}
        ></ember-file-drop>
        <p class="muted">${this.t('ui.export.private')}</p>
        ${this.python()}`,
    );
  }

  private python(): TemplateResult | typeof nothing {
    if (!this.session.opened?.description.formats.includes('safetensors') || !this.session.runs.current) {
      return nothing;
    }
    return html`<h4>${this.t('ui.export.python')}</h4>
      <p class="muted">${this.t('ui.export.python_about')}</p>
      <ember-copy
        .text=${loadingLines(`${this.fileName()}.safetensors`)}
        .label=${this.t('ui.export.python')}
        .language=${this.language}
      ></ember-copy>`;
  }

  private async take(files: File[]): Promise<void> {
    await loadFiles(this.session, files);
  }

  private async saveModel(format: string): Promise<void> {
    const bytes = await this.session.request('exportModel', { format });
    download(`${this.fileName()}.${ENDINGS[format] ?? format}`, bytes, 'application/octet-stream');
  }

  private async saveRun(): Promise<void> {
    const record = await exportRun(this.session);
    download(`${this.fileName()}.json`, JSON.stringify(record, null, 1), 'application/json');
  }

  private fileName(): string {
    const { opened, runs } = this.session;
    return `${opened!.description.id}-seed${jsonText(opened!.settings['seed'])}-step${runs.current!.progress.step}`;
  }

  private act(work: Promise<void>): void {
    work.catch((thrown: unknown) => this.session.report(thrown));
  }
}

define('ember-export', EmberExport);
