/** `<ember-vectors>`: the support vectors of a support vector machine, its margins, and how many machines it needs. */

import { html, nothing, type TemplateResult } from 'lit';
import '../../kit/chart/chart.js';
import type { Vectors } from '../../generated/iris.js';
import { define } from '../../kit/define.js';
import { FeaturePairChoice, type Pair } from '../../looks/rows/feature_pair.js';
import { pointGuide } from '../../kit/chart/guide.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { PlotContent } from '../../kit/chart/plot-spec.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import {
  askForData,
  classText,
  rowTitle,
  scatterOf,
  type Table,
  type TableData,
} from '../../looks/rows/table_data.js';
import type { Topic } from '../../lab/topics.js';

export class EmberVectors extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = shared;

  private readonly pair = new FeaturePairChoice(this, (features) => features.slice(-2));

  private readonly data = new LiveAnswer<TableData>(this, () => askForData(this.session), 2000);
  private readonly vectors = new LiveAnswer<Vectors>(
    this,
    () => this.session.inspect('iris', 'vectors', {}),
    2000,
  );

  protected override render(): TemplateResult {
    const table = this.session.opened?.description.table;
    const data = this.data.value;
    const vectors = this.vectors.value;
    if (!table || !data || !vectors) return this.hint('ui.vectors.before');
    const content = this.content(table, data, vectors, this.pair.of(data.features));
    return html`${this.hint('ui.vectors.intro')}
      <p>
        ${this.t('ui.vectors.count', {
          support: this.count(vectors.support.length),
          rows: this.count(vectors.rows_used),
        })}
        ${
          vectors.rows_used < vectors.rows
            ? this.t('ui.vectors.sampled', {
                used: this.count(vectors.rows_used),
                rows: this.count(vectors.rows),
              })
            : nothing
        }
      </p>
      ${this.pair.inputs(table, data.features)}
      <ember-chart
        .content=${content}
        .guide=${pointGuide(content.points.x, content.points.y, (point) => ({
          title: rowTitle(this.language, table, data, point),
          entries: [],
        }))}
        .base=${this.session.base}
        .language=${this.language}
        height="300"
        label=${this.t('ui.vectors.picture', { x: content.x_label!, y: content.y_label! })}
        name="${this.session.options.lesson}-support-vectors"
      ></ember-chart>
      ${this.pairs(vectors)} ${this.machines(vectors)}`;
  }

  /** All rows, those that are no support vectors standing back. */
  private content(
    table: Table,
    data: TableData,
    { support }: Vectors,
    [x, y]: Pair,
  ): Extract<PlotContent, { kind: 'scatter' }> {
    const rows = new Set(support);
    const scatter = scatterOf(this.dark, this.language, table, data, x, y);
    const faded = data.row_numbers.map((row) => !rows.has(row));
    return { ...scatter, points: { ...scatter.points, faded } };
  }

  private pairs({ pairs }: Vectors): TemplateResult {
    return html`<table ${stacking()}>
      <thead>
        <tr>
          <th scope="col">${this.t('ui.vectors.pair')}</th>
          <th scope="col">${this.t('ui.vectors.support')}</th>
          <th scope="col">${this.t('ui.vectors.margin')}</th>
        </tr>
      </thead>
      <tbody>
        ${pairs.map(
          ({ classes: [first, second], support, margin }) =>
            html`<tr>
              <th scope="row">
                ${this.t('ui.predict.pair', {
                  first: classText(this.language, first),
                  second: classText(this.language, second),
                })}
              </th>
              <td>${this.count(support.length)}</td>
              <td>${margin === null ? this.t('ui.vectors.curved') : this.number(margin, 3)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private machines({ machines }: Vectors): TemplateResult {
    return html`<details>
      <summary>${this.t('ui.vectors.machines_title')}</summary>
      <p class="muted">${this.t('ui.vectors.machines_intro')}</p>
      <table ${stacking()}>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.vectors.classes')}</th>
            <th scope="col">${this.t('ui.vectors.one_vs_one')}</th>
            <th scope="col">${this.t('ui.vectors.one_vs_rest')}</th>
          </tr>
        </thead>
        <tbody>
          ${machines.map(
            ({ classes, one_vs_one, one_vs_rest }) =>
              html`<tr>
                <th scope="row">${classes}</th>
                <td>${one_vs_one}</td>
                <td>${one_vs_rest}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
  }
}

define('ember-vectors', EmberVectors);
