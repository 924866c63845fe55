/** `<ember-loss-curves>`: how the auto-encoders behind the codes of a modality have learned. */

import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import '../../kit/chart/chart.js';
import { lineGuide } from '../../kit/chart/guide.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { Series } from '../../kit/chart/series.js';
import { lineColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { legendStyles, lineSign } from '../../kit/legend.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';

export class EmberLossCurves extends LabPart {
  static override styles = [shared, legendStyles];

  /** Of the linear auto-encoder, by epoch. */
  @property({ attribute: false }) losses: readonly number[] = [];
  /** Of the convolutional auto-encoder of pictures, by epoch; none where there is none. */
  @property({ attribute: false }) pictures: readonly number[] = [];

  protected override render(): TemplateResult | typeof nothing {
    const curves = [
      { name: 'linear', losses: this.losses, style: 'solid' },
      { name: 'pictures', losses: this.pictures, style: 'dashed' },
    ] as const;
    const shown = curves.filter(({ losses }) => losses.length > 0);
    if (shown.length === 0) return nothing;
    const lines = shown.map(({ name, losses, style }) => {
      const series = new Series();
      losses.forEach((loss, epoch) => series.push(epoch + 1, loss));
      const color = lineColor(this.dark, style === 'solid' ? 0 : 1);
      return { label: this.t(`ui.codes.learned.${name}`), color, style, series };
    });
    const label = this.t('ui.codes.learned.title');
    const content: PlotContent = {
      kind: 'line',
      x_label: this.t('ui.codes.learned.epoch'),
      y_label: this.t('ui.codes.learned.loss'),
      y_scale: 'log',
      series: lines.map(({ label, color, style, series }) => ({
        label,
        color,
        style,
        x: series.steps,
        y: series.values,
      })),
    };
    const guide = lineGuide(
      lines.map(({ series }) => series),
      (epoch) => ({
        title: this.t('ui.codes.learned.at', { epoch }),
        entries: lines.flatMap(({ label, color, series }) => {
          const found = series.nearest(epoch);
          return found?.step === epoch && found.value !== null
            ? [{ label, color, value: this.number(found.value, 3) }]
            : [];
        }),
      }),
    );
    return html`<div>
      <h4>${label}</h4>
      <div class="legend">
        ${lines.map(({ label, color, style }) => html`<span>${lineSign(color, style)} ${label}</span>`)}
      </div>
      <ember-chart
        .content=${content}
        .guide=${guide}
        .base=${this.session.base}
        .language=${this.language}
        height="200"
        label=${label}
        name="sequences-auto-encoders"
      ></ember-chart>
    </div>`;
  }
}

define('ember-loss-curves', EmberLossCurves);
