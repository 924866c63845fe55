/** `<ember-tree-growth>`: the next tree, one split at a time, with all that the search for a split sees. */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../kit/chart/chart.js';
import './exact_search.js';
import { lineColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { oneOf, selectOf } from '../../kit/events.js';
import { lineGuide, type Guide } from '../../kit/chart/guide.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { LineSeries, PlotContent } from '../../kit/chart/plot-spec.js';
import { Series } from '../../kit/chart/series.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { Growth, Histogram, Policy, TriedPlace } from '../../generated/boosting.js';
import './tree_drawing.js';
import { treeList, treeListStyles } from './tree_list.js';

/** More splits than any tree of the lab has. */
const ALL = 100_000;
/** Splits that a figure of the text begins with. */
const AT_FIRST_SIGHT = 2;

const POLICIES: readonly Policy[] = ['leaf_wise', 'level_wise'];

export class EmberTreeGrowth extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    treeListStyles,
    css`
      .scroll {
        max-height: 26rem;
      }
      h4 {
        margin-top: 0.75rem;
      }
      label {
        display: inline-flex;
        flex-wrap: wrap;
        gap: 0.375rem;
        align-items: center;
      }
    `,
  ];

  /** Whether it is the first tree of the run, in place of the next. */
  @state() private first = true;
  @state() private splits = 0;
  @state() private feature = '';
  /** In place of the run's own. */
  @state() private policy: Policy | null = null;
  private readonly growth = new LiveAnswer<Growth>(this, () => this.ask(), 150);

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    // One leaf says nothing to whoever meets the figure of a text.
    if (changed.has('captioned') && this.captioned && this.splits === 0) {
      this.splits = AT_FIRST_SIGHT;
      this.growth.refresh();
    }
  }

  protected override render(): TemplateResult {
    const growth = this.growth.value;
    if (!growth) return this.hint('ui.growth.before');
    const { made, next, leaves, nodes, histogram } = growth;
    return html`${this.hint('ui.growth.intro')}
      <div class="row">
        <button type="button" ?disabled=${made === 0} @click=${() => this.show(made - 1)}>
          ${this.t('ui.growth.back')}
        </button>
        <button type="button" class="primary" ?disabled=${next === null} @click=${() => this.show(made + 1)}>
          ${this.t('ui.growth.next_split')}
        </button>
        <button type="button" ?disabled=${next === null} @click=${() => this.show(ALL)}>
          ${this.t('ui.growth.whole')}
        </button>
        <button
          type="button"
          ?disabled=${this.session.finished || this.session.status === 'training'}
          @click=${() => this.nextTree()}
        >
          ${this.t('ui.growth.next_tree')}
        </button>
        ${
          this.first && this.session.runs.current?.progress.step === 0
            ? nothing
            : html`<button type="button" ?disabled=${this.first} @click=${() => this.begin(true)}>
                ${this.t('ui.growth.first_tree')}
              </button>`
        }
        <label>
          ${this.t('controls.grow_policy.label')}
          <select
            @change=${(event: Event) => {
              const { value } = selectOf(event);
              this.policy = value === '' ? null : oneOf(POLICIES, value);
              this.growth.refresh();
            }}
          >
            <option value="" ?selected=${this.policy === null}>${this.t('ui.growth.own_policy')}</option>
            ${POLICIES.map(
              (policy) =>
                html`<option value=${policy} ?selected=${this.policy === policy}>
                  ${this.t(`controls.grow_policy.options.${policy}`)}
                </option>`,
            )}
          </select>
        </label>
      </div>
      <p role="status">
        ${this.t('ui.growth.state', {
          tree: this.count(growth.round),
          splits: this.count(made),
          leaves: this.count(leaves.length),
          gain: this.number(growth.gained, 5),
        })}
      </p>
      <ember-tree-drawing
        .language=${this.language}
        .nodes=${nodes}
        .leaves=${leaves}
        .next=${next}
        .label=${this.t('ui.growth.tree')}
      ></ember-tree-drawing>
      <details>
        <summary>${this.t('ui.tree.as_list')}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.tree.as_list')}>
          ${treeList(this.language, nodes, leaves, next)}
        </div>
      </details>
      ${next === null ? this.hint('ui.growth.over') : this.search(growth)}
      ${histogram ? this.histogram(histogram) : nothing}
      <ember-exact-search .session=${this.session}></ember-exact-search>`;
  }

  /** The columns with the gain of their best split in the leaf at hand. */
  private search({ next, features, histogram }: Growth): TemplateResult {
    const sorted = [...features].sort((one, other) => (other.gain ?? -1) - (one.gain ?? -1));
    return html`<label>
      ${this.t('ui.growth.column', { leaf: this.count(next!) })}
      <select
        @change=${(event: Event) => {
          this.feature = selectOf(event).value;
          this.growth.refresh();
        }}
      >
        ${sorted.map(
          ({ name, gain }) =>
            html`<option value=${name} ?selected=${name === histogram?.feature}>
              ${name}: ${gain === null ? this.t('ui.growth.no_gain') : this.number(gain, 4)}
            </option>`,
        )}
      </select>
    </label>`;
  }

  private histogram(histogram: Histogram): TemplateResult {
    const { feature, bins, best } = histogram;
    if (bins.length === 0) return this.hint('ui.growth.not_searched', { feature });
    return html`<h4>${this.t('ui.growth.gains_of', { feature })}</h4>
      ${
        best
          ? html`<p>
              ${this.t('ui.growth.best', { gain: this.number(best.gain, 5), where: this.where(histogram) })}
            </p>`
          : nothing
      }
      <ember-chart
        .content=${this.gains(histogram)}
        .guide=${this.guide(histogram)}
        .base=${this.session.base}
        .language=${this.language}
        height="200"
        label=${this.t('ui.growth.gains_of', { feature })}
        name="gains-${feature}"
      ></ember-chart>
      ${histogram.categorical ? this.hint('ui.growth.order') : this.hint('ui.growth.threshold')}
      <details>
        <summary>${this.t('ui.growth.bins_of', { feature, count: this.count(bins.length) })}</summary>
        ${this.bins(histogram)}
      </details>`;
  }

  /** Where the best split of the feature stands, for a reader. */
  private where({ bins, best }: Histogram): string {
    if (best && 'texts' in best) return best.texts.join(this.t('ui.tree.comma'));
    return bins[best?.bin ?? 0]?.text ?? '';
  }

  /** Gains over the bins; of categories over their places in the order. */
  private gains({ categorical, tried }: Histogram): PlotContent {
    const series = (label: string, index: number, places: TriedPlace[]): LineSeries => ({
      label: this.t(`ui.growth.${label}`),
      color: lineColor(this.dark, index),
      style: index === 0 ? 'solid' : 'dashed',
      x: places.map(({ place }) => place),
      y: places.map(({ gain }) => gain),
    });
    const sorted = [...tried].sort((one, other) => one.place - other.place);
    const [first, second] = categorical
      ? [sorted.filter((place) => !place.from_the_end), sorted.filter((place) => place.from_the_end)]
      : [sorted.filter((place) => place.missing_left), sorted.filter((place) => !place.missing_left)];
    const [one, other] = categorical ? ['from_start', 'from_end'] : ['missing_left', 'missing_right'];
    return {
      kind: 'line',
      x_label: this.t(categorical ? 'ui.growth.axes.place' : 'ui.growth.axes.bin'),
      y_label: this.t('ui.growth.axes.gain'),
      series: [series(one, 0, first), series(other, 1, second)].filter(({ x }) => x.length > 0),
    };
  }

  /** The gain of each place, and what the rows are parted by there. */
  private guide({ categorical, tried, bins, order }: Histogram): Guide {
    const best = new Series();
    for (const { place } of [...tried].sort((one, other) => one.place - other.place)) {
      if (best.steps.at(-1) !== place) best.push(place, 0);
    }
    const place = (at: number): string => {
      const bin = order.length > 0 ? order[at] : at;
      return bins[bin ?? 0]?.text ?? '';
    };
    return lineGuide([best], (at) => ({
      title:
        categorical && order.length > 0
          ? this.t('ui.growth.taken', { count: this.count(at + 1) })
          : place(at),
      entries: tried
        .filter((one) => one.place === at)
        .map((one) => {
          const side = categorical
            ? one.from_the_end
              ? 'from_end'
              : 'from_start'
            : one.missing_left
              ? 'missing_left'
              : 'missing_right';
          return {
            label: this.t(`ui.growth.${side}`),
            value: this.number(one.gain, 4),
            color: lineColor(this.dark, side === 'from_start' || side === 'missing_left' ? 0 : 1),
          };
        }),
    }));
  }

  /** The bins; categories in the order in which they were tried. */
  private bins({ bins, order }: Histogram): TemplateResult {
    const listed = order.length > 0 ? [...order, ...bins.keys()].filter(firstOnly) : [...bins.keys()];
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.growth.bins')}>
      <table ${stacking()}>
        <thead>
          <tr>
            ${['bin', 'holds', 'rows', 'gradient', 'hessian', 'ratio'].map(
              (key) => html`<th scope="col">${this.t(`ui.growth.columns.${key}`)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${listed.map((index) => {
            const { bin, text, gradient, hessian, rows } = bins[index]!;
            return html`<tr>
              <th scope="row">${this.count(bin)}</th>
              <td class="left">${text === '' ? this.t('ui.growth.missing') : text}</td>
              <td>${this.count(rows)}</td>
              <td>${this.number(gradient, 4)}</td>
              <td>${this.number(hessian, 4)}</td>
              <td>${hessian > 0 ? this.number(gradient / hessian, 3) : '–'}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }

  private ask(): Promise<Growth> {
    return this.session.inspect('boosting', 'growth', {
      splits: this.splits,
      first: this.first,
      feature: this.feature === '' ? null : this.feature,
      policy: this.policy,
    });
  }

  private show(splits: number): void {
    this.splits = splits;
    // The column that is split next is what the reader wants to see now.
    this.feature = '';
    this.growth.refresh();
  }

  /** Begins with the first tree, or with the next. */
  private begin(first: boolean): void {
    this.first = first;
    this.show(0);
  }

  private nextTree(): void {
    this.begin(false);
    this.session.step(1).catch((thrown: unknown) => this.session.report(thrown));
  }
}

const firstOnly = (value: number, index: number, all: readonly number[]): boolean =>
  all.indexOf(value) === index;

define('ember-tree-growth', EmberTreeGrowth);
