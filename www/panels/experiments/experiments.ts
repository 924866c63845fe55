/** `<ember-experiments>`: many runs in the background, with progress, table and chart. */

import { jsonText } from '../../engine/json.js';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { kept } from '../../engine/experiment_runner.js';
import type { Experiment } from '../../engine/protocol.js';
import '../../kit/chart/chart.js';
import { define } from '../../kit/define.js';
import { selectOf, textAreaOf } from '../../kit/events.js';
import { durationText } from '../../kit/duration.js';
import { experimentsOf, SHORTEST_ANSWER, type ExperimentBook } from '../../lab/experiment_book.js';
import { curvesChart, dotsChart, dotsHeight, type DrawnChart } from './experiment_charts.js';
import type { ExperimentRecord } from '../../lab/experiment_record.js';
import { groupsOf, resultTable, runsCsv, runsJson } from './experiment_table.js';
import { experimentText, meaningText, resultText, variantText } from './experiment_words.js';
import { download } from '../../kit/download.js';
import { inNextFrame } from '../../kit/frames.js';
import { legendStyles, lineSign } from '../../kit/legend.js';
import { lineColor } from '../../kit/colors.js';
import { LabPart } from '../../lab/part.js';
import { sameValue } from '../../lab/run.js';
import { optionText, valueText } from '../../lab/run_label.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** The parts of the work after which those who listen are told how far it is. */
const TOLD_SHARES = 4;

