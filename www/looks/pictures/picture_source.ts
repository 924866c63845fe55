/** `<ember-picture-source>`: takes pictures of the reader's in, by the picker, dropped, pasted or from the camera. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { PictureInput } from '../../engine/protocol.js';
import '../../kit/camera.js';
import { hasCamera, type FrameTaken } from '../../kit/camera.js';
import { define } from '../../kit/define.js';
import '../../kit/file_drop.js';
import type { FilesTaken } from '../../kit/file_drop.js';
import { shared } from '../../kit/styles.js';
import { Visibility } from '../../kit/visibility.js';
import { words, type Language } from '../../kit/words.js';

/** The pictures, at least one, sent as `pictures-taken`. */
export type PicturesTaken = CustomEvent<PictureInput[]>;

/** What the picker offers. */
const ACCEPTED_PICTURES = '.png,.jpg,.jpeg,.webp,image/png,image/jpeg,image/webp';

export class EmberPictureSource extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        margin-bottom: 0.75rem;
      }
      ember-camera {
        margin-top: 0.5rem;
      }
    `,
  ];

  /** What may be chosen, dropped or pasted, in a sentence. */
  @property() label = '';
  @property({ attribute: false }) language!: Language;
  @property({ type: Boolean }) multiple = false;
  /** Whether a frame of the camera will do, where there is one. */
  @property({ type: Boolean }) camera = false;
  @property({ type: Boolean }) disabled = false;
  private readonly visibility = new Visibility(this, () => undefined);

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('paste', this.onPaste);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('paste', this.onPaste);
  }

  protected override render(): TemplateResult {
    return html`<ember-file-drop
        label=${this.label}
        accept=${ACCEPTED_PICTURES}
        ?multiple=${this.multiple}
        ?disabled=${this.disabled}
        @files-taken=${(event: FilesTaken) => this.takeFiles(event.detail)}
      ></ember-file-drop>
      ${
        this.camera && hasCamera()
          ? html`<ember-camera
              .language=${this.language}
              ?disabled=${this.disabled}
              @frame-taken=${this.onFrame}
            ></ember-camera>`
          : nothing
      }`;
  }

  /** Pictures pasted anywhere but into another element of the page, as long as this one is in view. */
  private readonly onPaste = (event: ClipboardEvent): void => {
    const root = this.getRootNode();
    const isNear =
      (root instanceof ShadowRoot && event.composedPath().includes(root.host)) ||
      event.target === document.body;
    const files = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    if (!isNear || !this.visibility.visible || files.length === 0) return;
    event.preventDefault();
    this.takeFiles(files);
  };

  private takeFiles(files: readonly File[]): void {
    this.send(files.map((blob) => ({ name: blob.name, blob })));
  }

  private readonly onFrame = (event: FrameTaken): void => {
    this.send([{ name: words(this.language, 'ui.camera.name'), image: event.detail }]);
  };

  private send(pictures: PictureInput[]): void {
    const detail = this.multiple ? pictures : pictures.slice(0, 1);
    if (this.disabled || detail.length === 0) return;
    this.dispatchEvent(new CustomEvent('pictures-taken', { detail }) satisfies PicturesTaken);
  }
}

define('ember-picture-source', EmberPictureSource);
