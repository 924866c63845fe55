/** `<ember-weights>`: each weight tensor as a heat map, with the numbers by hover, tap and arrow keys. */

import { html, type TemplateResult } from 'lit';
import './chart.js';
import type { PlotContent } from './plot-spec.js';
import { define } from './define.js';
import { cellGuide } from './guide.js';
import { LiveAnswer } from './live.js';
import {
  askForNetwork,
  layerText,
  placeText,
  unitText,
  weightsOf,
  type NetworkData,
} from './network_data.js';
import { LabPart } from './part.js';
import { shared } from './styles.js';
import type { Topic } from './topics.js';

export class EmberWeights extends LabPart {
  static override topics: readonly Topic[] = [];
  static override styles = shared;

  private readonly network = new LiveAnswer<NetworkData>(this, () => askForNetwork(this.session), 200);

  protected override render(): TemplateResult {
    const network = this.network.value;
    if (!network) return this.hint('ui.inside.before');
    return html`${this.hint('ui.inside.weights_intro')}
    ${weightsOf(network).map((tensor, layer) => {
      const [rows, columns] = tensor.shape as [number, number];
      return html`<h4>${tensor.name} · ${rows} × ${columns}</h4>
        <ember-chart
          .content=${this.content(network, layer)}
          .guide=${cellGuide(rows, columns, (unit, to) => {
            const { name, value } = placeText(this.language, network, { layer, unit, to });
            return { title: name, entries: [{ label: this.t('ui.model.weight'), value }] };
          })}
          .base=${this.session.base}
          .language=${this.language}
          height=${Math.min(420, 110 + 26 * rows)}
          label=${this.t('ui.inside.weights_of', { name: tensor.name })}
          name="${this.session.options.lesson}-${tensor.name}"
        ></ember-chart>`;
    })}`;
  }

  private content(network: NetworkData, layer: number): PlotContent {
    const { shape, values } = weightsOf(network)[layer]!;
    const [rows, columns] = shape as [number, number];
    const names = (of: number, count: number): string[] =>
      Array.from({ length: count }, (_, unit) => unitText(this.language, network, of, unit));
    return {
      kind: 'heatmap',
      rows,
      columns,
      values,
      row_labels: names(layer, rows),
      column_labels: names(layer + 1, columns),
      scale: 'diverging',
      range: null,
      x_label: '',
      y_label: layerText(this.language, network.layers[layer + 1]!.name),
      legend_label: this.t('ui.model.weight'),
    };
  }
}

define('ember-weights', EmberWeights);
