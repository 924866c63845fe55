/** `<ember-predict-pictures>`: what the model says of a drawing and of pictures of the reader's. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { PicturesDescription } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import '../../kit/drawing_pad.js';
import type { DrawingChange } from '../../kit/drawing_pad.js';
import { failureText } from '../../lab/failure_text.js';
import { LiveAnswer } from '../../lab/live.js';
import { modelAnswer, modelAnswerStyles } from '../model_answer.js';
import { LabPart } from '../../lab/part.js';
import '../../kit/picture.js';
import {
  kindOf,
  MOST_PICTURES,
  PictureAnswers,
  type GivenPicture,
  type ModelSays,
} from './picture_answers.js';
import { picturesPredicted } from '../predictions.js';
import { imageOf } from '../../kit/picture_data.js';
import './picture_source.js';
import type { PicturesTaken } from './picture_source.js';
import { shared } from '../../kit/styles.js';
import { classText } from '../rows/table_data.js';
import type { Topic } from '../../lab/topics.js';

/** Width of the pictures, in CSS pixels. */
const WIDTH = 96;
/** Milliseconds between two questions about a drawing that grows. */
const DRAWING_INTERVAL_MS = 100;

export class EmberPredictPictures extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'runs'];
  static override styles = [
    shared,
    modelAnswerStyles,
    css`
      .drawing {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
        gap: 0.75rem 1.5rem;
        margin-bottom: 1rem;
      }
      .answer {
        font-size: 1.0625rem;
        margin-bottom: 0.5rem;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr));
        gap: 0.75rem;
        margin: 0.75rem 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        border-top: 1px solid var(--lab-grid);
        padding-top: 0.5rem;
        min-width: 0;
      }
      .name-of-file {
        overflow-wrap: anywhere;
        font-size: 0.875rem;
        margin: 0 0 0.375rem;
      }
      .thumbnails {
        display: flex;
        gap: 0.75rem;
        align-items: flex-start;
        margin-bottom: 0.5rem;
      }
      figure {
        margin: 0;
        min-width: ${WIDTH}px;
      }
      figcaption {
        color: var(--lab-muted);
        font-size: 0.8125rem;
      }
    `,
  ];

  @state() private drawing: ImageData | null = null;
  /** How many of the pictures given last found no room. */
  @state() private leftOut = 0;

  private readonly answers = new PictureAnswers(this);
  private readonly drawn = new LiveAnswer<ModelSays | null>(
    this,
    () => (this.session.opened?.description.pictures?.drawing ? this.askForDrawing() : null),
    DRAWING_INTERVAL_MS,
  );

  protected override render(): TemplateResult {
    const pictures = this.session.opened?.description.pictures;
    if (!pictures) return this.card('predict', this.hint('ui.predict.before'));
    const untrained = (this.session.runs.current?.progress.step ?? 0) === 0;
    return this.card(
      'predict',
      html`${this.hint(untrained ? 'ui.predict.untrained' : 'ui.predict_pictures.intro')}
      ${pictures.drawing ? this.drawingPad(pictures) : nothing}
      ${pictures.upload ? this.uploads(pictures) : nothing}`,
    );
  }

  private drawingPad(pictures: PicturesDescription): TemplateResult {
    return html`<div class="drawing">
      <ember-drawing-pad
        .language=${this.language}
        label=${this.t('ui.predict_pictures.pad')}
        @drawing-change=${(event: DrawingChange) => {
          this.drawing = event.detail;
          this.drawn.refresh();
        }}
      ></ember-drawing-pad>
      <div aria-live="polite">${this.drawingAnswer(pictures)}</div>
    </div>`;
  }

  private drawingAnswer({ classes }: PicturesDescription): TemplateResult {
    const { value, failure } = this.drawn;
    if (failure) return html`<p class="error">${failureText(this.language, failure)}</p>`;
    if (!this.drawing || !value) return this.hint('ui.predict_pictures.draw');
    return html`${this.verdict(value.name)}
      <div class="thumbnails">${this.thumbnail('seen', value.seen, this.t('ui.predict_pictures.pad'))}</div>
      ${this.bars(classes, value)}`;
  }

  private async askForDrawing(): Promise<ModelSays | null> {
    const image = this.drawing;
    if (!image) return null;
    const pictures = [{ name: this.t('ui.predict_pictures.pad'), image }];
    const answer = await this.session.request('predict', { input: null, pictures });
    const { classes, probabilities, seen } = picturesPredicted(answer);
    return {
      name: classes[0] ?? '',
      probabilities: probabilities[0] ?? [],
      seen: seen[0] ? imageOf(seen[0]) : null,
    };
  }

  private uploads(pictures: PicturesDescription): TemplateResult {
    const { list, failure } = this.answers;
    return html`<ember-picture-source
        label=${this.t('ui.predict_pictures.choose')}
        .language=${this.language}
        multiple
        camera
        @pictures-taken=${(event: PicturesTaken) => (this.leftOut = this.answers.add(event.detail))}
      ></ember-picture-source>
      ${this.hint('ui.picture_source.private')}
      <div role="status">
        ${
          this.leftOut > 0
            ? html`<p class="error">
                ${this.t('ui.predict_pictures.too_many', { most: MOST_PICTURES, count: this.leftOut })}
              </p>`
            : nothing
        }
        ${failure ? html`<p class="error">${failureText(this.language, failure)}</p>` : nothing}
      </div>
      ${list.length > 0 ? this.givenPictures(pictures, list) : nothing}`;
  }

  private givenPictures(pictures: PicturesDescription, list: readonly GivenPicture[]): TemplateResult {
    return html`<button type="button" @click=${() => this.forget(() => this.answers.clear())}>
        ${this.t('ui.predict_pictures.clear')}
      </button>
      <ul aria-label=${this.t('ui.predict_pictures.list')}>
        ${list.map((picture) => html`<li>${this.givenPicture(pictures, picture)}</li>`)}
      </ul>`;
  }

  private givenPicture(pictures: PicturesDescription, picture: GivenPicture): TemplateResult {
    const { id, input, given } = picture;
    const isOfNow = picture.kind === kindOf(pictures);
    const [answer, failure] = isOfNow ? [picture.answer, picture.failure] : [null, null];
    return html`<p class="name-of-file">
        <b>${input.name}</b>
        <button
          type="button"
          class="quiet"
          aria-label=${this.t('ui.predict_pictures.remove_named', { name: input.name })}
          @click=${() => this.forget(() => this.answers.remove(id))}
        >
          ${this.t('ui.predict_pictures.remove')}
        </button>
      </p>
      ${failure ? html`<p class="error" role="alert">${failureText(this.language, failure)}</p>` : nothing}
      ${!answer && !failure ? this.hint('ui.predict_pictures.asking') : nothing}
      ${
        answer
          ? html`<div class="thumbnails">
                ${this.thumbnail('given', given, input.name)}
                ${this.thumbnail('seen', answer.seen, input.name)}
              </div>
              ${this.verdict(answer.name)} ${this.bars(pictures.classes, answer)}`
          : nothing
      }`;
  }

  private bars(classes: string[], { name, probabilities }: ModelSays): TemplateResult {
    const prediction = { classes: [name], probabilities: [probabilities] };
    return modelAnswer(this.dark, this.language, { classes }, prediction);
  }

  private verdict(name: string): TemplateResult {
    return html`<p class="answer">
      ${this.t('ui.predict.answer')} <b>${classText(this.language, name)}</b>
    </p>`;
  }

  /** A picture as it was given or as the model sees it, with its size in pixels. */
  private thumbnail(
    as: 'given' | 'seen',
    image: ImageData | null,
    name: string,
  ): TemplateResult | typeof nothing {
    if (!image) return nothing;
    const caption = this.t(`ui.predict_pictures.${as}`, { width: image.width, height: image.height });
    return html`<figure>
      <ember-picture .picture=${image} width=${WIDTH} label="${name}: ${caption}"></ember-picture>
      <figcaption>${caption}</figcaption>
    </figure>`;
  }

  private forget(act: () => void): void {
    act();
    this.leftOut = 0;
  }
}

define('ember-predict-pictures', EmberPredictPictures);
