/** `<ember-comparison>`: the decision regions of the models of a lesson side by side, on the same rows and columns. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { accuracyCell, accuracyCellStyles } from '../../looks/rows/accuracy.js';
import '../../kit/chart/chart.js';
import { classLegend, classLegendStyles } from '../../looks/rows/class_legend.js';
import type { Comparison as Answer } from '../../generated/iris.js';
import { define } from '../../kit/define.js';
import { FeaturePairChoice, type Pair } from '../../looks/rows/feature_pair.js';
import { pointGuide } from '../../kit/chart/guide.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { planeContent } from '../../looks/rows/plane.js';
import { cellsNow, leadOf, type Fineness } from './fineness.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import {
  askForData,
  featureName,
  featureText,
  rowsOfPart,
  rowTitle,
  type Table,
  type TableData,
} from '../../looks/rows/table_data.js';
import type { Topic } from '../../lab/topics.js';

/** Three are drawn, so each is coarser than one alone. */
const CELLS: Fineness = { training: 40, idle: 100 };
const INTERVAL_MS = 300;

/** The answer with its question. */
interface Comparison extends Answer {
  /** The columns it was asked for. */
  pair: Pair;
}

export class EmberComparison extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    accuracyCellStyles,
    classLegendStyles,
    css`
      .planes {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
        gap: 0.75rem;
      }
      h4 {
        margin: 0.5rem 0 0;
        font-size: 0.9375rem;
      }
    `,
  ];

  private readonly pair = new FeaturePairChoice(
    this,
    (features) => features.slice(-2),
    () => this.comparison.refresh(),
  );

  private readonly data = new LiveAnswer<TableData>(
    this,
    () => askForData(this.session),
    2000,
    () => this.comparison.refresh(),
  );
  private readonly comparison: LiveAnswer<Comparison> = new LiveAnswer<Comparison>(
    this,
    () => this.ask(),
    INTERVAL_MS,
  );

  protected override render(): TemplateResult {
    const table = this.session.opened?.description.table;
    const data = this.data.value;
    const comparison = this.comparison.value;
    if (!table || !data || !comparison) return this.hint('ui.comparison.before');
    return html`${this.hint('ui.comparison.intro')} ${this.pair.inputs(table, data.features)}
      ${classLegend(this.dark, this.language, table)}
      <div class="planes">
        ${comparison.models.map((model) => this.plane(table, data, comparison, model))}
      </div>
      ${this.accuracies(data, comparison)} ${this.withoutColumns(data, comparison)}`;
  }

  protected override topicChanged(): void {
    super.topicChanged();
    const known = this.comparison.value?.models[0]?.regions;
    if (known && known.columns !== cellsNow(this.session, CELLS)) this.comparison.refresh();
  }

  private plane(
    table: Table,
    data: TableData,
    comparison: Comparison,
    { model, regions }: Comparison['models'][number],
  ): TemplateResult | typeof nothing {
    // For a moment after a change of columns the answer still speaks of the ones before.
    if (!comparison.pair.every((name) => data.features.includes(name))) return nothing;
    const content = planeContent(
      this.dark,
      this.language,
      table,
      data,
      comparison.pair,
      regions,
      leadOf(model),
    );
    const name = this.modelText(model);
    const [x, y] = comparison.pair.map((feature) => featureText(this.language, table, feature));
    return html`<div>
      <h4>${name}</h4>
      <ember-chart
        .content=${content}
        .guide=${pointGuide(content.points.x, content.points.y, (point) => ({
          title: rowTitle(this.language, table, data, point),
          entries: [],
        }))}
        .base=${this.session.base}
        .language=${this.language}
        height="240"
        label=${this.t('ui.comparison.regions_of', { model: name, x: x!, y: y! })}
        name="${this.session.options.lesson}-${model}-regions"
      ></ember-chart>
    </div>`;
  }

  private accuracies(data: TableData, { models }: Comparison): TemplateResult {
    const { splits } = this.session.opened!.description;
    return this.table(
      this.t('ui.comparison.accuracy'),
      splits.map((split) => this.t(`splits.${split}`)),
      models.map(({ model, accuracy }) => {
        const found = new Map(Object.entries(accuracy));
        return [
          model,
          splits.map((split) => accuracyCell(this.language, found.get(split), rowsOfPart(data, split))),
        ];
      }),
    );
  }

  private withoutColumns(data: TableData, { models, features }: Comparison): TemplateResult {
    return html`<details>
      <summary>${this.t('ui.comparison.without_title')}</summary>
      <p class="muted">${this.t('ui.comparison.without_intro')}</p>
      ${this.table(
        this.t('ui.comparison.without_title'),
        features.map((name) =>
          this.t('ui.comparison.without', { feature: featureName(this.language, name) }),
        ),
        models.map(({ model, without }) => [
          model,
          without.map((accuracy) => accuracyCell(this.language, accuracy, rowsOfPart(data, 'test'))),
        ]),
      )}
    </details>`;
  }

  private table(
    caption: string,
    columns: string[],
    rows: [model: string, accuracies: TemplateResult[]][],
  ): TemplateResult {
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
      <table ${stacking()}>
        <caption class="visually-hidden">
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.comparison.model')}</th>
            ${columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ([model, accuracies]) =>
              html`<tr>
                <th scope="row">${this.modelText(model)}</th>
                ${accuracies.map((accuracy) => html`<td>${accuracy}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private modelText(model: string): string {
    return this.t(`controls.model.options.${model}`);
  }

  private ask(): Promise<Comparison> | null {
    const data = this.data.value;
    if (!data) return null;
    const pair = this.pair.of(data.features);
    const cells = cellsNow(this.session, CELLS);
    const options = { x: pair[0], y: pair[1], columns: cells, rows: cells };
    return this.session.inspect('iris', 'comparison', options).then((answer) => ({ ...answer, pair }));
  }
}

define('ember-comparison', EmberComparison);
