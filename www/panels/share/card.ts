/** `<ember-card>`: a picture of the current run with its settings, curve and results, to save or to share. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { cardContent, type CardContent } from './card_content.js';
import { CARD_HEIGHT, CARD_WIDTH, drawCard } from './card_drawing.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { download } from '../../kit/download.js';
import { LabPart } from '../../lab/part.js';
import { loadPlot } from '../../kit/chart/plot.js';
import { shared } from '../../kit/styles.js';
import { themeColors } from '../../kit/theme.js';
import type { Topic } from '../../lab/topics.js';
import { Visibility } from '../../kit/visibility.js';

const PNG = 'image/png';

export class EmberCard extends LabPart {
  // Not `progress`: a picture of a run under way would be out of date before it is seen.
  static override topics: readonly Topic[] = ['opened', 'status', 'runs'];
  static override styles = [
    shared,
    css`
      canvas {
        display: block;
        width: 100%;
        max-width: 40rem;
        height: auto;
        border: 1px solid var(--lab-border);
        border-radius: 0.375rem;
      }
      .row {
        margin: 0.5rem 0 0.75rem;
      }
    `,
  ];

  /** The address that leads back to the run's settings. */
  @property() address = '';
  @state() private failure = '';

  private dirty = true;
  private readonly visibility = new Visibility(this, () => void this.drawWhenSeen());

  protected override render(): TemplateResult {
    const content = cardContent(this.session, this.address);
    return html`<h4>${this.t('ui.share.card')}</h4>
      ${content ? this.preview(content) : this.hint('ui.share.card_before')}
      <div class="row">
        <button type="button" ?disabled=${!content} @click=${() => void this.save()}>
          ${this.t('ui.share.card_save')}
        </button>
        ${
          canShareFiles()
            ? html`<button type="button" ?disabled=${!content} @click=${() => void this.share()}>
                ${this.t('ui.share.card_share')}
              </button>`
            : nothing
        }
      </div>
      ${this.failure ? html`<p class="error" role="alert">${this.failure}</p>` : nothing}
      ${content ? this.description(content) : nothing}`;
  }

  protected override updated(): void {
    this.dirty = true;
    void this.drawWhenSeen();
  }

  private preview({ description }: CardContent): TemplateResult {
    return html`<canvas
      width=${CARD_WIDTH}
      height=${CARD_HEIGHT}
      role="img"
      aria-label=${description}
    ></canvas>`;
  }

  private description({ description }: CardContent): TemplateResult {
    const title = this.t('ui.share.card_text');
    return html`<h4>${title}</h4>
      <ember-copy .text=${description} .label=${title} .language=${this.language}></ember-copy>`;
  }

  private async drawWhenSeen(): Promise<void> {
    if (this.dirty && this.visibility.visible && this.session.status !== 'training') await this.draw();
  }

  /** Draws the run as it stands; null when there is nothing to draw, or when it fails, which is then told. */
  private async draw(): Promise<HTMLCanvasElement | null> {
    try {
      const plot = await loadPlot(this.session.base);
      const canvas = this.renderRoot.querySelector('canvas');
      const content = cardContent(this.session, this.address);
      if (!canvas || !content) return null;
      this.dirty = false;
      drawCard(canvas, content, {
        colors: themeColors(this),
        family: getComputedStyle(this).fontFamily,
        plot,
      });
      this.failure = '';
      return canvas;
    } catch (thrown) {
      this.fail(thrown);
      return null;
    }
  }

  private async picture(): Promise<File | null> {
    const canvas = await this.draw();
    const blob = canvas && (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, PNG)));
    return blob && new File([blob], this.fileName(), { type: PNG });
  }

  private fileName(): string {
    const { options, runs } = this.session;
    return `${options.lesson}-step${runs.current!.progress.step}.png`;
  }

  private async save(): Promise<void> {
    const file = await this.picture();
    if (file) download(file.name, file, PNG);
  }

  private async share(): Promise<void> {
    const file = await this.picture();
    const content = cardContent(this.session, this.address);
    if (!file || !content) return;
    try {
      await navigator.share({ files: [file], title: content.title, text: content.description });
    } catch (thrown) {
      // Closing the window in which one chooses with whom to share is no failure.
      const wasClosed = thrown instanceof DOMException && thrown.name === 'AbortError';
      if (!wasClosed) this.fail(thrown);
    }
  }

  private fail(thrown: unknown): void {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    this.failure = this.t('ui.share.card_failed', { reason });
  }
}

/** Whether the browser hands pictures on to other programs. */
function canShareFiles(): boolean {
  const probe = new File([], 'card.png', { type: PNG });
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [probe] });
}

define('ember-card', EmberCard);