export class EmberExperiments extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    legendStyles,
    css`
      select {
        max-width: 100%;
      }
      .choose {
        margin-bottom: 0.75rem;
      }
      .question {
        font-weight: 600;
      }
      progress {
        width: 100%;
        height: 0.625rem;
        accent-color: var(--lab-accent);
        display: block;
        margin-top: 0.75rem;
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 1.25rem;
        font-size: 0.9375rem;
      }
      .outcome {
        margin-top: 1rem;
        display: grid;
        gap: 0.75rem;
        grid-template-columns: minmax(0, 1fr);
      }
      .outcome > p {
        margin: 0;
      }
      .result {
        border-inline-start: 4px solid var(--lab-accent);
        padding-inline-start: 0.75rem;
      }
      .figure {
        white-space: nowrap;
      }
      th {
        min-width: 7rem;
      }
      th:first-child {
        min-width: 6rem;
      }
      th:nth-child(2) {
        min-width: 0;
        white-space: nowrap;
      }
      tr.chosen th,
      tr.chosen td {
        background: var(--lab-background);
      }
      textarea {
        width: 100%;
        min-height: 6rem;
        margin-top: 0.25rem;
      }
      label.answer {
        display: block;
      }
    `,
  ];

  /** The one experiment that is shown, where a text speaks of it; null where the reader chooses. */
  @property() only: string | null = null;
  @state() private chosen = '';
  /** What the reader has chosen of an experiment, by experiment: seeds, the option of its setting, the group shown. */
  private readonly picked = new Map<string, { seeds?: number; option?: string; group?: string }>();
  @state() private spoken = '';
  /** What the reader has written and not handed in yet, by experiment. */
  private readonly drafts = new Map<string, string>();
  private book: ExperimentBook | null = null;
  private stopBook: (() => void) | null = null;
  private toldShare = 0;
  private drawn: { key: string; dots: DrawnChart; curves: DrawnChart | null } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.session) this.followBook();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopBook?.();
    this.stopBook = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('session')) this.followBook();
  }

  private followBook(): void {
    this.stopBook?.();
    this.book = experimentsOf(this.session);
    this.stopBook = this.book.listen(() => inNextFrame(this.refresh));
  }

  protected override render(): TemplateResult {
    const experiments = this.session.opened?.description.experiments ?? [];
    const asked = this.only ?? this.chosen;
    const found = experiments.find(({ id }) => id === asked);
    const experiment = found ?? (this.only === null ? experiments[0] : undefined);
    if (!experiment) return this.card('experiments', this.hint('ui.experiments.before'));
    const record = this.book?.recordOf(experiment) ?? null;
    return this.card(
      'experiments',
      html`${this.only === null ? this.chooser(experiments, experiment) : nothing}
        <p class="question">${experimentText(this.language, experiment, 'question')}</p>
        ${this.choices(experiment)} ${this.buttons(experiment)}
        ${record && this.book?.running === record ? this.progressBar(record) : nothing}
        <div class="visually-hidden" role="status" aria-live="polite">${this.spoken}</div>
        ${record && record.begun.length > 0 ? this.outcome(record) : this.hint('ui.experiments.empty')}`,
    );
  }

  private chooser(experiments: readonly Experiment[], shown: Experiment): TemplateResult {
    return html`<label class="row choose"
      ><span>${this.t('ui.experiments.choose')}</span
      ><select @change=${(event: Event) => (this.chosen = selectOf(event).value)}>
        ${experiments.map(
          (experiment) =>
            html`<option value=${experiment.id} .selected=${experiment.id === shown.id}>
              ${experimentText(this.language, experiment, 'title')}
            </option>`,
        )}
      </select></label
    >`;
  }

  private pick(experiment: Experiment, part: { seeds?: number; option?: string; group?: string }): void {
    this.picked.set(experiment.id, { ...this.picked.get(experiment.id), ...part });
    this.requestUpdate();
  }

  /** What is to be chosen before it begins, where there is something. */
  private choices(experiment: Experiment): TemplateResult | typeof nothing {
    const { choice, seed_counts: counts } = experiment;
    if (!choice && counts.length === 0) return nothing;
    const picked = this.picked.get(experiment.id);
    const select = (
      label: string,
      options: readonly { value: string; text: string }[],
      now: string,
      take: (value: string) => void,
    ): TemplateResult =>
      html`<label class="row"
        ><span>${label}</span
        ><select @change=${(event: Event) => take(selectOf(event).value)}>
          ${options.map(
            ({ value, text }) => html`<option value=${value} .selected=${value === now}>${text}</option>`,
          )}
        </select></label
      >`;
    return html`<div class="row choose">
      ${
        choice
          ? select(
              this.t(`controls.${choice.setting}.label`),
              choice.options.map((value) => ({
                value,
                text: optionText(this.language, choice.setting, value),
              })),
              picked?.option ?? choice.options[0]!,
              (option) => this.pick(experiment, { option }),
            )
          : nothing
      }
      ${
        counts.length > 0
          ? select(
              this.t('ui.experiments.seeds'),
              counts.map((count) => ({ value: String(count), text: this.count(count) })),
              String(picked?.seeds ?? counts[0]),
              (seeds) => this.pick(experiment, { seeds: Number(seeds) }),
            )
          : nothing
      }
    </div>`;
  }

  /** The experiment with as many seeds as are chosen. */
  private asPicked(experiment: Experiment): Experiment {
    const seeds = this.picked.get(experiment.id)?.seeds ?? experiment.seed_counts[0] ?? experiment.seeds;
    return { ...experiment, seeds, seconds: (experiment.seconds * seeds) / experiment.seeds };
  }

  private buttons(declared: Experiment): TemplateResult {
    const experiment = this.asPicked(declared);
    const running = this.book?.running ?? null;
    const here = running?.experiment.id === experiment.id;
    const { seeds, variants, selection } = experiment;
    const each = variants.reduce((sum, { seeded }) => sum + (seeded ? seeds : 1), 0);
    const runs = each + (selection ? seeds : 0);
    const last = this.book?.recordOf(experiment);
    const took = last?.experiment.seeds === seeds ? last.took : null;
    const seconds = took == null ? experiment.seconds : took / 1000;
    return html`<div class="row">
        ${
          here
            ? html`<button type="button" class="primary" @click=${() => this.book!.stop()}>
                ■ ${this.t('ui.experiments.stop')}
              </button>`
            : html`<button
                type="button"
                class="primary"
                ?disabled=${running !== null}
                @click=${() => this.start(declared)}
              >
                ▶ ${this.t('ui.experiments.run')}
              </button>`
        }
        <span class="muted">
          ${this.t('ui.experiments.amount', { runs: this.count(runs), time: durationText(this.language, seconds) })}
        </span>
      </div>
      ${
        running && !here
          ? this.hint('ui.experiments.busy', {
              title: experimentText(this.language, running.experiment, 'title'),
            })
          : nothing
      }`;
  }

  private progressBar(record: ExperimentRecord): TemplateResult {
    const percent = Math.floor(record.share * 100);
    const left = record.secondsLeft;
    return html`<progress
        aria-label=${this.t('ui.experiments.progress')}
        aria-valuetext=${this.t('ui.experiments.percent', { percent })}
        max="1"
        .value=${record.share}
      ></progress>
      <div class="figures">
        <b>${this.t('ui.experiments.percent', { percent })}</b>
        ${
          left === null
            ? nothing
            : html`<span>${this.t('ui.run.time_left', { time: durationText(this.language, left) })}</span>`
        }
      </div>`;
  }

  private outcome(record: ExperimentRecord): TemplateResult {
    const { experiment } = record;
    const meaning = meaningText(this.language, experiment);
    const title = experimentText(this.language, experiment, 'title');
    const { dots, curves } = this.charts(record);
    return html`<div class="outcome">
      ${record.phase === 'stopped' ? this.hint('ui.experiments.stopped') : nothing}
      <p class="result">${resultText(this.language, record)}</p>
      ${meaning === null ? nothing : html`<p class="muted">${meaning}</p>`} ${this.groups(record)}
      ${resultTable(this.language, record, title, this.groupOf(record))}
      <p class="muted">${this.t('ui.experiments.reading')}</p>
      ${this.chart(dots, title, `${experiment.id}-seeds`, dotsHeight(record))}
      ${curves ? this.curves(record, curves) : nothing}
      ${experiment.goal?.kind === 'answered' ? this.answer(record) : nothing}
      <p class="muted">${this.settings(record)}</p>
      <div class="row">
        <button type="button" @click=${() => this.save(record, 'csv')}>
          ${this.t('ui.experiments.csv')}
        </button>
        <button type="button" @click=${() => this.save(record, 'json')}>
          ${this.t('ui.experiments.json')}
        </button>
      </div>
    </div>`;
  }

  /** The group of measures that is shown; null where all are. */
  private groupOf({ experiment }: ExperimentRecord): string | null {
    return this.picked.get(experiment.id)?.group ?? groupsOf(experiment)[0] ?? null;
  }

  private groups(record: ExperimentRecord): TemplateResult | typeof nothing {
    const groups = groupsOf(record.experiment);
    if (groups.length === 0) return nothing;
    const shown = this.groupOf(record);
    return html`<label class="row"
      ><span>${this.t('ui.experiments.shown')}</span
      ><select @change=${(event: Event) => this.pick(record.experiment, { group: selectOf(event).value })}>
        ${groups.map(
          (group) =>
            html`<option value=${group} .selected=${group === shown}>
              ${this.t(`measure_groups.${group}`)}
            </option>`,
        )}
      </select></label
    >`;
  }

  private chart({ content, guide }: DrawnChart, label: string, name: string, height: number): TemplateResult {
    return html`<ember-chart
      .content=${content}
      .guide=${guide}
      .base=${this.session.base}
      .language=${this.language}
      label=${label}
      name="${this.session.options.lesson}-${name}"
      height=${height}
    ></ember-chart>`;
  }

  private curves(record: ExperimentRecord, drawn: DrawnChart): TemplateResult {
    const { experiment } = record;
    const label = this.t('ui.experiments.curves');
    return html`<div>
      <h4>${label}</h4>
      <div class="legend">
        ${experiment.variants.map(
          (variant, index) =>
            html`<span
              >${lineSign(lineColor(this.dark, index), 'solid')}
              ${variantText(this.language, experiment, variant)}</span
            >`,
        )}
      </div>
      ${this.chart(drawn, label, `${experiment.id}-curves`, 280)}
    </div>`;
  }

  /** The settings the runs have been begun with, as far as they are not the usual ones. */
  private settings(record: ExperimentRecord): string {
    const values = kept(record);
    const changed = this.session.controls.filter(
      ({ name, default: usual }) => name in values && name !== 'seed' && !sameValue(values[name], usual),
    );
    const seed = jsonText(record.settings['seed']);
    if (changed.length === 0) return this.t('ui.experiments.usual_settings', { seed });
    const named = changed.map((control) => {
      const value = valueText(this.language, control, values[control.name]!);
      return `${this.t(`controls.${control.name}.label`)} ${value}`;
    });
    const settings = named.join(this.language.code === 'zh' ? '，' : ', ');
    return this.t('ui.experiments.settings', { seed, settings });
  }

  private answer(record: ExperimentRecord): TemplateResult {
    const { id } = record.experiment;
    const text = this.drafts.get(id) ?? record.answer;
    const handedIn = record.answer !== '' && record.answer === text;
    const ready = record.phase === 'finished' && text.trim().length >= SHORTEST_ANSWER && !handedIn;
    return html`<div>
      <label class="answer"
        >${this.t(`experiments.${id}.task`)}
        <textarea
          maxlength="4000"
          .value=${text}
          @input=${(event: Event) => {
            this.drafts.set(id, textAreaOf(event).value);
            this.requestUpdate();
          }}
        ></textarea>
      </label>
      <div class="row">
        <button type="button" ?disabled=${!ready} @click=${() => this.book!.answer(record, text)}>
          ${this.t('ui.experiments.hand_in')}
        </button>
        <span class="muted" role="status">
          ${this.t(handedIn ? 'ui.experiments.handed_in' : 'ui.experiments.answer_help', { count: SHORTEST_ANSWER })}
        </span>
      </div>
    </div>`;
  }

  /** Made anew only when there are other numbers, words or colours: the charts draw what is new to them. */
  private charts(record: ExperimentRecord): { dots: DrawnChart; curves: DrawnChart | null } {
    const key = [record.experiment.id, record.began, record.version, this.language.code, this.dark].join(' ');
    if (this.drawn?.key !== key) {
      const dots = dotsChart(this.language, this.dark, record);
      this.drawn = { key, dots, curves: curvesChart(this.language, this.dark, record) };
    }
    return this.drawn;
  }

  private start(declared: Experiment): void {
    const experiment = this.asPicked(declared);
    const { choice } = experiment;
    const option = choice && (this.picked.get(experiment.id)?.option ?? choice.options[0]!);
    const title = experimentText(this.language, experiment, 'title');
    this.toldShare = 0;
    this.spoken = this.t('ui.experiments.announce_start', { title });
    void this.book!.start(experiment, choice ? { [choice.setting]: option } : {}).then(() =>
      this.tellEnd(experiment),
    );
  }

  private readonly refresh = (): void => {
    const running = this.book?.running;
    const share = running ? Math.floor(running.share * TOLD_SHARES) : 0;
    if (running && share > this.toldShare && share < TOLD_SHARES) {
      this.toldShare = share;
      this.spoken = this.t('ui.experiments.percent', { percent: (100 * share) / TOLD_SHARES });
    }
    this.requestUpdate();
  };

  private tellEnd(experiment: Experiment): void {
    const record = this.book?.recordOf(experiment);
    if (!record) return;
    const ending = this.t(`ui.experiments.announce_${record.phase}`);
    this.spoken = `${ending} ${record.begun.length > 0 ? resultText(this.language, record) : ''}`;
  }

  private save(record: ExperimentRecord, format: 'csv' | 'json'): void {
    const { opened, options } = this.session;
    const name = `${options.lesson}-${record.experiment.id}.${format}`;
    if (format === 'json') {
      download(name, runsJson(record, options.lesson, opened!.versions.build), 'application/json');
    } else {
      // The mark at the beginning tells spreadsheets that the names are UTF-8.
      download(name, '\uFEFF' + runsCsv(record), 'text/csv');
    }
  }
}

define('ember-experiments', EmberExperiments);
