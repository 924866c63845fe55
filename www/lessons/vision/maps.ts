/** `<ember-maps>`: what each layer makes of one picture, at this very step, and what each of its pixels saw of it. */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { LiveAnswer } from '../../lab/live.js';
import { mapsLayer, mapsLayerStyles } from './maps_layer.js';
import {
  askForMaps,
  deviations,
  fieldOf,
  type Area,
  type Chosen,
  type Seen,
  type SeenLayer,
} from './maps_data.js';
import { mapsStyles } from './maps_styles.js';
import { modelAnswer, modelAnswerStyles } from '../../looks/model_answer.js';
import { layerTitle } from './network_summary.js';
import { LabPart } from '../../lab/part.js';
import '../../kit/picture.js';
import './picture_choice.js';
import type { PictureChange } from './picture_choice.js';
import { askForPictures, type LabelledPicture } from '../../looks/pictures/pictures_data.js';
import { StillAnswer } from '../../lab/still.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { classText } from '../../looks/rows/table_data.js';
import type { TilePlace } from '../../kit/tile_room.js';
import type { TilePoint } from '../../kit/tiles.js';
import type { Topic } from '../../lab/topics.js';

/** At most twice a second: the maps of all layers go through the network for it. */
const INTERVAL_MS = 500;
/** Maps of a layer that are shown, and when more are asked for. */
const FEW = 16;
const MANY = 64;
/** Width of the picture in CSS pixels. */
const PICTURE_PX = 176;

/** A pixel of a layer's maps. */
interface Pointed {
  layer: string;
  place: TilePlace;
}

