/** `<ember-camera>`: takes one frame of the camera when the reader says so, and lets go of the camera at once. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from './define.js';
import { videoOf } from './events.js';
import { shared } from './styles.js';
import { words, type Language } from './words.js';

/** The frame, sent as `frame-taken`. */
export type FrameTaken = CustomEvent<ImageData>;

/** Longest side of a frame: more than any picture of a lab has. */
const LONGEST_SIDE = 1024;
/** Keys of the sentences for what a browser throws. */
const PROBLEMS: ReadonlyMap<string, string> = new Map([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
]);

/** Whether this page may ask for a camera at all. */
export function hasCamera(): boolean {
  return typeof navigator.mediaDevices?.getUserMedia === 'function';
}

export class EmberCamera extends LitElement {
  static override styles = [
    shared,
    css`
      video {
        display: block;
        width: 100%;
        max-width: 24rem;
        margin-bottom: 0.5rem;
        border-radius: 0.25rem;
        background: #000;
      }
      p {
        margin: 0.5rem 0 0;
      }
    `,
  ];

  @property({ attribute: false }) language!: Language;
  @property({ type: Boolean }) disabled = false;
  /** What the camera shows, while it is on. */
  @state() private stream: MediaStream | null = null;
  @state() private waiting = false;
  /** Key of the sentence that says why there is no picture. */
  @state() private problem = '';

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop();
  }

  protected override render(): TemplateResult {
    return html`${this.stream ? this.finder() : this.opener()}
      <div role="status">
        ${this.problem ? html`<p class="error">${this.t(this.problem)}</p>` : nothing}
      </div>`;
  }

  private opener(): TemplateResult {
    return html`<button type="button" ?disabled=${this.disabled || this.waiting} @click=${this.onOpen}>
      ${this.t(this.waiting ? 'waiting' : 'open')}
    </button>`;
  }

  private finder(): TemplateResult {
    return html`<video
        playsinline
        .muted=${true}
        .srcObject=${this.stream}
        aria-label=${this.t('live')}
        @loadedmetadata=${(event: Event) => void videoOf(event).play()}
      ></video>
      <div class="row">
        <button type="button" class="primary" @click=${this.onTake}>${this.t('take')}</button>
        <button type="button" @click=${this.stop}>${this.t('stop')}</button>
      </div>`;
  }

  private readonly onOpen = async (): Promise<void> => {
    this.problem = '';
    this.waiting = true;
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: 'environment', width: { ideal: LONGEST_SIDE } },
      });
      this.stream = stream;
      // The reader may have gone elsewhere while the browser asked.
      if (!this.isConnected) return this.stop();
      // Unplugged, or taken away in the browser's own menu.
      for (const track of stream.getTracks()) track.addEventListener('ended', this.stop);
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('.primary')?.focus();
    } catch (thrown) {
      const name = thrown instanceof DOMException ? thrown.name : '';
      this.problem = PROBLEMS.get(name) ?? 'failed';
    } finally {
      this.waiting = false;
    }
  };

  private readonly onTake = (): void => {
    const video = this.renderRoot.querySelector('video')!;
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0) return;
    const scale = Math.min(1, LONGEST_SIDE / Math.max(videoWidth, videoHeight));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(videoWidth * scale));
    canvas.height = Math.max(1, Math.round(videoHeight * scale));
    const brush = canvas.getContext('2d', { willReadFrequently: true })!;
    brush.drawImage(video, 0, 0, canvas.width, canvas.height);
    const detail = brush.getImageData(0, 0, canvas.width, canvas.height);
    this.stop();
    this.dispatchEvent(new CustomEvent('frame-taken', { detail }) satisfies FrameTaken);
  };

  private readonly stop = (): void => {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  };

  private t(key: string): string {
    return words(this.language, `ui.camera.${key}`);
  }
}

define('ember-camera', EmberCamera);
