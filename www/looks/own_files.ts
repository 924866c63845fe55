/**
 * What the parts for files of the reader's own have in common: the place where they are chosen or dropped, how far the
 * reading is, and the way back to the lesson's data.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { inputOf } from '../kit/events.js';
import '../kit/file_drop.js';
import type { EntriesDropped, FilesTaken } from '../kit/file_drop.js';
import { canChooseFolder, filesOfEntries, placedFiles, type PlacedFile } from '../kit/folder.js';
import { shared } from '../kit/styles.js';
import { LabPart } from '../lab/part.js';
import type { Topic } from '../lab/topics.js';
import { refusalText, refuse, type Refusal } from './refusal.js';

/** What may be chosen. */
export interface Choice {
  /** A sentence. */
  label: string;
  /** File names the picker offers. */
  accept: string;
  /** Whether several files may be chosen together. */
  multiple?: boolean;
  /** A sentence on the choice of a whole folder, where that is offered too. */
  folder?: string;
}

export abstract class OwnFilesPart extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      .folder {
        display: block;
        margin-top: 0.75rem;
      }
      .folder input {
        display: block;
        max-width: 100%;
        margin-top: 0.5rem;
      }
      ember-file-drop {
        margin-bottom: 0.75rem;
      }
      .name,
      .error {
        overflow-wrap: anywhere;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        .folder input {
          min-height: 2.75rem;
          padding-block: 0.375rem;
        }
      }
    `,
  ];

  @state() protected busy = false;
  /** Why the files last chosen were refused. */
  @state() private refused: Refusal | null = null;

  /** Opens the lab on the files that were chosen. Rejects where they cannot be used; the lab is then as it was. */
  protected abstract open(files: PlacedFile[]): Promise<void>;

  /** While files are being read, and where the page's author has fixed the data. */
  protected get unavailable(): boolean {
    return this.busy || this.session.options.lock.includes('dataset');
  }

  /** Where files are chosen or dropped. */
  protected choose({ label, accept, multiple = false, folder }: Choice): TemplateResult {
    return html`<ember-file-drop
      label=${label}
      accept=${accept}
      ?multiple=${multiple}
      folders
      ?disabled=${this.unavailable}
      @files-taken=${({ detail }: FilesTaken) => this.take(Promise.resolve(placedFiles(detail)))}
      @entries-dropped=${({ detail }: EntriesDropped) => this.take(filesOfEntries(detail))}
    >
      ${folder !== undefined && canChooseFolder() ? this.folderInput(folder) : nothing}
    </ember-file-drop>`;
  }

  /** That files are being read, and how far; or why they were not taken. */
  protected reading(words: string, said: TemplateResult | typeof nothing = nothing): TemplateResult {
    return html`<div role="status">${this.busy ? html`<p>${words}</p>` : nothing} ${said}</div>
      ${this.busy ? this.progress() : nothing} ${refusalText(this.session, this.refused)}`;
  }

  /** The way back to the lesson's data. */
  protected back(words: string): TemplateResult {
    return html`<button
      type="button"
      ?disabled=${this.unavailable}
      @click=${() => this.act(this.session.own.drop())}
    >
      ${words}
    </button>`;
  }

  protected act(work: Promise<void>): void {
    this.busy = true;
    this.refused = null;
    work
      .catch((thrown: unknown) => (this.refused = refuse(this.session, thrown)))
      .finally(() => (this.busy = false));
  }

  private take(files: Promise<PlacedFile[]>): void {
    this.act(files.then((found) => this.open(found)));
  }

  private folderInput(label: string): TemplateResult {
    return html`<label class="folder"
      >${label}
      <input
        type="file"
        webkitdirectory
        ?disabled=${this.unavailable}
        @change=${(event: Event) => {
          const input = inputOf(event);
          const files = [...(input.files ?? [])];
          // Emptied, so that the same folder can be chosen again.
          input.value = '';
          if (files.length > 0) this.take(Promise.resolve(placedFiles(files)));
        }}
    /></label>`;
  }

  /** How many pictures have been read, or how much is unpacked. */
  private progress(): TemplateResult | typeof nothing {
    const { loading } = this.session;
    if (!loading || loading.total === 0) return nothing;
    const { loaded, total, file = '', unit } = loading;
    const bar = (label: string): TemplateResult =>
      html`<progress value=${loaded} max=${total} aria-label=${label}></progress>`;
    if (unit === 'pictures') {
      const label = this.t('ui.own_pictures.read_of', {
        loaded: this.count(loaded),
        total: this.count(total),
      });
      return html`<p>${bar(label)} ${label}</p>`;
    }
    if (unit !== 'unpacked') return nothing;
    const [done, all] = [loaded, total].map((bytes) => this.count(bytes / 1024));
    return html`<p class="name">
      ${bar(this.t('ui.run.unpacked_label'))} ${this.t('ui.run.unpacked', { file, loaded: done, total: all })}
    </p>`;
  }
}
