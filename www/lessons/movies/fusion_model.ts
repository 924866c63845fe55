/** `<ember-fusion-model>`: what the model is: the fusion network as two towers of features, others in words, and all tensors. */

import { jsonText } from '../../engine/json.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { FeatureShown, FusionShown, Layers, LayerShown } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { modelStyles } from './model_styles.js';
import { tensorTable } from './tensor_table.js';

export class EmberFusionModel extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [shared, modelStyles];

  private readonly layers = new OpenedAnswer<Layers>(this, () =>
    this.session.inspect('movies', 'layers', {}),
  );

  protected override render(): TemplateResult {
    const layers = this.layers.value;
    const { settings } = this.session.opened ?? {};
    if (!layers || !settings) return this.card('model', this.hint('ui.model.before'));
    const { fusion, parameters } = layers;
    const said = this.find(`ui.fusion.models.${jsonText(settings['model'])}`);
    // For a moment after a change the answer is that of the model before: the network is a picture, the others a sentence.
    if (!fusion && said === null) return this.card('model', this.hint('ui.model.before'));
    return this.card(
      'model',
      html`${fusion ? this.picture(fusion) : html`<p>${said}</p>`}
        <p>
          ${
            parameters === null
              ? this.t('ui.fusion.keeps_ratings')
              : this.t('ui.fusion.parameters', { count: this.count(parameters) })
          }
        </p>
        ${fusion ? this.feeding(fusion) : nothing}
        ${layers.tensors.length > 0 ? this.tensors(layers) : nothing}`,
    );
  }

  private picture(fusion: FusionShown): TemplateResult {
    const towers = ['user', 'film'] as const;
    const label = this.t(`controls.label.options.${jsonText(this.session.opened?.settings['label'])}`);
    return html`<div class="towers">
        ${towers.map((tower, place) => this.tower(fusion, tower, fusion.towers[place]!))}
      </div>
      <div class="meet">
        <b>${this.t('ui.fusion.score', { scale: this.number(fusion.scale) })}</b>
        <span class="muted">${this.t('ui.fusion.cost', { label })}</span>
        ${fusion.features.filter(({ tower }) => tower === 'label').map((feature) => this.input(feature))}
      </div>`;
  }

  private tower(fusion: FusionShown, tower: 'user' | 'film', end: LayerShown): TemplateResult {
    const name = this.t(`ui.fusion.towers.${tower}`);
    const features = fusion.features.filter((feature) => feature.tower === tower);
    return html`<section class="tower" aria-label=${name}>
      <h4>${name}</h4>
      <ul>
        ${features.map((feature) => this.feature(feature, fusion.window))}
      </ul>
      <div class="joined">
        <div>${this.t('ui.fusion.joined', { count: features.length })}</div>
        ${this.box(end, fusion.window)}
      </div>
    </section>`;
  }

  private feature(feature: FeatureShown, window: number): TemplateResult {
    const { name, invented, layers } = feature;
    return html`<li>
      <div class="name">
        ${this.t(`ui.fusion.features.${name}`)}
        ${invented ? html`<span class="mark">${this.t('ui.fusion.invented')}</span>` : nothing}
      </div>
      <div class="chain">
        ${this.input(feature)}
        ${layers.map(
          (layer) =>
            html`<span class="next"
              ><span class="arrow" aria-hidden="true">→</span>${this.box(layer, window)}</span
            >`,
        )}
      </div>
    </li>`;
  }

  private input({ name, kind, size }: FeatureShown): TemplateResult {
    return html`<span class="box"><code>${name}</code><small>${kind}(${this.count(size)})</small></span>`;
  }

  private box({ name, kind, units, parameters }: LayerShown, window: number): TemplateResult {
    const settings = this.session.opened?.settings ?? {};
    const option = (name: string): string =>
      this.t(`controls.${name}.options.${jsonText(settings[name])}`).toLowerCase();
    const [activation, pooling] = [option('activation'), option('pooling')];
    const what = this.t(`ui.fusion.layers.${kind}`, { activation, pooling, window });
    return html`<span class="box ${kind}">
      <code>${name}</code>
      <small>${what} · ${this.count(units)}</small>
      <small class="muted">${this.t('ui.fusion.numbers', { count: this.count(parameters) })}</small>
    </span>`;
  }

  /** Which place of a sample goes where, and the log of the document's framework. */
  private feeding({ features, orders }: FusionShown): TemplateResult {
    const [training, answers] = orders;
    return html`<details>
      <summary>${this.t('ui.fusion.feeding')}</summary>
      <p class="muted">${this.t('ui.fusion.feeding_what')}</p>
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.fusion.feeding')}>
        <table class="feeding" ${stacking()}>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.fusion.layer')}</th>
              <th scope="col">${this.t('ui.fusion.place')}</th>
              <th scope="col" class="left">${this.t('ui.fusion.kind')}</th>
            </tr>
          </thead>
          <tbody>
            ${features.map(
              ({ name, place, kind, size }) =>
                html`<tr>
                  <th scope="row"><code>${name}</code></th>
                  <td>${place}</td>
                  <td class="left">
                    <code>${kind}(${size})</code>
                    <div class="muted">${this.t(`ui.fusion.kinds.${kind}`)}</div>
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${[training, answers].map(
        ({ inputs, output }, place) =>
          html`<p>
            ${this.t(place === 0 ? 'ui.fusion.log_training' : 'ui.fusion.log_answers')}
            <code class="log">The input order is [${inputs.join(', ')}]</code>
            <code class="log">The output order is [${output}]</code>
          </p>`,
      )}
    </details>`;
  }

  private tensors(layers: Layers): TemplateResult {
    const { fusion } = layers;
    return html`<details>
      <summary>${this.t('ui.fusion.tensors', { count: layers.tensors.length })}</summary>
      ${
        fusion
          ? html`<p class="muted">
              ${this.t('ui.fusion.tensors_what', {
                code: fusion.counts[0],
                printed: fusion.counts[1],
                more: fusion.counts[0] - fusion.counts[1],
              })}${layers.tensors.length < fusion.counts[0] ? this.t('ui.fusion.fewer') : nothing}
            </p>`
          : nothing
      }
      ${tensorTable(this.language, layers)}
    </details>`;
  }
}

define('ember-fusion-model', EmberFusionModel);
