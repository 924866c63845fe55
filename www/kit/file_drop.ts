/**
 * `<ember-file-drop>`: takes files in, by the picker or dropped; sends them as `files-taken`. A picture dragged out of
 * another page may come as its address alone: that is sent as `link-dropped`, which bubbles out to whoever tells the
 * reader. What stands inside the element is shown below the picker.
 */

import { css, html, LitElement, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from './define.js';
import { inputOf } from './events.js';
import { entriesOf } from './folder.js';
import { shared } from './styles.js';

/** The files, at least one. */
export type FilesTaken = CustomEvent<File[]>;

/** The files and folders of a drop, at least one, sent as `entries-dropped` where folders are taken. */
export type EntriesDropped = CustomEvent<FileSystemEntry[]>;

export class EmberFileDrop extends LitElement {
  static override styles = [
    shared,
    css`
      .drop {
        border: 2px dashed var(--lab-border);
        border-radius: 0.5rem;
        padding: 0.75rem;
      }
      .drop.over {
        border-color: var(--lab-accent);
        background: var(--lab-background);
      }
      input {
        max-width: 100%;
        display: block;
        margin-top: 0.5rem;
      }
      @media (max-width: 40rem), (pointer: coarse) {
        input {
          min-height: 2.75rem;
          padding-block: 0.375rem;
        }
      }
    `,
  ];

  /** What may be chosen or dropped, in a sentence. */
  @property() label = '';
  /** File names the picker offers. */
  @property() accept = '';
  @property({ type: Boolean }) multiple = false;
  /** Whether folders may be dropped too. */
  @property({ type: Boolean }) folders = false;
  @property({ type: Boolean }) disabled = false;
  @state() private over = false;

  protected override render(): TemplateResult {
    return html`<div
      class="drop ${this.over && !this.disabled ? 'over' : ''}"
      @dragover=${this.onDragOver}
      @dragleave=${() => (this.over = false)}
      @drop=${this.onDrop}
    >
      <label for="files">${this.label}</label>
      <input
        id="files"
        type="file"
        ?multiple=${this.multiple}
        ?disabled=${this.disabled}
        accept=${this.accept}
        @change=${this.onPick}
      />
      <slot></slot>
    </div>`;
  }

  private readonly onPick = (event: Event): void => {
    const input = inputOf(event);
    // Taken out first: emptying the input, so that the same file can be chosen again, empties its list too.
    const files = [...(input.files ?? [])];
    input.value = '';
    this.send(files);
  };

  private readonly onDragOver = (event: DragEvent): void => {
    event.preventDefault();
    this.over = true;
  };

  private readonly onDrop = (event: DragEvent): void => {
    event.preventDefault();
    this.over = false;
    const { dataTransfer } = event;
    const files = [...(dataTransfer?.files ?? [])];
    const entries = this.folders ? entriesOf(dataTransfer) : [];
    // A picture out of another page may be a file that lies in no folder.
    if (entries.length > 0) this.sendEntries(entries);
    else if (files.length > 0) this.send(files);
    else if (!this.disabled && dataTransfer && dataTransfer.types.length > 0)
      this.dispatchEvent(new CustomEvent('link-dropped', { bubbles: true, composed: true }));
  };

  private send(files: File[]): void {
    if (this.disabled || files.length === 0) return;
    this.dispatchEvent(new CustomEvent('files-taken', { detail: files }) satisfies FilesTaken);
  }

  private sendEntries(entries: FileSystemEntry[]): void {
    if (this.disabled || entries.length === 0) return;
    this.dispatchEvent(new CustomEvent('entries-dropped', { detail: entries }) satisfies EntriesDropped);
  }
}

define('ember-file-drop', EmberFileDrop);
