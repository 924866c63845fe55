/** `<ember-save-tables>`: the files that the programs of the code view read. */

import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../kit/define.js';
import { download } from '../kit/download.js';
import { shared } from '../kit/styles.js';
import { LabPart } from '../lab/part.js';

/** A file that is saved: text is CSV, bytes are what they are. */
export interface SavedFile {
  name: string;
  content: string | Uint8Array<ArrayBuffer>;
}

export class EmberSaveTables extends LabPart {
  static override styles = [
    shared,
    css`
      h4 {
        margin-top: 1rem;
      }
    `,
  ];

  /** Asks for the files. */
  @property({ attribute: false }) files: () => Promise<SavedFile[]> = () => Promise.resolve([]);

  protected override render(): TemplateResult {
    return html`<h4>${this.t('ui.save_tables.title')}</h4>
      <p class="muted">${this.t('ui.save_tables.help')}</p>
      <button type="button" @click=${() => void this.save()}>${this.t('ui.save_tables.save')}</button>`;
  }

  private async save(): Promise<void> {
    try {
      for (const { name, content } of await this.files()) {
        download(name, content, typeof content === 'string' ? 'text/csv' : 'application/octet-stream');
      }
    } catch (thrown) {
      this.session.report(thrown);
    }
  }
}

define('ember-save-tables', EmberSaveTables);
