/** `<ember-runs>`: the runs kept, what sets them apart, and how they came out. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { accuracyCellStyles, figureCell, judgedMetrics } from '../../looks/rows/accuracy.js';
import { runColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { lineSign } from '../../kit/legend.js';
import { LabPart } from '../../lab/part.js';
import { MOST_OLD_RUNS } from '../../lab/run_book.js';
import type { Run } from '../../lab/run.js';
import { figureText, runLabel } from '../../lab/run_label.js';
import { stacking } from '../../kit/stacking.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberRuns extends LabPart {
  static override topics: readonly Topic[] = ['runs', 'opened', 'status'];
  static override styles = [
    shared,
    accuracyCellStyles,
    css`
      :host {
        margin-top: 1rem;
      }
      th {
        word-break: keep-all;
      }
      th.name {
        font-weight: 400;
        min-width: 11rem;
      }
      tr.current th.name {
        font-weight: 600;
      }
      .buttons {
        white-space: nowrap;
      }
    `,
  ];

  /** The figure that the runs are compared by: the accuracy where there is one, else the lesson's first. */
  private headline(results: Run['results'][string][]): string {
    if (results.some((figures) => 'accuracy' in figures)) return 'accuracy';
    const [first] = results;
    return (
      (first && judgedMetrics(first, this.session.opened?.description.headlines)[0]) ??
      this.session.opened?.description.headlines[0] ??
      this.session.opened?.description.charts[0]?.id ??
      'loss'
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { current, old } = this.session.runs;
    const runs = [...(current ? [current] : []), ...old];
    const shown = runs.filter((run) => run.history.size > 0);
    if (shown.length === 0) return nothing;
    const splits = this.session.opened?.description.splits ?? [];
    const metric = this.headline(shown.flatMap((run) => Object.values(run.results)));
    return html`<h4 id="title">${this.t('ui.runs.title')}</h4>
      <div class="scroll" tabindex="0" role="region" aria-labelledby="title">
        <table ${stacking()}>
          <thead>
            <tr>
              <th scope="col">${this.t('ui.runs.run')}</th>
              <th scope="col">${this.t('ui.runs.steps')}</th>
              ${splits.map(
                (split) =>
                  html`<th scope="col">
                    ${this.t('ui.runs.figure', {
                      metric: figureText(this.language, metric),
                      split: this.t(`splits.${split}`),
                    })}
                  </th>`,
              )}
              <td></td>
            </tr>
          </thead>
          <tbody>
            ${shown.map((run) => this.row(run, runs, splits, metric))}
          </tbody>
        </table>
      </div>
      ${old.length >= MOST_OLD_RUNS ? this.hint('ui.runs.most', { count: MOST_OLD_RUNS }) : nothing}`;
  }

  private row(run: Run, all: Run[], splits: string[], metric: string): TemplateResult {
    const current = run === this.session.runs.current;
    const label = runLabel(this.language, this.session.controls, run, all);
    return html`<tr class=${current ? 'current' : ''}>
      <th scope="row" class="name">${lineSign(runColor(this.dark, run.color), 'solid')} ${label}</th>
      <td>${this.count(run.progress.step)}</td>
      ${splits.map((split) => {
        return html`<td>${figureCell(this.language, run.results[split], metric)}</td>`;
      })}
      <td class="buttons">
        ${
          current
            ? this.t('ui.runs.current')
            : html`<button
                  type="button"
                  class="quiet"
                  aria-label="${this.t('ui.runs.resume')}: ${label}"
                  @click=${() => void this.session.resume(run).catch(() => undefined)}
                >
                  ${this.t('ui.runs.resume')}
                </button>
                <button
                  type="button"
                  class="quiet"
                  aria-label="${this.t('ui.runs.remove')}: ${label}"
                  @click=${() => this.forget(run)}
                >
                  ${this.t('ui.runs.remove')}
                </button>`
        }
      </td>
    </tr>`;
  }

  private forget(run: Run): void {
    this.session.runs.remove(run);
    this.session.topics.announce('runs');
  }
}

define('ember-runs', EmberRuns);
