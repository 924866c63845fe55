/** `<ember-picture>`: a small picture, each of its pixels a sharp square. */

import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from './define.js';
import { imageOf, type PictureData } from './picture_data.js';
import { styled } from './styled.js';
import { shared } from './styles.js';

export class EmberPicture extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: inline-block;
        max-width: 100%;
        line-height: 0;
      }
      canvas {
        max-width: 100%;
        height: auto;
      }
      .enlarged {
        image-rendering: pixelated;
      }
    `,
  ];

  /** What is drawn, as the worker sent it or ready for a canvas. */
  @property({ attribute: false }) picture: PictureData | ImageData | null = null;
  /** Width in CSS pixels, where there is so much room; the height follows. */
  @property({ type: Number }) width = 112;
  /** Accessible name; without one the picture is passed over, as where the words stand beside it. */
  @property() label = '';

  protected override render(): TemplateResult | typeof nothing {
    const { picture, label } = this;
    if (!picture) return nothing;
    return html`<canvas
      class=${this.width >= picture.width ? 'enlarged' : ''}
      width=${picture.width}
      height=${picture.height}
      role=${label ? 'img' : nothing}
      aria-label=${label || nothing}
      aria-hidden=${label ? nothing : 'true'}
      ${styled({ width: `${this.width}px` })}
    ></canvas>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('picture') || !this.picture) return;
    const image = 'data' in this.picture ? this.picture : imageOf(this.picture);
    this.renderRoot.querySelector('canvas')!.getContext('2d')!.putImageData(image, 0, 0);
  }
}

define('ember-picture', EmberPicture);