export class EmberMaps extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [shared, modelAnswerStyles, mapsLayerStyles, mapsStyles];

  @state() private chosen: Chosen = { split: 'test', index: 0 };
  @state() private most = FEW;
  @state() private pointed: Pointed | null = null;

  private readonly seen = new LiveAnswer<Seen>(this, () => this.ask(), INTERVAL_MS);
  private readonly named = new StillAnswer<LabelledPicture | null>(
    this,
    () =>
      this.session.opened?.description.pictures && 'index' in this.chosen
        ? JSON.stringify(this.chosen)
        : null,
    () => this.askForName(),
  );

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const pictures = this.session.opened?.description.pictures;
    if (!pictures || !('index' in this.chosen)) return;
    // With other settings there may be fewer pictures.
    if (this.chosen.index >= pictures[this.chosen.split]) this.chosen = { ...this.chosen, index: 0 };
    if ((changed.has('chosen') || changed.has('most')) && this.hasUpdated) this.seen.refresh();
  }

  protected override render(): TemplateResult {
    const pictures = this.session.opened?.description.pictures;
    const seen = this.seen.value;
    if (!pictures) return this.hint('ui.maps.before');
    return html`${this.hint('ui.maps.intro')}
      <ember-picture-choice
        .pictures=${pictures}
        .chosen=${this.chosen}
        .language=${this.language}
        @picture-change=${(event: PictureChange) => this.choose(event.detail)}
      ></ember-picture-choice>
      ${seen ? this.look(seen) : this.hint('ui.maps.asking')}`;
  }

  private look(seen: Seen): TemplateResult {
    const pointed = this.pointed && seen.layers.find(({ name }) => name === this.pointed!.layer);
    const told = pointed ? { layer: pointed, place: this.pointed!.place } : null;
    const area = told && fieldOf(told.layer, told.place, seen.picture);
    return html`<div class="look">
        <div class="picture">${this.picture(seen, area)} ${this.readout(told)} ${this.answer(seen)}</div>
        <div class="layers">
          ${seen.layers.map((layer) =>
            mapsLayer(this.language, layer, {
              told: (place) => this.told(layer, place),
              pointed: (event: TilePoint) =>
                (this.pointed = event.detail && { layer: layer.name, place: event.detail }),
            }),
          )}
          ${this.moreButton(seen)}
        </div>
      </div>
      <details>
        <summary>${this.t('ui.maps.reading_title')}</summary>
        ${this.hint('ui.maps.reading')} ${this.hint('ui.maps.titles')} ${this.hint('ui.maps.keys')}
      </details>`;
  }

  /** The picture as the network sees it, with the part that the pixel pointed at saw. */
  private picture({ picture }: Seen, area: Area | null): TemplateResult {
    const percent = (value: number, of: number): string => `${(100 * value) / of}%`;
    return html`<div class="frame">
        <ember-picture
          .picture=${picture}
          .width=${PICTURE_PX}
          .label=${this.t('ui.maps.picture', { width: picture.width, height: picture.height })}
        ></ember-picture>
        ${
          area
            ? html`<div
                class="field"
                ${styled({
                  top: percent(area.top, picture.height),
                  left: percent(area.left, picture.width),
                  height: percent(area.bottom - area.top, picture.height),
                  width: percent(area.right - area.left, picture.width),
                })}
              ></div>`
            : nothing
        }
      </div>
      ${this.caption()}`;
  }

  private caption(): TemplateResult | typeof nothing {
    const { chosen } = this;
    if ('own' in chosen) return html`<p class="caption">${chosen.own.name}</p>`;
    const named = this.named.value;
    const classes = this.session.opened!.description.pictures!.classes;
    if (named?.index !== chosen.index) return nothing;
    return html`<p class="caption">
      ${this.t('ui.judgement.sample_is')} <b>${classText(this.language, classes[named.label]!)}</b>
      <span class="muted">${named.origin}</span>
    </p>`;
  }

  private readout(told: { layer: SeenLayer; place: TilePlace } | null): TemplateResult {
    return html`<p class="readout" aria-hidden="true">
      ${told ? this.told(told.layer, told.place) : this.t('ui.maps.point')}
    </p>`;
  }

  private answer({ classes, probabilities }: Seen): TemplateResult {
    const largest = probabilities.reduce<number>(
      (best, share, at) => (share !== null && share > (probabilities[best] ?? -Infinity) ? at : best),
      -1,
    );
    return html`<p class="says">
        ${this.t('ui.predict.answer')} <b>${classText(this.language, classes[largest] ?? '')}</b>
        <span class="muted">${probabilities[largest]?.toFixed(3) ?? '–'}</span>
      </p>
      ${modelAnswer(this.dark, this.language, { classes }, { classes: [], probabilities: [probabilities] })}`;
  }

  /** Where a pixel stands, its value, and what it saw. */
  private told(layer: SeenLayer, place: TilePlace): string {
    const { picture } = this.seen.value!;
    if (layer.kind === 'dense') {
      return this.t(layer.tiles.empty[place.tile] ? 'ui.maps.unit_silent' : 'ui.maps.unit', {
        layer: layerTitle(layer),
        unit: place.tile + 1,
      });
    }
    const { top, left, bottom, right } = fieldOf(layer, place, picture);
    const where = {
      layer: layerTitle(layer),
      map: place.tile + 1,
      row: place.row + 1,
      column: place.column + 1,
    };
    const saw = this.t('ui.maps.saw', { top: top + 1, bottom, left: left + 1, right });
    if (layer.tiles.empty[place.tile]) return `${this.t('ui.maps.pixel_dead', where)} ${saw}`;
    // A single number has no mean to be told from.
    if (layer.height * layer.width === 1) return `${this.t('ui.maps.pixel_alive', where)} ${saw}`;
    const value = deviations(layer, place);
    const amount = this.number(Math.abs(value), 2);
    const side = value < 0 ? 'ui.maps.pixel_below' : 'ui.maps.pixel_above';
    return `${this.t(side, { ...where, amount })} ${saw}`;
  }

  private moreButton({ layers }: Seen): TemplateResult | typeof nothing {
    const largest = Math.max(0, ...layers.map(({ channels }) => channels));
    if (largest <= FEW) return nothing;
    const next = this.most === FEW ? MANY : FEW;
    return html`<button type="button" @click=${() => (this.most = next)}>
      ${this.t(next === MANY ? 'ui.maps.more' : 'ui.maps.fewer', { count: next })}
    </button>`;
  }

  private choose(chosen: Chosen): void {
    this.chosen = chosen;
    this.pointed = null;
  }

  private ask(): Promise<Seen> | null {
    if (!this.session.opened?.description.pictures) return null;
    const { chosen } = this;
    return askForMaps(this.session, chosen, this.most).catch((thrown: unknown) => {
      // A file that is no picture is told once, and the lesson's picture stands in its place.
      if ('own' in chosen && this.chosen === chosen) this.chosen = { split: 'test', index: 0 };
      throw 'own' in chosen ? this.session.report(thrown) : thrown;
    });
  }

  private async askForName(): Promise<LabelledPicture | null> {
    const { chosen } = this;
    if (!('index' in chosen)) return null;
    const question = { split: chosen.split, from: chosen.index, count: 1, order: 'order' } as const;
    return (await askForPictures(this.session, question)).pictures[0] ?? null;
  }
}

define('ember-maps', EmberMaps);
