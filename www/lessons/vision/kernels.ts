/**
 * `<ember-kernels>`: the filters of each convolution as small tiles of their weights, with the numbers by hover, tap
 * and arrow keys. A filter has a tile for each input channel; deeper layers have many, of which one is chosen.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import type { LayerFilters } from '../../generated/vision.js';
import { divergingEnd, divergingGradient, divergingPixels } from '../../kit/diverging.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tiles.js';
import type { TilePlace, Tiles } from '../../kit/tile_room.js';
import type { TilePoint } from '../../kit/tiles.js';
import type { Topic } from '../../lab/topics.js';

/** At most once a second: they are thousands of numbers. */
const INTERVAL_MS = 1000;
/** Side of a tile in CSS pixels. */
const TILE_PX = 48;
/** A layer with so many input channels shows them all: grey, or red, green and blue. */
const MOST_INPUTS = 3;

/** What is drawn of a layer: its filters on one input channel, on the scale of the layer. */
interface Strip {
  layer: LayerFilters;
  input: number;
  end: number;
}

export class EmberKernels extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      .layer {
        margin-bottom: 1.25rem;
      }
      h4 {
        margin: 0 0 0.25rem;
        overflow-wrap: anywhere;
      }
      h4 code {
        font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 0.9em;
      }
      .legend {
        gap: 0.5rem;
        font-size: 0.8125rem;
        margin-bottom: 0.375rem;
      }
      .ramp {
        width: 8rem;
        height: 0.75rem;
        border: 1px solid var(--lab-border);
      }
      .channel {
        font-size: 0.875rem;
        margin: 0.25rem 0 0;
      }
      .readout {
        min-height: 1.5em;
        margin: 0.125rem 0 0;
        font-size: 0.875rem;
      }
    `,
  ];

  /** The input channel chosen, by layer. */
  @state() private inputs: { [layer: string]: number } = {};
  @state() private pointed: { layer: string; input: number; place: TilePlace } | null = null;

  private readonly kernels = new LiveAnswer<LayerFilters[]>(this, () => this.ask(), INTERVAL_MS);

  protected override render(): TemplateResult {
    const layers = this.kernels.value;
    if (!layers) return this.hint('ui.kernels.before');
    if (layers.length === 0) return this.hint('ui.kernels.none');
    return html`${this.hint('ui.kernels.intro')} ${layers.map((layer) => this.layer(layer))}`;
  }

  private ask(): Promise<LayerFilters[]> | null {
    if (!this.session.opened?.description.pictures) return null;
    return this.session.inspect('vision', 'filters', {}).then(({ layers }) => layers);
  }

  private layer(layer: LayerFilters): TemplateResult {
    const { name, size, inputs, outputs } = layer;
    const end = divergingEnd(layer.values);
    const all = inputs <= MOST_INPUTS;
    const chosen = Math.min(this.inputs[name] ?? 0, inputs - 1);
    const shown = all ? Array.from({ length: inputs }, (_, input) => input) : [chosen];
    return html`<div class="layer">
      <h4><code>${name}</code> · ${this.t('ui.kernels.shape', { outputs, size, inputs })}</h4>
      ${this.legend(end)} ${all ? nothing : this.channelChoice(layer, chosen)}
      ${shown.map((input) => this.strip({ layer, input, end }, inputs > 1 && all))} ${this.readout(layer)}
    </div>`;
  }

  private legend(end: number): TemplateResult {
    return html`<div class="row legend">
      <span>${this.number(-end)}</span>
      <span class="ramp" ${styled({ background: divergingGradient() })} aria-hidden="true"></span>
      <span>${this.number(end)}</span>
      <span class="muted">${this.t('ui.kernels.scale')}</span>
    </div>`;
  }

  private channelChoice({ name, inputs }: LayerFilters, chosen: number): TemplateResult {
    return html`<label class="row channel"
      >${this.t('ui.kernels.input')}
      <input
        type="number"
        inputmode="numeric"
        min="1"
        max=${inputs}
        step="1"
        .value=${String(chosen + 1)}
        @change=${(event: Event) => {
          const input = inputOf(event);
          const number = input.valueAsNumber;
          if (Number.isInteger(number) && number >= 1 && number <= inputs) {
            this.inputs = { ...this.inputs, [name]: number - 1 };
          } else {
            input.value = String(chosen + 1);
          }
        }}
      /><span class="muted">${this.t('ui.kernels.of', { count: inputs })}</span></label
    >`;
  }

  private strip(strip: Strip, named: boolean): TemplateResult {
    const { layer, input } = strip;
    const channel = this.channelText(layer, input);
    return html`${named ? html`<p class="channel muted">${channel}</p>` : nothing}
      <ember-tiles
        .tiles=${tilesOf(strip)}
        .told=${(place: TilePlace) => this.told(layer, input, place)}
        .size=${TILE_PX}
        .label=${this.t('ui.kernels.filters_of', { layer: layer.name, channel })}
        .hint=${this.t('ui.kernels.keys')}
        @tile-point=${({ detail }: TilePoint) =>
          (this.pointed = detail && { layer: layer.name, input, place: detail })}
      ></ember-tiles>`;
  }

  private readout(layer: LayerFilters): TemplateResult {
    const { pointed } = this;
    const told = pointed?.layer === layer.name ? this.told(layer, pointed.input, pointed.place) : '';
    return html`<p class="readout muted" aria-hidden="true">${told || this.t('ui.chart.point')}</p>`;
  }

  /** The number at a place of a filter, with the filter's bias. */
  private told(layer: LayerFilters, input: number, { tile, row, column }: TilePlace): string {
    return this.t('ui.kernels.weight', {
      filter: tile + 1,
      channel: this.channelText(layer, input),
      row: row + 1,
      column: column + 1,
      value: this.number(weightAt(layer, input, tile, row, column) ?? NaN),
      bias: this.number(layer.bias === null ? 0 : (layer.bias[tile] ?? NaN)),
    });
  }

  /** The name of an input channel: a colour at the first layer, a number elsewhere. */
  private channelText(layer: LayerFilters, input: number): string {
    const first = layer === this.kernels.value?.[0];
    const colour = first && (layer.inputs === 3 ? ['red', 'green', 'blue'][input] : 'grey');
    return colour
      ? this.t(`ui.kernels.channels.${colour}`)
      : this.t('ui.kernels.channel', { number: input + 1 });
  }
}

function weightAt(
  { size, inputs, outputs, values }: LayerFilters,
  input: number,
  output: number,
  row: number,
  column: number,
): number | null {
  return values[((row * size + column) * inputs + input) * outputs + output] ?? null;
}

function tilesOf({ layer, input, end }: Strip): Tiles {
  const { size, outputs } = layer;
  const values = Array.from({ length: outputs * size * size }, (_, index) => {
    const [tile, cell] = [Math.floor(index / (size * size)), index % (size * size)];
    return weightAt(layer, input, tile, Math.floor(cell / size), cell % size);
  });
  return { count: outputs, rows: size, columns: size, pixels: divergingPixels(values, end), empty: [] };
}

define('ember-kernels', EmberKernels);
