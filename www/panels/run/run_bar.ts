/** `<ember-run-bar>`: run, pause, step, reset; how far the run is, how fast, and on which device. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { oneOf, selectOf } from '../../kit/events.js';
import './device_strip.js';
import { durationText } from '../../kit/duration.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** Speeds of the Run button in steps per second; 0 is as fast as the machine can. */
const PACES = { slow: 20, watch: 200, full: 0 } as const;
type Pace = keyof typeof PACES;
const PACE_NAMES: readonly Pace[] = ['slow', 'watch', 'full'];

export class EmberRunBar extends LabPart {
  static override topics: readonly Topic[] = ['status', 'opened', 'progress'];
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
    `,
  ];

  @state() private pace: Pace = 'watch';

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
          ?disabled=${busy || (session.finished && !training)}
          @click=${() => this.act(training ? session.pause() : session.start(PACES[this.pace]))}
        >
          ${training ? `❚❚ ${this.t('ui.run.pause')}` : `▶ ${this.runLabel()}`}
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
                html`<option value=${pace} .selected=${pace === this.pace}>
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

  private runLabel(): string {
    return this.t(this.session.status === 'paused' ? 'ui.run.resume' : 'ui.run.start');
  }

  private loadingBar(): TemplateResult {
    const { loaded, total, unit, file, built } = this.session.loading!;
    if (built) return this.buildingBar(loaded, total, built);
    const isReading = unit === 'pictures';
    const count = (value: number): string => this.count(isReading ? value : value / 1024);
    const key = isReading ? 'reading' : `${file ? 'fetching' : 'loading'}${total > 0 ? '_of' : ''}`;
    return html`<progress
        aria-label=${this.t(isReading ? 'ui.run.reading_label' : 'ui.run.loading_label')}
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
    const left = stepsPerSecond > 0 ? (totalSteps - step) / stepsPerSecond : null;
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
          status === 'training' && left !== null
            ? html`<span>${this.t('ui.run.time_left', { time: durationText(this.language, left) })}</span>`
            : nothing
        }
        ${
          stepsPerSecond > 0 && step > 0
            ? html`<span>${this.t('ui.run.speed', { speed: this.number(stepsPerSecond, 3) })}</span>`
            : nothing
        }
        <span class="device muted">${this.device()}</span>
      </div>`;
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
    this.pace = oneOf(PACE_NAMES, selectOf(event).value);
    if (this.session.status === 'training') this.session.setPace(PACES[this.pace]);
  };

  /** Errors are shown by the notices, so nothing is left to do with them here. */
  private act(work: Promise<void>): void {
    work.catch(() => undefined);
  }
}

define('ember-run-bar', EmberRunBar);
