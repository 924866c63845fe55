/** `<ember-summary>`: a convolutional network layer by layer, as Keras' summary lists it, and what it costs. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { LayerSummary, Summary } from '../../generated/vision.js';
import { define } from '../../kit/define.js';
import { durationText } from '../../kit/duration.js';
import { networkBoxes, networkBoxesStyles } from './network_boxes.js';
import { kerasKind, kerasShape, megabytes } from './network_summary.js';
import { LabPart } from '../../lab/part.js';
import { StillAnswer } from '../../lab/still.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberSummary extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    networkBoxesStyles,
    css`
      th,
      td {
        padding-inline: 0.375rem;
      }
      table {
        margin-bottom: 0.75rem;
      }
      tfoot td,
      tfoot th {
        border-bottom: 0;
        font-weight: 600;
      }
      code {
        font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 0.9em;
        white-space: nowrap;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.25rem 1rem;
        margin: 0 0 0.75rem;
      }
      dd {
        margin: 0;
        font-weight: 600;
      }
      p:last-child {
        margin-bottom: 0;
      }
    `,
  ];

  private readonly summary = new StillAnswer<Summary>(
    this,
    () => (this.session.opened?.description.pictures ? 'summary' : null),
    () => this.session.inspect('vision', 'summary', {}),
  );

  protected override render(): TemplateResult {
    const { opened } = this.session;
    const summary = this.summary.value;
    if (!opened || !summary) return this.card('model', this.hint('ui.summary.before'));
    const { pictures } = opened.description;
    const document = this.find(`ui.summary.document.${pictures?.origin}`);
    return this.card(
      'model',
      html`${this.hint('ui.summary.intro')} ${networkBoxes(this.dark, this.language, summary)}
      ${this.table(summary)} ${this.costs(summary)}
      ${document ? html`<p class="muted">${document}</p>` : nothing}`,
    );
  }

  private table({ input, layers, parameters }: Summary): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.summary.layers')}>
      <table ${stacking()}>
        <caption class="visually-hidden">
          ${this.t('ui.summary.layers')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.summary.layer')}</th>
            <th scope="col" class="left">${this.t('ui.summary.output')}</th>
            <th scope="col">${this.t('ui.model.parameters')}</th>
            <th scope="col" class="left">${this.t('ui.summary.activation')}</th>
          </tr>
        </thead>
        <tbody>
          ${this.row({ name: 'input', kind: '', shape: input, parameters: 0, activation: null })}
          ${layers.map((layer) => this.row(layer))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">${this.t('ui.model.all')}</th>
            <td></td>
            <td>${this.count(parameters)}</td>
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>`;
  }

  private row(layer: LayerSummary): TemplateResult {
    const { name, shape, parameters, activation } = layer;
    const kind = kerasKind(layer.kind);
    return html`<tr>
      <th scope="row"><code>${name}</code> ${kind ? html`<code>(${kind})</code>` : nothing}</th>
      <td class="left"><code>${kerasShape(shape)}</code></td>
      <td>${this.count(parameters)}</td>
      <td class="left">${activation ?? '–'}</td>
    </tr>`;
  }

  /** What a picture and a run cost; the time is told where the lesson has an estimate. */
  private costs({ multiplications, training_bytes }: Summary): TemplateResult {
    const { cost } = this.session.opened!.description;
    const rows: [string, string][] = [
      ['multiplications', this.count(multiplications)],
      ['memory', this.t('ui.summary.about', { value: megabytes(this.language, training_bytes) })],
    ];
    if (cost) {
      const { milliseconds_per_step: step, steps } = cost;
      const stepText =
        step < 1000
          ? this.t('ui.summary.milliseconds', { count: this.number(step, 2) })
          : this.t('ui.run.seconds', { seconds: this.number(step / 1000, 2) });
      const time = durationText(this.language, roughly((steps * step) / 1000));
      rows.push(['step', this.t('ui.summary.about', { value: stepText })]);
      rows.push(['run', this.t('ui.summary.run_of', { time, steps: this.count(steps) })]);
    }
    return html`<dl>
        ${rows.map(
          ([name, value]) =>
            html`<dt class="muted">${this.t(`ui.summary.costs.${name}`)}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      ${cost ? this.hint('ui.summary.estimate') : nothing}`;
  }
}

/** Seconds with two digits that count: an estimate is no more exact. */
function roughly(seconds: number): number {
  return Number(seconds.toPrecision(2));
}

define('ember-summary', EmberSummary);
