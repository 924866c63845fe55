/** `<ember-run-bar>`: run, pause, step, reset; how far the run is, how fast, and on which device. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { oneOf, selectOf } from '../../kit/events.js';
import './device_strip.js';
import { durationText } from '../../kit/duration.js';
import { TimeLeft } from '../../kit/time_left.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { LessonEntry } from '../lesson_entry.js';
import { choosePace, PACES, PACE_NAMES, paceOf, runOrPause, runText } from './pace.js';
import { verdictText } from './verdict.js';

export class EmberRunBar extends LabPart {
  static override topics: readonly Topic[] = ['status', 'opened', 'progress', 'runs'];
  static override styles = [
    shared,
    css`
      .card {
        display: grid;
        gap: 0.625rem;
      }
      h3 {
        margin: 0;
      }
      progress {
        width: 100%;
        height: 0.625rem;
        accent-color: var(--lab-accent);
        display: block;
      }
      .run {
        min-width: 7rem;
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 1.25rem;
        font-size: 0.9375rem;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .device {
        margin-inline-start: auto;
        font-size: inherit;
      }
      select {
        max-width: 100%;
      }
      .verdict {
        margin: 0;
        max-width: none;
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) entry: LessonEntry | null = null;
  private readonly timeLeft = new TimeLeft();

  protected override render(): TemplateResult {
    const { session } = this;
    const { status } = session;
    const training = status === 'training';
    const busy = status === 'loading';
    return html`<section class="card" aria-labelledby="heading">
      <h3 id="heading" class="visually-hidden">${this.t('parts.run')}</h3>
      <div class="row">
        <button
          type="button"
          class="primary run"
          ?disabled=${busy}
          @click=${() => this.act(runOrPause(session))}
        >
          ${runText(session)}
        </button>
        ${[1, 10].map(
          (count) =>
            html`<button
              type="button"
              ?disabled=${busy || training || session.finished}
              @click=${() => this.act(session.step(count))}
            >
              ${this.t(count === 1 ? 'ui.run.one_step' : 'ui.run.steps', { count })}
            </button>`,
        )}
        <button
          type="button"
          ?disabled=${busy || (session.runs.current?.progress.step ?? 0) === 0}
          @click=${() => this.act(session.reset())}
        >
          ↺ ${this.t('ui.run.reset')}
        </button>
        <label class="row"
          ><span class="muted">${this.t('ui.run.pace')}</span
          ><select @change=${this.onPace}>
            ${PACE_NAMES.map(
              (pace) =>
                html`<option value=${pace} .selected=${pace === paceOf(session)}>
                  ${this.t(`ui.run.paces.${pace}`, { speed: PACES[pace] })}
                </option>`,
            )}
          </select></label
        >
      </div>
      ${session.compiling ? this.compilingBar() : session.loading ? this.loadingBar() : this.progressBar()}
      <ember-device-strip .session=${session}></ember-device-strip>
    </section>`;
  }

  private loadingBar(): TemplateResult {
    const { loaded, total, unit, file, built } = this.session.loading!;
    if (built) return this.buildingBar(loaded, total, built);
    const isReading = unit === 'pictures';
    const count = (value: number): string => this.count(isReading ? value : value / 1024);
    const fetching = `${file ? 'fetching' : 'loading'}${total > 0 ? '_of' : ''}`;
    const key = isReading ? 'reading' : unit === 'unpacked' ? unit : fetching;
    return html`<progress
        aria-label=${this.t(`ui.run.${key === fetching ? 'loading' : key}_label`)}
        max="1"
        .value=${total > 0 ? loaded / total : 0}
      ></progress>
      <div class="figures name">
        ${this.t(`ui.run.${key}`, { loaded: count(loaded), total: count(total), file: file ?? '' })}
      </div>`;
  }

  /** Only while `cargo xtask serve` still builds the lesson's module. */
  private buildingBar(
    done: number,
    total: number,
    { seconds, waits }: { seconds: number; waits: boolean },
  ): TemplateResult {
    const key = waits ? 'build_waits' : total > 0 ? 'building_of' : 'building';
    return html`<progress
        aria-label=${this.t('ui.run.building_label')}
        max="1"
        .value=${total > 0 ? done / total : 0}
      ></progress>
      <div class="figures name">
        ${this.t(`ui.run.${key}`, { seconds: this.count(seconds), done: this.count(done), all: this.count(total) })}
      </div>`;
  }

  /** The first step on a GPU waits for its programs; how many there will be is known about. */
  private compilingBar(): TemplateResult {
    const { pipelines, expected } = this.session.compiling!;
    const done = Math.min(pipelines, expected);
    return html`<progress
        aria-label=${this.t('ui.run.compiling_label')}
        max=${expected}
        .value=${done}
      ></progress>
      <div class="figures">
        ${this.t('ui.run.compiling', { done: this.count(done), all: this.count(expected) })}
      </div>`;
  }

  private progressBar(): TemplateResult {
    const { runs, status, stepsPerSecond, recovering } = this.session;
    const progress = runs.current?.progress;
    if (!progress) return html`<div class="figures">${this.t(`ui.status.${status}`)}</div>`;
    const { step, totalSteps, epoch, totalEpochs } = progress;
    const ahead = this.secondsOf(totalSteps);
    if (status !== 'training') this.timeLeft.reset();
    const left =
      status === 'training' ? this.timeLeft.of(totalSteps - step, stepsPerSecond, performance.now()) : null;
    // A lesson whose steps are its epochs has no words for these.
    const epochs = this.t('ui.run.epoch_of', { epoch: this.count(epoch), total: this.count(totalEpochs) });
    return html`<progress
        aria-label=${this.t('ui.run.progress_label')}
        aria-valuetext=${this.t('ui.run.step_of', { step, total: totalSteps })}
        max=${totalSteps}
        .value=${step}
      ></progress>
      <div class="figures">
        <b>${this.t(recovering ? 'ui.status.recovering' : `ui.status.${status}`)}</b>
        ${epochs === '' ? nothing : html`<span>${epochs}</span>`}
        <span>${this.t('ui.run.step_of', { step: this.count(step), total: this.count(totalSteps) })}</span>
        ${
          left !== null
            ? html`<span>${this.t('ui.run.time_left', { time: durationText(this.language, left) })}</span>`
            : nothing
        }
        ${
          step === 0 && status === 'ready' && ahead >= 1
            ? html`<span>${this.t('ui.run.will_take', { time: durationText(this.language, ahead) })}</span>`
            : nothing
        }
        ${
          stepsPerSecond > 0 && step > 0
            ? html`<span>${this.t('ui.run.speed', { speed: this.number(stepsPerSecond, 3) })}</span>`
            : nothing
        }
        <span class="device muted">${this.device()}</span>
      </div>
      ${this.verdict()}`;
  }

  /** Why a finished run ended, and what it achieved. */
  private verdict(): TemplateResult | typeof nothing {
    const { opened, runs, finished } = this.session;
    const run = runs.current;
    const split = opened?.description.splits.at(-1);
    const figures = split === undefined ? undefined : run?.results[split];
    if (!finished || !run || split === undefined || !figures) return nothing;
    // The lesson speaks of its own examples; the reader's are rows or pictures like any others.
    const own = run.own === null ? 'verdict.right' : 'ui.verdict.right';
    const key = this.find(own) === null ? 'ui.verdict.right' : own;
    const ended = this.entry?.ended?.(this.session) ?? null;
    return html`<p class="verdict">
      ${ended} ${verdictText(this.language, split, figures, key, opened?.description.headlines)}
    </p>`;
  }

  /** What a whole run takes at the least, by its pace and by what its steps are estimated to cost; 0 where that is not known. */
  private secondsOf(steps: number): number {
    const pace = PACES[paceOf(this.session)];
    const cost = this.session.opened?.description.cost?.milliseconds_per_step ?? 0;
    return Math.max(pace > 0 ? steps / pace : 0, (steps * cost) / 1000);
  }

  private device(): string {
    const { device } = this.session;
    if (!device) return '';
    const name = this.t(`device.kinds.${device.kind}`);
    const reason = this.t(`device.reasons.${device.reason}`);
    const text = this.t('ui.run.device', {
      device: device.adapter ? `${name} (${device.adapter})` : name,
      reason,
    });
    const { timing } = device;
    const figures = timing && { cpu: this.number(timing.cpu, 3), webgpu: this.number(timing.webgpu, 3) };
    return (
      text +
      (figures ? this.t('ui.run.timing', figures) : '') +
      (device.software ? this.t('ui.run.software') : '')
    );
  }

  private readonly onPace = (event: Event): void => {
    choosePace(this.session, oneOf(PACE_NAMES, selectOf(event).value));
    this.requestUpdate();
  };

  /** Errors are shown by the notices, so nothing is left to do with them here. */
  private act(work: Promise<void>): void {
    work.catch(() => undefined);
  }
}

define('ember-run-bar', EmberRunBar);
