/** `<ember-charts>`: the lesson's metrics over the steps, every run a line of its own. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Description } from '../../engine/protocol.js';
import { metricText } from '../../looks/rows/accuracy.js';
import '../../kit/chart/chart.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { runColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { inputOf } from '../../kit/events.js';
import { lineGuide, type Readout } from '../../kit/chart/guide.js';
import { legendStyles, lineSign, type LineStyle } from '../../kit/legend.js';
import { LabPart } from '../../lab/part.js';
import type { Run } from '../../lab/run.js';
import { runLabel } from '../../lab/run_label.js';
import './runs.js';
import type { Series } from '../../kit/chart/series.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** How a curve is drawn tells of which part of the data it speaks. */
export const STYLE_OF_SPLIT: Record<string, LineStyle> = { train: 'solid', dev: 'dashed', test: 'points' };

type Chart = Description['charts'][number];
type Metric = Description['metrics'][number];

/** A drawn line: one metric of one run. */
interface Line {
  run: Run;
  metric: Metric;
  series: Series;
}

export class EmberCharts extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress', 'runs'];
  static override styles = [
    shared,
    legendStyles,
    css`
      .charts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: 1rem;
      }
      .chart {
        min-width: 0;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: center;
        justify-content: space-between;
      }
      h4 {
        margin: 0;
      }
    `,
  ];

  /** The scale the reader has chosen, by chart. */
  @state() private scales: { [chart: string]: 'linear' | 'log' } = {};

  protected override render(): TemplateResult {
    const { opened } = this.session;
    if (!opened) return this.card('charts', this.hint('ui.charts.before'));
    return this.card(
      'charts',
      html`<div class="charts">
          ${opened.description.charts.map((chart) => this.chart(chart, opened.description.metrics))}
        </div>
        <ember-runs .session=${this.session}></ember-runs>`,
    );
  }

  private chart(chart: Chart, allMetrics: Metric[]): TemplateResult {
    const metrics = allMetrics.filter((metric) => metric.chart === chart.id);
    const scale = this.scales[chart.id] ?? chart.scale;
    const lines = this.lines(metrics);
    const title = this.t(`charts.${chart.id}.title`);
    return html`<div class="chart">
      <div class="head">
        <h4>${title}</h4>
        <label class="choice muted"
          ><input
            type="checkbox"
            .checked=${scale === 'log'}
            @change=${(event: Event) => {
              const log = inputOf(event).checked;
              this.scales = { ...this.scales, [chart.id]: log ? 'log' : 'linear' };
            }}
          />${this.t('ui.charts.log')}</label
        >
      </div>
      <div class="legend">
        ${metrics.map(
          ({ name, split }) =>
            html`<span>
              ${lineSign(runColor(this.dark, this.session.runs.current?.color ?? 0), STYLE_OF_SPLIT[split] ?? 'solid')}
              ${this.t(`metrics.${name}`)}
            </span>`,
        )}
      </div>
      <ember-chart
        .content=${this.content(chart, scale, lines, (series) => series.thinned())}
        .whole=${() => this.content(chart, scale, lines, ({ steps, values }) => ({ x: steps, y: values }))}
        .guide=${lineGuide(
          lines.map(({ series }) => series),
          (step) => this.told(step, lines),
        )}
        .base=${this.session.base}
        .language=${this.language}
        label=${title}
        name="${this.session.options.lesson}-${chart.id}"
      ></ember-chart>
      ${lines.length === 0 ? html`<p class="muted">${this.t('ui.charts.empty')}</p>` : nothing}
    </div>`;
  }

  private lines(metrics: Metric[]): Line[] {
    const { current, old } = this.session.runs;
    const runs = [...old, ...(current ? [current] : [])];
    return runs.flatMap((run) =>
      metrics.flatMap((metric) => {
        const series = run.series.get(metric.name);
        return series ? [{ run, metric, series }] : [];
      }),
    );
  }

  private content(
    chart: Chart,
    scale: 'linear' | 'log',
    lines: Line[],
    points: (series: Series) => { x: number[]; y: (number | null)[] },
  ): PlotContent {
    const { current } = this.session.runs;
    const longest = Math.max(
      current?.progress.totalSteps ?? 1,
      ...lines.map(({ series }) => series.steps.at(-1) ?? 0),
    );
    return {
      kind: 'line',
      x_label: this.t('ui.charts.step'),
      y_label: this.t(`charts.${chart.id}.y`),
      y_scale: scale,
      y_range: scale === 'log' ? null : chart.range,
      x_range: [0, longest],
      cursor: null,
      series: lines.map(({ run, metric, series }) => ({
        label: this.lineLabel(run, metric),
        color: runColor(this.dark, run.color),
        style: STYLE_OF_SPLIT[metric.split] ?? 'solid',
        faded: run !== current,
        ...points(series),
      })),
    };
  }

  private told(step: number, lines: Line[]): Readout {
    const entries = lines.flatMap(({ run, metric, series }) => {
      const near = series.nearest(step);
      if (!near) return [];
      const value =
        near.value === null
          ? this.t('ui.charts.not_finite')
          : metricText(this.session, run, metric, near.value);
      const at = near.step === step ? '' : ` ${this.t('ui.charts.at_step', { step: this.count(near.step) })}`;
      return [
        { label: this.lineLabel(run, metric), value: value + at, color: runColor(this.dark, run.color) },
      ];
    });
    return { title: this.stepText(step), entries };
  }

  /** A step, with the epoch it belongs to where the current run has several. */
  private stepText(step: number): string {
    const { totalSteps, totalEpochs } = this.session.runs.current?.progress ?? {
      totalSteps: 0,
      totalEpochs: 0,
    };
    const number = this.count(step);
    if (totalEpochs < 2 || step >= totalSteps) return this.t('ui.charts.step_number', { step: number });
    const epoch = this.count(Math.floor((step * totalEpochs) / totalSteps) + 1);
    return this.t('ui.charts.step_of_epoch', { step: number, epoch });
  }

  private lineLabel(run: Run, metric: Metric): string {
    const { current, old } = this.session.runs;
    const name = this.t(`metrics.${metric.name}`);
    if (old.length === 0) return name;
    return `${name} (${runLabel(this.language, this.session.controls, run, [...(current ? [current] : []), ...old])})`;
  }
}

define('ember-charts', EmberCharts);
