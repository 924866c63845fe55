/** `<ember-model>`: the model as a picture with its weights as colours, its shapes, and how many numbers it has. */

import { css, html, type TemplateResult } from 'lit';
import '../../kit/chart/chart.js';
import { define } from '../../kit/define.js';
import { networkGuide, type NetworkPlace, type Readout } from '../../kit/chart/guide.js';
import { LiveAnswer } from '../../lab/live.js';
import { askForNetwork, networkContent, placeText, type NetworkData } from './network_data.js';
import { LabPart } from '../../lab/part.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberModel extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      tfoot td,
      tfoot th {
        border-bottom: 0;
        font-weight: 600;
      }
      code {
        font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 0.9em;
      }
    `,
  ];

  private readonly network = new LiveAnswer<NetworkData>(this, () => askForNetwork(this.session), 200);

  protected override render(): TemplateResult {
    const network = this.network.value;
    if (!network) return this.card('model', this.hint('ui.model.before'));
    if (network.layers.length === 0) return this.card('model', this.hint('ui.model.machines'));
    return this.card(
      'model',
      html`${this.hint('ui.model.intro')}
        <ember-chart
          .content=${networkContent(this.language, network)}
          .guide=${networkGuide((place) => this.told(network, place))}
          .base=${this.session.base}
          .language=${this.language}
          height="320"
          label=${this.t('ui.model.picture', { parameters: network.parameters })}
          name="${this.session.options.lesson}-network"
        ></ember-chart>
        ${this.shapes(network)}`,
    );
  }

  private told(network: NetworkData, place: NetworkPlace): Readout {
    const { name, value, what } = placeText(this.language, network, place);
    return { title: name, entries: what === 'unit' ? [] : [{ label: this.t(`ui.model.${what}`), value }] };
  }

  private shapes(network: NetworkData): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.model.shapes')}>
      <table ${stacking()}>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.model.tensor')}</th>
            <th scope="col">${this.t('ui.model.shape')}</th>
            <th scope="col">${this.t('ui.model.parameters')}</th>
          </tr>
        </thead>
        <tbody>
          ${network.tensors.map(
            ({ name, shape, parameters }) =>
              html`<tr>
                <th scope="row"><code>${name}</code></th>
                <td>${shape.join(' × ')}</td>
                <td>${this.count(parameters)}</td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${this.t('ui.model.all')}</th>
            <td></td>
            <td>${this.count(network.parameters)}</td>
          </tr>
        </tfoot>
      </table>
    </div>`;
  }
}

define('ember-model', EmberModel);
