/** `<ember-charts>`: the lesson's metrics over the steps, every run a line of its own. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Description } from '../../engine/protocol.js';
import { metricText } from '../../looks/rows/accuracy.js';
import '../../kit/chart/chart.js';
import type { LineSeries, PlotContent } from '../../kit/chart/plot-spec.js';
import { define } from '../../kit/define.js';
import { lineGuide, type Readout } from '../../kit/chart/guide.js';
import { legendStyles, lineSign } from '../../kit/legend.js';
import { LabPart } from '../../lab/part.js';
import type { Run } from '../../lab/run.js';
import { runLabel } from '../../lab/run_label.js';
import { classNames } from '../../looks/classes.js';
import {
  chanceLoss,
  colorOf,
  hasLogarithm,
  meanAt,
  seriesOf,
  styleOf,
  type Line,
  type Metric,
} from './lines.js';
import './runs.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

type Chart = Description['charts'][number];
export class EmberCharts extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress', 'runs'];
  static override styles = [
    shared,
    legendStyles,
    css`
      /* The third of three takes its whole line. */
      .charts {
        display: flex;
        flex-wrap: wrap;
        gap: 1rem;
      }
      .chart {
        flex: 1 1 min(100%, 20rem);
        min-width: 0;
      }
      h4 {
        margin: 0;
      }
      /* In the empty chart, so that nothing moves when its curve comes. */
      .waiting {
        position: absolute;
        inset: 30% 1rem auto 3.5rem;
        margin: 0;
        text-align: center;
        pointer-events: none;
      }
    `,
  ];

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
    const lines = this.lines(metrics);
    const title = this.t(`charts.${chart.id}.title`);
    const { current } = this.session.runs;
    const drawn = lines.flatMap((line) =>
      seriesOf(line, this.dark, line.run === current, this.lineLabel(line.run, line.metric)),
    );
    const isRunning = current !== null && current.progress.step > 0;
    const waiting = lines.some(({ run }) => run === current) ? null : isRunning ? 'not_yet' : 'empty';
    return html`<div class="chart">
      <h4>${title}</h4>
      <div class="legend">${metrics.map((metric) => this.legend(metric))}</div>
      <ember-chart
        .content=${this.content(chart, metrics, lines, drawn)}
        .whole=${() =>
          this.content(
            chart,
            metrics,
            lines,
            lines.map((line) => this.whole(line)),
          )}
        .guide=${lineGuide(
          lines.map(({ series }) => series),
          (step) => this.told(step, lines),
        )}
        .base=${this.session.base}
        .language=${this.language}
        ?logarithm=${hasLogarithm(chart, metrics)}
        label=${title}
        note=${this.note(lines)}
        name="${this.session.options.lesson}-${chart.id}"
      >
        ${waiting ? html`<p class="muted waiting">${this.t(`ui.charts.${waiting}`)}</p>` : nothing}
      </ember-chart>
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

  /** A metric as the current run draws it. */
  private legend(metric: Metric): TemplateResult {
    const sign = lineSign(
      colorOf(this.dark, this.session.runs.current ?? { color: 0 }, metric),
      styleOf(metric),
    );
    return html`<span>${sign} ${this.t(`metrics.${metric.name}`)}</span>`;
  }

  /** Where a mean is drawn over values, over how many steps. */
  private note(lines: readonly Line[]): string {
    const { current } = this.session.runs;
    const windows = lines.flatMap(({ run, series }) =>
      run === current ? (series.mean()?.window ?? []) : [],
    );
    return windows.length === 0 ? '' : this.t('ui.charts.mean', { window: this.count(Math.max(...windows)) });
  }

  private content(chart: Chart, metrics: Metric[], lines: Line[], series: LineSeries[]): PlotContent {
    const { runs, opened } = this.session;
    const longest = Math.max(
      runs.current?.progress.totalSteps ?? 1,
      ...lines.map(({ series }) => series.steps.at(-1) ?? 0),
    );
    const classes = classNames(opened!.description);
    const chance = chanceLoss(metrics, classes);
    const level = chance && {
      value: chance,
      label: this.t('ui.charts.chance', { classes: classes!.length, loss: chance.toFixed(3) }),
    };
    return {
      kind: 'line',
      x_label: this.t('ui.charts.step'),
      y_label: this.t(`charts.${chart.id}.y`),
      y_scale: chart.scale,
      y_range: chart.scale === 'log' ? null : chart.range,
      x_range: [0, longest],
      cursor: null,
      levels: level ? [level] : [],
      series,
    };
  }

  /** Every number of a line, for the file. */
  private whole({ run, metric, series: { steps, values } }: Line): LineSeries {
    return {
      label: this.lineLabel(run, metric),
      color: colorOf(this.dark, run, metric),
      x: steps,
      y: values,
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
      const mean = meanAt(series, near.step);
      const around = mean === null ? '' : ` (${this.t('ui.charts.mean_value', { mean: this.number(mean) })})`;
      const at = near.step === step ? '' : ` ${this.t('ui.charts.at_step', { step: this.count(near.step) })}`;
      return [
        {
          label: this.lineLabel(run, metric),
          value: value + around + at,
          color: colorOf(this.dark, run, metric),
        },
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
