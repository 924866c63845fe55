/** `<ember-wrong-pictures>`: the pictures of a part that the model takes for another class, the surest mistakes first. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { LabPart } from '../../lab/part.js';
import { pictureGrid, pictureGridStyles } from '../../kit/picture_grid.js';
import type { AnswerTo } from '../../lab/looks.js';
import { StillAnswer } from '../../lab/still.js';
import { shared } from '../../kit/styles.js';
import { classText } from '../rows/table_data.js';
import type { Topic } from '../../lab/topics.js';

/** Pictures that are shown. */
const SHOWN = 24;

type Mistakes = AnswerTo<'mistakes'>;
type WrongPicture = Mistakes['pictures'][number];

export class EmberWrongPictures extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    pictureGridStyles,
    css`
      .pictures {
        grid-template-columns: repeat(auto-fill, minmax(5.5rem, 7rem));
      }
    `,
  ];

  /** Part of the data. */
  @property() split = '';
  /** The run and the step that are judged: others have other mistakes. */
  @property() judged = '';

  private readonly wrong = new StillAnswer<Mistakes>(
    this,
    () => `${this.split} ${this.judged}`,
    () => this.session.inspectAny('mistakes', { split: this.split, count: SHOWN }),
  );

  protected override render(): TemplateResult {
    const wrong = this.wrong.value;
    if (wrong?.split !== this.split) return this.hint('ui.judgement.asking');
    const counts = { shown: this.count(wrong.pictures.length), all: this.count(wrong.mistakes) };
    const key = wrong.pictures.length < wrong.mistakes ? 'surest_mistakes' : 'mistakes';
    return html`<h4>${this.t(`ui.judgement.pictures.${key}`, counts)}</h4>
      ${pictureGrid(wrong.pictures.map((picture) => this.told(picture)))}`;
  }

  private told(picture: WrongPicture): { picture: WrongPicture; label: string; caption: unknown } {
    const { classes } = this.session.opened!.description.pictures!;
    const [truth, predicted] = [picture.label, picture.predicted].map((label) =>
      classText(this.language, classes[label]!),
    );
    const number = this.count(picture.index + 1);
    return {
      picture,
      label: this.t('ui.gallery.picture', { split: this.t(`splits.${this.split}`), number, class: truth }),
      caption: html`${this.t('ui.judgement.pictures.taken_for', { truth, predicted })}
        <span class="more">
          ${this.t('ui.judgement.pictures.certainty', { certainty: picture.certainty?.toFixed(3) ?? '–' })}
        </span>
        ${picture.origin ? html`<span class="more">${picture.origin}</span>` : nothing}`,
    };
  }
}

define('ember-wrong-pictures', EmberWrongPictures);
