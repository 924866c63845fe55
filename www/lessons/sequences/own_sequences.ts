/** `<ember-own-sequences>`: takes tables, pictures and vectors of the reader's own, shows what was read, and gives it back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Accepted, OwnDescription } from '../../generated/engine.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { nameOf, type PlacedFile } from '../../kit/folder.js';
import { takeFiles } from '../../lab/files.js';
import { OwnFilesPart } from '../../looks/own_files.js';

type Sequences = Extract<OwnDescription, { kind: 'sequences' }>;

export class EmberOwnSequences extends OwnFilesPart {
  static override styles = [
    ...OwnFilesPart.styles,
    css`
      ember-copy {
        margin-bottom: 0.75rem;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { accepts, own } = this.session.opened?.description ?? {};
    if (accepts?.kind !== 'sequences') return nothing;
    return this.titled(
      this.t('ui.own_sequences.title'),
      html`${this.hint('ui.own_sequences.accepted')} ${this.form(accepts)}
      ${this.choose({
        label: this.t('ui.own_sequences.choose'),
        accept: ['.zip', 'application/zip', ...accepts.endings].join(),
        multiple: true,
        folder: this.t('ui.own_sequences.choose_folder'),
      })}
      ${this.hint('ui.export.private')} ${this.reading(this.t('ui.own_sequences.reading'))}
      ${own?.kind === 'sequences' ? this.inUse(own) : nothing}`,
    );
  }

  protected override open(files: PlacedFile[]): Promise<void> {
    return takeFiles(this.session, nameOf(files), files);
  }

  /** Which files there may be, with examples to copy. */
  private form({
    most_users,
    most_items,
    most_rows,
  }: Extract<Accepted, { kind: 'sequences' }>): TemplateResult {
    const examples = ['history', 'list'].map(
      (table) =>
        html`<p>${this.t(`ui.own_sequences.tables.${table}.is`)}</p>
          <ember-copy
            .language=${this.language}
            label=${this.t(`ui.own_sequences.tables.${table}.label`)}
            text=${this.t(`ui.own_sequences.tables.${table}.example`)}
          ></ember-copy>`,
    );
    const most = {
      users: this.count(most_users),
      items: this.count(most_items),
      rows: this.count(most_rows),
    };
    return html`<details>
      <summary>${this.t('ui.own_sequences.form')}</summary>
      ${examples}
      <p>${this.t('ui.own_sequences.pictures_are')}</p>
      <p>${this.t('ui.own_sequences.vectors_are')}</p>
      ${this.hint('ui.own_sequences.most', most)}
    </details>`;
  }

  private inUse(own: Sequences): TemplateResult {
    const { file, short, pictures_of_none } = own;
    const webp = this.session.opened?.picturesByBrowser ?? 0;
    const shown = [
      ...(['users', 'items', 'taken', 'titles', 'pictures'] as const),
      ...(['image_columns', 'text_columns'] as const).filter((name) => own[name] > 0),
    ];
    const notes = [
      ...(short > 0 ? [this.t('ui.own_sequences.short', { count: this.count(short) })] : []),
      ...(pictures_of_none > 0
        ? [this.t('ui.own_sequences.pictures_of_none', { count: this.count(pictures_of_none) })]
        : []),
      ...(webp > 0 ? [this.t('ui.own_pictures.by_browser', { count: this.count(webp) })] : []),
    ];
    const label = this.t('ui.own_sequences.in_use', { file });
    return html`<p class="name">${label}</p>
      <div class="scroll">
        <table aria-label=${label}>
          <tbody>
            ${shown.map(
              (name) =>
                html`<tr>
                  <th scope="row">${this.t(`ui.own_sequences.counts.${name}`)}</th>
                  <td>${this.count(own[name])}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${notes.map((note) => html`<p>${note}</p>`)} ${this.back(this.t('ui.own_sequences.back'))}`;
  }
}

define('ember-own-sequences', EmberOwnSequences);
