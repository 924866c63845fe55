/**
 * `<ember-weights>`: the weights that lead from each layer to the next as a heat map, the biases as its last row,
 * with the numbers by hover, tap and arrow keys.
 */

import { html, type TemplateResult } from 'lit';
import { framedCellGuide } from '../../kit/cells.js';
import '../../kit/chart/chart.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { define } from '../../kit/define.js';
import type { Readout } from '../../kit/chart/guide.js';
import { LiveAnswer } from '../../lab/live.js';
import {
  askForNetwork,
  biasesOf,
  layerText,
  placeText,
  unitText,
  weightsOf,
  type NetworkData,
} from './network_data.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberWeights extends LabPart {
  static override topics: readonly Topic[] = [];
  static override styles = shared;

  private readonly network = new LiveAnswer<NetworkData>(this, () => askForNetwork(this.session), 200);

  protected override render(): TemplateResult {
    const network = this.network.value;
    if (!network) return this.hint('ui.inside.before');
    return html`${this.hint('ui.inside.weights_intro')}
    ${weightsOf(network).map(({ name, shape }, layer) => {
      const [inputs = 0, outputs = 0] = shape;
      const rows = Array.from({ length: inputs + 1 }, (_, row) => row);
      return html`<h4>${this.between(network, layer)}</h4>
        <ember-chart
          .content=${this.content(network, layer)}
          .guide=${framedCellGuide(rows, outputs, (unit, to) =>
            unit < inputs
              ? this.told(network, { layer, unit, to })
              : this.told(network, { layer: layer + 1, unit: to, to: null }),
          )}
          .base=${this.session.base}
          .language=${this.language}
          height=${Math.min(460, 120 + 26 * rows.length)}
          label=${this.t('ui.inside.weights_of', { name: this.between(network, layer) })}
          name="${this.session.options.lesson}-${name}"
        ></ember-chart>`;
    })}`;
  }

  private told(network: NetworkData, place: { layer: number; unit: number; to: number | null }): Readout {
    const { name, value, what } = placeText(this.language, network, place);
    return { title: name, entries: [{ label: this.t(`ui.model.${what}`), value }] };
  }

  /** Which layers a tensor lies between, with its shape. */
  private between({ layers, tensors }: NetworkData, layer: number): string {
    const [from, to] = [layers[layer]!, layers[layer + 1]!];
    const name = tensors.filter(({ shape }) => shape.length === 2)[layer]!.name;
    return this.t('ui.inside.weights_between', {
      from: layerText(this.language, from.name),
      to: layerText(this.language, to.name),
      shape: `${name} ${from.units} × ${to.units}`,
    });
  }

  private content(network: NetworkData, layer: number): PlotContent {
    const { shape, values } = weightsOf(network)[layer]!;
    const [inputs = 0, outputs = 0] = shape;
    const names = (of: number, count: number): string[] =>
      Array.from({ length: count }, (_, unit) => unitText(this.language, network, of, unit));
    return {
      kind: 'heatmap',
      rows: inputs + 1,
      columns: outputs,
      values: [...values, ...biasesOf(network)[layer]!.values],
      row_labels: [...names(layer, inputs), this.t('ui.model.bias')],
      column_labels: names(layer + 1, outputs),
      scale: 'diverging',
      range: null,
      x_label: '',
      y_label: this.t('ui.inside.weights_axes', {
        rows: layerText(this.language, network.layers[layer]!.name),
        columns: layerText(this.language, network.layers[layer + 1]!.name),
      }),
      legend_label: this.t('ui.model.scale'),
    };
  }
}

define('ember-weights', EmberWeights);
