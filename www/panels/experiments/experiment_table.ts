/** The results of an experiment as a table, and its runs as files. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Experiment, Measure, Variant } from '../../engine/protocol.js';
import type { ExperimentRecord } from '../../lab/experiment_record.js';
import { differenceText, measuredText, measureText, variantText } from './experiment_words.js';
import { csvOf, type Field } from '../../kit/chart/plot-data.js';
import type { Summary } from '../../lab/statistics.js';
import { stacking } from '../../kit/stacking.js';
import { formatCount, words, type Language } from '../../kit/words.js';

/** The groups of measures, of which a table shows one at a time; none where it shows all. */
export function groupsOf({ measures }: Experiment): string[] {
  return [...new Set(measures.flatMap(({ group }) => group ?? []))];
}

/** A row for each variant that has a run: mean, spread and interval of every measure, or of those of a group. */
export function resultTable(
  language: Language,
  record: ExperimentRecord,
  label: string,
  group: string | null,
): TemplateResult {
  const { experiment, headline } = record;
  const measures = experiment.measures.filter((one) => group === null || (one.group ?? group) === group);
  const compared = experiment.variants.length > 1 && !experiment.selection;
  const t = (key: string): string => words(language, `ui.experiments.${key}`);
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
    <table ${stacking()}>
      <thead>
        <tr>
          <th scope="col">${t('variant')}</th>
          <th scope="col">${t('seeds')}</th>
          ${measures.map((measure) => html`<th scope="col">${measureText(language, measure)}</th>`)}
          ${
            compared
              ? html`<th scope="col">${t('difference')}: ${measureText(language, headline)}</th>`
              : nothing
          }
        </tr>
      </thead>
      <tbody>
        ${record.begun.map(
          (variant) =>
            html`<tr class=${variant.id === record.chosen ? 'chosen' : ''}>
              <th scope="row">${rowName(language, record, variant)}</th>
              <td>${seedsCell(language, record, variant)}</td>
              ${measures.map((measure) => html`<td>${cell(language, record, variant, measure)}</td>`)}
              ${
                compared
                  ? html`<td>
                      ${figures(record.difference(variant.id), (value) => differenceText(language, headline, value), language)}
                    </td>`
                  : nothing
              }
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function rowName(
  language: Language,
  { experiment, chosen }: ExperimentRecord,
  variant: Variant,
): TemplateResult {
  const mark = html` <span class="muted">${words(language, 'ui.experiments.chosen')}</span>`;
  return html`${variantText(language, experiment, variant)}${variant.id === chosen ? mark : nothing}`;
}

function seedsCell(language: Language, record: ExperimentRecord, variant: Variant): TemplateResult {
  const runs = record.runsOf(variant.id);
  const diverged = runs.filter((run) => run.diverged).length;
  return html`${formatCount(language, runs.length)}${
    diverged > 0
      ? html`<br /><span class="muted"
            >${words(language, 'ui.experiments.diverged', { count: diverged })}</span
          >`
      : nothing
  }`;
}

function cell(
  language: Language,
  record: ExperimentRecord,
  variant: Variant,
  measure: Measure,
): TemplateResult {
  const summary = record.summary(variant.id, measure.id);
  const missing = record.runsOf(variant.id).length - (summary?.count ?? 0);
  return html`${figures(summary, (value) => measuredText(language, measure, value), language)}${
    missing > 0 && measure.kind === 'steps_to'
      ? html`<br /><span class="muted">
            ${words(language, 'ui.experiments.not_reached', { count: missing, of: record.runsOf(variant.id).length })}
          </span>`
      : nothing
  }`;
}

/** "0.948 ± 0.056", and below it where the mean plausibly lies. */
function figures(
  summary: Summary | null,
  text: (value: number) => string,
  language: Language,
): TemplateResult | string {
  if (!summary) return '–';
  if (!summary.interval) return text(summary.mean);
  const { low, high } = summary.interval;
  const spread = text(summary.deviation).replace('+', '');
  return html`<span class="figure">${text(summary.mean)} ± ${spread}</span><br />
    <span class="muted figure"
      >${words(language, 'ui.experiments.interval', { low: text(low), high: text(high) })}</span
    >`;
}

/** Every run as CSV, numbers in full; the runs that only report have an empty cell for each other measure. */
export function runsCsv(record: ExperimentRecord): string {
  const { experiment } = record;
  const { measures, selection } = experiment;
  const all = selection ? [...measures, selection.report] : measures;
  const rows = [...record.allRuns, ...record.reportedRuns].map((run): Field[] => [
    experiment.id,
    run.variant,
    run.seed,
    ...all.map(({ id }) => run.values[id] ?? null),
  ]);
  return csvOf({ columns: ['experiment', 'variant', 'seed', ...all.map(({ id }) => id)], rows });
}

/** The experiment with its settings, every run, and the reader's answer, as JSON. */
export function runsJson(record: ExperimentRecord, lesson: string, build: string): string {
  const { experiment, settings, phase, chosen, answer } = record;
  const runs = record.allRuns;
  const reported = record.reportedRuns;
  return JSON.stringify(
    { lesson, build, experiment, settings, phase, runs, chosen, reported, answer },
    null,
    1,
  );
}
