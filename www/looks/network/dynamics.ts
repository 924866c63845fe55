/**
 * `<ember-dynamics>`: how strongly the loss pulls at each layer and how far a step moves it, over the steps; which
 * hidden units are equal or dead; what that means, and settings that change it.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Settings } from '../../engine/protocol.js';
import '../../kit/chart/chart.js';
import { lineColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { askForDynamics, trackOf, type Dynamics, type HiddenLayer } from './dynamics_track.js';
import {
  deadText,
  numberText,
  shareText,
  stateOf,
  stateText,
  unitsText,
  type DynamicsState,
} from './dynamics_words.js';
import { lineGuide } from '../../kit/chart/guide.js';
import { legendStyles, lineSign, type LineStyle } from '../../kit/legend.js';
import { LiveAnswer } from '../../lab/live.js';
import { layerText } from './network_data.js';
import { LabPart } from '../../lab/part.js';
import type { LineContent } from '../../kit/chart/plot-spec.js';
import { sameValue } from '../../lab/run.js';
import { valueText } from '../../lab/run_label.js';
import { Series } from '../../kit/chart/series.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** At most three looks a second. */
const INTERVAL_MS = 330;
/** Steps per second of a run that is started here: slow enough that the charts get their points. */
const PACE = 200;
/** With fewer points a chart shows no line that could be read. */
const FEWEST_POINTS = 3;
/** Layers differ by colour and by line. */
const STYLES: readonly LineStyle[] = ['solid', 'dashed', 'points'];

/** A quantity drawn over the steps, a line for each layer. */
interface Quantity {
  name: 'gradient_norm' | 'ratio' | 'difference';
  of: (state: Dynamics) => { name: string; value: number | null }[];
}

const QUANTITIES: readonly Quantity[] = [
  {
    name: 'gradient_norm',
    of: ({ layers }) => layers.map(({ name, gradient_norm }) => ({ name, value: gradient_norm })),
  },
  { name: 'ratio', of: ({ layers }) => layers.map(({ name, ratio }) => ({ name, value: ratio })) },
  {
    name: 'difference',
    of: ({ hidden }) =>
      hidden
        .filter(({ units }) => units > 1)
        .map(({ name, difference }) => ({ name, value: difference?.[1] ?? null })),
  },
];

/** A layer's line. */
interface Line {
  label: string;
  color: string;
  style: LineStyle;
  series: Series;
}

