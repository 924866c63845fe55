/** `<ember-save-tables>`: the tables that the programs of the code view read. */

import { css, html, type TemplateResult } from 'lit';
import { define } from '../../kit/define.js';
import { download } from '../../kit/download.js';
import { shared } from '../../kit/styles.js';
import type { Tables } from '../../generated/movies.js';
import { LabPart } from '../../lab/part.js';

const NAMES = ['ratings', 'movies', 'users'] as const satisfies (keyof Tables)[];

export class EmberSaveTables extends LabPart {
  static override styles = [
    shared,
    css`
      h4 {
        margin-top: 1rem;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<h4>${this.t('ui.save_tables.title')}</h4>
      <p class="muted">${this.t('ui.save_tables.help')}</p>
      <button type="button" @click=${() => void this.save()}>${this.t('ui.save_tables.save')}</button>`;
  }

  private async save(): Promise<void> {
    try {
      const tables = await this.session.inspect('movies', 'tables', {});
      for (const name of NAMES) {
        const text = tables[name];
        if (text !== null) download(`${name}.csv`, text, 'text/csv');
      }
    } catch (thrown) {
      this.session.report(thrown);
    }
  }
}

define('ember-save-tables', EmberSaveTables);
