/** `<ember-campaign-data>`: a table of numbers and categories, its parts, and people in the order of their scores. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { selectOf } from '../../kit/events.js';
import { download } from '../../kit/download.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import './column_table.js';
import type { DatasetShown, Ranking } from '../../generated/boosting.js';

/** People that are listed. */
const TOP = 10;

export class EmberCampaignData extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      .scroll {
        max-height: 24rem;
      }
      label {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
        margin-bottom: 0.5rem;
      }
    `,
  ];

  @state() private product = '';
  private readonly data = new LiveAnswer<DatasetShown>(
    this,
    () => this.session.inspect('boosting', 'data', {}),
    1000,
  );
  private readonly ranking = new LiveAnswer<Ranking>(this, () => this.askRanking(), 500);

  protected override render(): TemplateResult {
    const data = this.data.value;
    if (!data) return this.hint('ui.campaign.before');
    return html`<p>
        ${this.t('ui.campaign.intro', {
          file: data.file,
          rows: this.count(data.rows),
          columns: this.count(data.columns.length),
          label: data.label,
          bins: this.count(data.total_bins),
        })}
      </p>
      ${this.parts(data)} ${this.columns()} ${this.sample(data)} ${this.people(data)}
      <button type="button" @click=${() => this.save()}>${this.t('ui.campaign.save')}</button>
      ${this.hint('ui.campaign.save_help')}`;
  }

  private parts({ parts, classes }: DatasetShown): TemplateResult {
    return html`<div
      class="scroll whole"
      tabindex="0"
      role="region"
      aria-label=${this.t('ui.campaign.parts')}
    >
      <table ${stacking()}>
        <thead>
          <tr>
            <th scope="col">${this.t('ui.campaign.part')}</th>
            <th scope="col">${this.t('ui.campaign.rows')}</th>
            ${classes.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${Object.entries(parts).map(
            ([split, part]) =>
              html`<tr>
                <th scope="row">${this.t(`splits.${split}`)}</th>
                <td>${this.count(part.rows)}</td>
                ${part.classes.map((count) => html`<td>${this.count(count)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private columns(): TemplateResult {
    return html`<h4>${this.t('ui.campaign.columns')}</h4>
      <ember-column-table .session=${this.session}></ember-column-table>`;
  }

  private sample({ columns, sample }: DatasetShown): TemplateResult {
    return html`<details>
      <summary>${this.t('ui.campaign.sample', { count: this.count(sample.length) })}</summary>
      ${this.rows(
        this.t('ui.campaign.sample', { count: this.count(sample.length) }),
        columns.map(({ name }) => name),
        sample,
      )}
    </details>`;
  }

  private people({ products }: DatasetShown): TemplateResult | typeof nothing {
    const ranking = this.ranking.value;
    if (!ranking || this.session.runs.current?.progress.step === 0) return nothing;
    const columns = [this.t('ui.campaign.score'), this.t('ui.campaign.truth'), ...ranking.columns];
    const rows = ranking.people.map(({ answer, label, cells }) => [this.number(answer, 4), label, ...cells]);
    return html`<h4>${this.t('ui.campaign.ranking', { count: this.count(TOP) })}</h4>
      ${
        products && ranking.products
          ? html`<label>
              ${this.t('ui.campaign.product')}
              <select
                @change=${(event: Event) => {
                  this.product = selectOf(event).value;
                  this.ranking.refresh();
                }}
              >
                <option value="" ?selected=${this.product === ''}>${this.t('ui.campaign.as_offered')}</option>
                ${ranking.products.map(
                  (product) =>
                    html`<option value=${product} ?selected=${product === this.product}>${product}</option>`,
                )}
              </select>
            </label>`
          : nothing
      }
      ${this.rows(this.t('ui.campaign.ranking', { count: this.count(TOP) }), columns, rows)}`;
  }

  private rows(label: string, columns: string[], rows: string[][]): TemplateResult {
    return html`<div class="scroll whole" tabindex="0" role="region" aria-label=${label}>
      <table ${stacking()}>
        <thead>
          <tr>
            ${columns.map((name) => html`<th scope="col" class="left">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (cells) =>
              html`<tr>
                ${cells.map((cell) => html`<td class="left">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private askRanking(): Promise<Ranking> {
    // Another table has no such product.
    const offered = this.data.value?.products && this.product !== '';
    const options = { top: TOP, product: offered ? this.product : null };
    return this.session.inspect('boosting', 'ranking', options);
  }

  private save(): void {
    this.session.inspect('boosting', 'table_csv', {}).then(
      ({ file, text }) => download(file, text, 'text/csv;charset=utf-8'),
      (thrown: unknown) => this.session.report(thrown),
    );
  }
}

define('ember-campaign-data', EmberCampaignData);
