/**
 * `<ember-scatter-matrix>`: all pairs of columns at once, a small scatter chart for each, and on the diagonal how
 * the values of each column are spread. Each small chart is a button; sends `pair-change` with the pair it shows.
 */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import '../../kit/chart/chart.js';
import { define } from '../../kit/define.js';
import type { Pair } from './feature_pair.js';
import { walkGrid } from '../../kit/chart/guide.js';
import type { PairsContent } from '../../kit/chart/plot-spec.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import {
  classesOf,
  columnOf,
  featureName,
  featureText,
  rangeOf,
  type Table,
  type TableData,
} from './table_data.js';
import { words, type Language } from '../../kit/words.js';

/** Columns that are shown; of more, the charts would be too small to choose by finger. */
export const MOST_FEATURES = 6;
/** Points in each small chart: more of them hide one another and take longer than a frame. */
const MOST_POINTS = 400;
/** Height and least width of a small chart, in CSS pixels. */
const PANEL_HEIGHT = 92;
const PANEL_WIDTH = 64;

export class EmberScatterMatrix extends LitElement {
  static override styles = [
    shared,
    css`
      .panels {
        position: absolute;
        inset: 0;
        display: grid;
      }
      .panels button {
        min-width: 0;
        min-height: 0;
        padding: 0;
        border: 1px solid transparent;
        border-radius: 0;
        background: transparent;
      }
      .panels button:hover {
        border: 2px solid var(--lab-accent);
      }
      .panels button:focus-visible {
        outline-offset: -3px;
      }
    `,
  ];

  @property({ attribute: false }) table!: Table;
  @property({ attribute: false }) data!: TableData;
  /** The folder of the site. */
  @property({ attribute: false }) base!: URL;
  @property({ attribute: false }) language!: Language;
  @property({ type: Boolean }) dark = false;
  @property() name = 'pairs';
  /** The small chart that is reached by the tabulator key. */
  @state() private current = 1;

  protected override render(): TemplateResult {
    const { data } = this;
    const features = data.features.slice(0, MOST_FEATURES);
    const { length } = features;
    return html`${
        data.features.length > length
          ? html`<p class="muted">
              ${this.t('ui.data.first_features', { count: length, all: data.features.length })}
            </p>`
          : nothing
      }
      <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.data.pairs')}>
        <div ${styled({ 'min-width': `${length * PANEL_WIDTH}px` })}>
          <ember-chart
            .content=${this.content(features, Math.ceil(data.rows.length / MOST_POINTS))}
            .whole=${() => this.content(features, 1)}
            .base=${this.base}
            .language=${this.language}
            height=${length * PANEL_HEIGHT}
            label=${this.t('ui.data.pairs_of', { columns: features.map((name) => featureName(this.language, name)).join(', ') })}
            name=${this.name}
          >
            <div
              class="panels"
              role="group"
              aria-label=${this.t('ui.data.pairs_choose')}
              ${styled({
                'grid-template-columns': `repeat(${length}, 1fr)`,
                'grid-template-rows': `repeat(${length}, 1fr)`,
              })}
              @keydown=${this.onKey}
            >
              ${features.flatMap((y, row) =>
                features.map((x, column) => this.panel(row * length + column, [x, y], row === column)),
              )}
            </div>
          </ember-chart>
        </div>
      </div>`;
  }

  /** What is on the diagonal has no larger chart to open, so it is no button. */
  private panel(index: number, [x, y]: Pair, diagonal: boolean): TemplateResult {
    if (diagonal) return html`<span></span>`;
    const names = { x: featureName(this.language, x), y: featureName(this.language, y) };
    return html`<button
      type="button"
      data-index=${index}
      tabindex=${index === this.current ? 0 : -1}
      aria-label=${this.t('ui.data.open_pair', names)}
      title=${this.t('ui.data.open_pair', names)}
      @focus=${() => (this.current = index)}
      @click=${() => this.dispatchEvent(new CustomEvent('pair-change', { detail: [x, y] }))}
    ></button>`;
  }

  /** Every so many rows of the columns. */
  private content(features: readonly string[], every: number): PairsContent {
    const { data, table, language } = this;
    const thinned = (values: readonly number[]): number[] => values.filter((_, row) => row % every === 0);
    return {
      kind: 'pairs',
      features: features.map((name) => ({
        label: featureText(language, table, name),
        range: rangeOf(table, name),
        values: thinned(columnOf(data, name)),
      })),
      class: thinned(data.labels),
      classes: classesOf(this.dark, language, table),
    };
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    const count = Math.min(this.data.features.length, MOST_FEATURES);
    let next = walkGrid(event.key, this.current, count, count);
    // Over the diagonal to what lies beyond it, or back where nothing does.
    if (next !== null && next % (count + 1) === 0) next = walkGrid(event.key, next, count, count) ?? next;
    if (next === null) return;
    event.preventDefault();
    if (next % (count + 1) === 0) return;
    this.renderRoot.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus();
  };

  private t(key: string, fill?: { [name: string]: unknown }): string {
    return words(this.language, key, fill);
  }
}

define('ember-scatter-matrix', EmberScatterMatrix);