export class EmberDynamics extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'runs', 'status'];
  static override styles = [
    shared,
    legendStyles,
    css`
      .state {
        border-inline-start: 4px solid var(--lab-accent);
        padding-inline-start: 0.75rem;
      }
      .remedies {
        list-style: none;
        padding: 0;
        margin: 0 0 1rem;
        display: grid;
        gap: 0.625rem;
      }
      .remedies p {
        margin: 0.125rem 0 0;
      }
      th {
        white-space: nowrap;
      }
    `,
  ];

  /** What was last told to those who listen: the state in words, told anew only when it becomes another. */
  private told: { state: DynamicsState | null; text: string } = { state: null, text: '' };

  constructor() {
    super();
    // Its answers are read from the run's track, which outlives this element.
    new LiveAnswer<Dynamics>(this, () => askForDynamics(this.session), INTERVAL_MS);
  }

  /** Why the charts are all but empty behind a run that went on while this was not on the screen. */
  private sparse(now: Dynamics, points: number): TemplateResult | typeof nothing {
    // Who makes two steps by hand has seen all that there is.
    const isSparse =
      points < FEWEST_POINTS && now.step >= FEWEST_POINTS && this.session.status !== 'training';
    return isSparse ? this.hint('ui.dynamics.sparse') : nothing;
  }

  protected override render(): TemplateResult {
    const run = this.session.runs.current;
    const track = run ? trackOf(run) : [];
    const now = track.at(-1);
    if (!now) return this.hint('ui.dynamics.before');
    const state = stateOf(track);
    const text = stateText(this.language, track);
    if (state !== this.told.state) this.told = { state, text };
    return html`${this.hint('ui.dynamics.intro', { rows: this.count(now.rows) })}
      <p class="state">
        <b>${this.t('ui.dynamics.at_step', { step: this.count(now.step) })}</b> ${text}
        ${now.hidden.map((layer) => deadText(this.language, layer) ?? nothing)}
      </p>
      <div class="visually-hidden" role="status">${this.told.text}</div>
      ${this.remedies(now)} ${this.sparse(now, track.length)}
      ${QUANTITIES.map((quantity) => this.chart(quantity, track))}
      ${now.hidden.length > 0 ? this.unitsTable(now) : nothing} ${this.tensorTable(now)}`;
  }

  /** Ways off the plateau that are not in force yet. */
  private remedies({ hidden, remedies }: Dynamics): TemplateResult | typeof nothing {
    const { settings } = this.session.opened!;
    const { lock } = this.session.options;
    const offered = remedies.filter(
      ({ settings: changes }) =>
        Object.keys(changes).every((name) => name in settings && !lock.includes(name)) &&
        Object.entries(changes).some(([name, value]) => !sameValue(settings[name], value)),
    );
    if (hidden.length === 0 || offered.length === 0) return nothing;
    return html`<h4>${this.t('ui.dynamics.remedies.title')}</h4>
      ${this.hint('ui.dynamics.remedies.intro')}
      <ul class="remedies">
        ${offered.map(
          ({ name, settings: changes }) =>
            html`<li>
              <button type="button" @click=${() => void this.tryOut(changes).catch(() => undefined)}>
                ▶ ${this.changesText(changes)}
              </button>
              <p class="muted">${this.t(`ui.dynamics.remedies.${name}`)}</p>
            </li>`,
        )}
      </ul>`;
  }

  private changesText(changes: Settings): string {
    return this.session.controls
      .filter(({ name }) => name in changes)
      .map(
        (control) =>
          `${this.t(`controls.${control.name}.label`)} ${valueText(this.language, control, changes[control.name]!)}`,
      )
      .join(this.language.code === 'zh' ? '，' : ', ');
  }

  private async tryOut(changes: Settings): Promise<void> {
    await this.session.changeSettings(changes);
    await this.session.start(PACE);
  }

  private chart(quantity: Quantity, track: readonly Dynamics[]): TemplateResult | typeof nothing {
    const lines = this.lines(quantity, track);
    if (lines.length === 0) return nothing;
    const title = this.t(`ui.dynamics.${quantity.name}.title`);
    return html`<h4>${title}</h4>
      ${this.hint(`ui.dynamics.${quantity.name}.help`)}
      <div class="legend">
        ${lines.map(({ label, color, style }) => html`<span>${lineSign(color, style)} ${label}</span>`)}
      </div>
      <ember-chart
        .content=${this.content(quantity, lines)}
        .guide=${lineGuide(
          lines.map(({ series }) => series),
          (step) => ({
            title: this.t('ui.charts.step_number', { step: this.count(step) }),
            entries: lines.map(({ label, color, series }) => ({
              label,
              color,
              value: numberText(this.language, series.nearest(step)?.value ?? null),
            })),
          }),
        )}
        .base=${this.session.base}
        .language=${this.language}
        height="220"
        label=${title}
        name="${this.session.options.lesson}-${quantity.name}"
      ></ember-chart>`;
  }

  private lines({ of }: Quantity, track: readonly Dynamics[]): Line[] {
    return of(track.at(-1)!).map(({ name }, index) => {
      const series = new Series();
      for (const state of track) series.push(state.step, of(state)[index]?.value ?? null);
      const label = layerText(this.language, name);
      return { label, color: lineColor(this.dark, index), style: STYLES[index % STYLES.length]!, series };
    });
  }

  private content(quantity: Quantity, lines: Line[]): LineContent {
    return {
      kind: 'line',
      x_label: this.t('ui.charts.step'),
      y_label: this.t(`ui.dynamics.${quantity.name}.axis`),
      y_scale: 'log',
      y_range: null,
      x_range: [0, this.session.runs.current?.progress.totalSteps ?? 1],
      cursor: null,
      series: lines.map(({ label, color, style, series }) => ({ label, color, style, ...series.thinned() })),
    };
  }

  private unitsTable({ hidden, step }: Dynamics): TemplateResult {
    const columns = ['layer', 'equal', 'pairs', 'smallest', 'largest', 'dead'];
    return this.table(
      this.t('ui.dynamics.units_table', { step: this.count(step) }),
      columns,
      hidden.map((layer) => [
        layerText(this.language, layer.name),
        this.equalText(layer),
        this.count(layer.pairs),
        shareText(this.language, layer.difference?.[0] ?? null),
        shareText(this.language, layer.difference?.[1] ?? null),
        layer.dead.length === 0
          ? '0'
          : this.t('ui.dynamics.which', {
              count: layer.dead.length,
              which: unitsText(this.language, layer.dead),
            }),
      ]),
    );
  }

  private equalText({ equal, units, groups }: HiddenLayer): string {
    const text = this.t('ui.dynamics.count_of', { count: equal, units });
    if (groups.length === 0) return text;
    const which = groups
      .map((group) => unitsText(this.language, group))
      .join(this.language.code === 'zh' ? '；' : '; ');
    return this.t('ui.dynamics.which', { count: text, which });
  }

  private tensorTable({ tensors, step }: Dynamics): TemplateResult {
    const columns = ['tensor', 'gradient_norm', 'weight_norm', 'update_norm', 'ratio'];
    return this.table(
      this.t('ui.dynamics.tensor_table', { step: this.count(step) }),
      columns,
      tensors.map(({ name, ...norms }) => [
        name,
        ...[norms.gradient_norm, norms.weight_norm, norms.update_norm, norms.ratio].map((value) =>
          numberText(this.language, value),
        ),
      ]),
    );
  }

  private table(title: string, columns: string[], rows: string[][]): TemplateResult {
    return html`<h4>${title}</h4>
      <div class="scroll" tabindex="0" role="region" aria-label=${title}>
        <table ${stacking()}>
          <thead>
            <tr>
              ${columns.map((name) => html`<th scope="col">${this.t(`ui.dynamics.columns.${name}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              ([name, ...fields]) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  ${fields.map((field) => html`<td>${field}</td>`)}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

define('ember-dynamics', EmberDynamics);
