/** `<ember-export>`: weights and run record to take away, and to bring back by picker or by drop. */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from './define.js';
import { ACCEPTED_FILES, download, loadFiles } from './files.js';
import { LabPart } from './part.js';
import { exportRun } from './replay.js';
import { shared } from './styles.js';
import type { Topic } from './topics.js';

/** Formats of weights and the ends of their files' names. */
const FORMATS = { safetensors: 'safetensors', burnpack: 'bpk' } as const;

export class EmberExport extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    css`
      .drop {
        border: 2px dashed var(--lab-border);
        border-radius: 0.5rem;
        padding: 0.75rem;
        margin-top: 0.75rem;
      }
      .drop.over {
        border-color: var(--lab-accent);
        background: var(--lab-background);
      }
      input[type='file'] {
        max-width: 100%;
        display: block;
        margin-top: 0.5rem;
      }
    `,
  ];

  @state() private over = false;

  protected override render(): TemplateResult {
    const disabled = !this.session.opened;
    return this.card(
      'export',
      html`<div class="row">
          ${(Object.keys(FORMATS) as (keyof typeof FORMATS)[]).map(
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
        <div
          class="drop ${this.over ? 'over' : ''}"
          @dragover=${this.onDragOver}
          @dragleave=${() => (this.over = false)}
          @drop=${this.onDrop}
        >
          <label for="files">${this.t('ui.export.load')}</label>
          <input id="files" type="file" multiple accept=${ACCEPTED_FILES} @change=${this.onPick} />
        </div>
        <p class="muted">${this.t('ui.export.private')}</p>`,
    );
  }

  private async saveModel(format: keyof typeof FORMATS): Promise<void> {
    const bytes = await this.session.request('exportModel', { format });
    download(
      `${this.fileName()}.${FORMATS[format]}`,
      bytes as Uint8Array<ArrayBuffer>,
      'application/octet-stream',
    );
  }

  private async saveRun(): Promise<void> {
    const record = await exportRun(this.session);
    download(`${this.fileName()}.json`, JSON.stringify(record, null, 1), 'application/json');
  }

  private fileName(): string {
    const { opened, runs } = this.session;
    return `${opened!.description.id}-seed${String(opened!.settings['seed'])}-step${runs.current!.progress.step}`;
  }

  private readonly onPick = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    // Taken out first: emptying the input, so that the same file can be chosen again, empties its list too.
    const files = [...(input.files ?? [])];
    input.value = '';
    this.act(loadFiles(this.session, files));
  };

  private readonly onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.over = true;
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    this.act(loadFiles(this.session, [...(event.dataTransfer?.files ?? [])]));
  };

  private act(work: Promise<void>): void {
    work.catch((thrown: unknown) => this.session.report(thrown));
  }
}

define('ember-export', EmberExport);
