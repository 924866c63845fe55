/** `<ember-run-bar>`: run, pause, step, reset; how far the run is, how fast, and on which device. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from './define.js';
import './device_strip.js';
import { durationText } from './duration.js';
import { LabPart } from './part.js';
import { shared } from './styles.js';
import type { Topic } from './topics.js';

/** Speeds of the Run button in steps per second; 0 is as fast as the machine can. */
const PACES = { slow: 20, watch: 200, full: 0 } as const;
type Pace = keyof typeof PACES;

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
            ${(Object.keys(PACES) as Pace[]).map(
              (pace) =>
                html`<option value=${pace} .selected=${pace === this.pace}>
                  ${this.t(`ui.run.paces.${pace}`, { speed: PACES[pace] })}
                </option>`,
            )}
          </select></label
        >
      </div>
      ${session.loading ? this.loadingBar() : this.progressBar()}
      <ember-device-strip .session=${session}></ember-device-strip>
    </section>`;
  }

  private runLabel(): string {
    return this.t(this.session.status === 'paused' ? 'ui.run.resume' : 'ui.run.start');
  }

  private loadingBar(): TemplateResult {
    const { loaded, total } = this.session.loading!;
    const kilobytes = { loaded: this.count(loaded / 1024), total: this.count(total / 1024) };
    const text = this.t(total > 0 ? 'ui.run.loading_of' : 'ui.run.loading', kilobytes);
    return html`<progress
        aria-label=${this.t('ui.run.loading_label')}
        max="1"
        .value=${total > 0 ? loaded / total : 0}
      ></progress>
      <div class="figures">${text}</div>`;
  }

  private progressBar(): TemplateResult {
    const { runs, status, stepsPerSecond, recovering } = this.session;
    const progress = runs.current?.progress;
    if (!progress) return html`<div class="figures">${this.t(`ui.status.${status}`)}</div>`;
    const { step, totalSteps, epoch, totalEpochs } = progress;
    const left = stepsPerSecond > 0 ? (totalSteps - step) / stepsPerSecond : null;
    return html`<progress
        aria-label=${this.t('ui.run.progress_label')}
        aria-valuetext=${this.t('ui.run.step_of', { step, total: totalSteps })}
        max=${totalSteps}
        .value=${step}
      ></progress>
      <div class="figures">
        <b>${this.t(recovering ? 'ui.status.recovering' : `ui.status.${status}`)}</b>
        <span>
          ${this.t('ui.run.epoch_of', { epoch: this.count(epoch), total: this.count(totalEpochs) })}
        </span>
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
    return device.software ? text + this.t('ui.run.software') : text;
  }

  private readonly onPace = (event: Event): void => {
    this.pace = (event.target as HTMLSelectElement).value as Pace;
    if (this.session.status === 'training') this.session.setPace(PACES[this.pace]);
  };

  /** Errors are shown by the notices, so nothing is left to do with them here. */
  private act(work: Promise<void>): void {
    work.catch(() => undefined);
  }
}

define('ember-run-bar', EmberRunBar);
