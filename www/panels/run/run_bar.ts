/**
 * `<ember-run-bar>`: run, pause, reset and how far the run is, in one line; single steps, speed and device where there is
 * room, or behind a button.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { oneOf, selectOf } from '../../kit/events.js';
import { KeepFocus } from '../../kit/keep_focus.js';
import './device_strip.js';
import './rate_now.js';
import { durationText } from '../../kit/duration.js';
import { TimeLeft } from '../../kit/time_left.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { LessonEntry } from '../lesson_entry.js';
import { RUN_KEYS } from './keys.js';
import { choosePace, PACE_NAMES, paceOf, runOrPause, runText, secondsOf, type Pace } from './pace.js';
import { verdictText } from './verdict.js';
import { waitingBar } from './waiting.js';

export class EmberRunBar extends LabPart {
  static override topics: readonly Topic[] = ['status', 'opened', 'progress', 'runs', 'level'];
  static override styles = [
    shared,
    css`
      .card {
        display: grid;
        gap: 0.5rem;
        padding: 0.5rem 0.75rem;
        position: relative;
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
      /* Along the lower edge: the bar is one line high. */
      .edge {
        position: absolute;
        inset-inline: 0.75rem;
        inset-block-end: 0;
        width: auto;
        height: 0.25rem;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.5rem;
      }
      .line > * {
        flex: none;
      }
      .run {
        min-width: 7rem;
      }
      /* What has no room in the line stands among the details. */
      .line > .figures {
        flex: 1 1 0;
        min-width: 0;
        height: 1.5rem;
        overflow: hidden;
        justify-content: safe end;
      }
      .figures {
        display: flex;
        flex-wrap: wrap;
        gap: 0.125rem 1.25rem;
        font-size: 0.9375rem;
      }
      .more {
        min-width: 2.25rem;
      }
      select {
        max-width: 100%;
      }
      .verdict {
        margin: 0;
        font-size: 0.9375rem;
        max-width: none;
        font-weight: 600;
      }
      /* On a phone the sign alone is seen. */
      @media (max-width: 30rem) {
        .line {
          gap: 0.375rem;
        }
        .line > .figures {
          font-size: 0.875rem;
        }
        .word {
          position: absolute;
          clip-path: inset(50%);
        }
        .verdict {
          font-size: 0.875rem;
          font-weight: 400;
        }
      }
      .keys {
        margin: 0;
        font-size: 0.875rem;
      }
      .name {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) entry: LessonEntry | null = null;
  /** Whether the lab has room for all of it in one line. */
  @property({ type: Boolean }) wide = false;
  @state() private isOpen = false;
  private readonly timeLeft = new TimeLeft();
  protected readonly focusKept = new KeepFocus(this, () =>
    this.renderRoot.querySelector<HTMLElement>('.run'),
  );

  protected override render(): TemplateResult {
    const { session } = this;
    const { status } = session;
    const training = status === 'training';
    const busy = status === 'loading';
    const hasBegun = (session.runs.current?.progress.step ?? 0) > 0;
    const isWaiting = session.compiling !== null || session.loading !== null;
    return html`<section class="card ${this.isOpen ? 'open' : ''}" aria-labelledby="heading">
      <h3 id="heading" class="visually-hidden">${this.t('parts.run')}</h3>
      <div class="line">
        <button
          type="button"
          class="primary run"
          aria-keyshortcuts=${RUN_KEYS.run}
          ?disabled=${busy}
          @click=${() => this.act(runOrPause(session))}
        >
          ${runText(session)}
        </button>
        ${
          hasBegun || this.hasAll
            ? html`<button
                type="button"
                aria-keyshortcuts=${RUN_KEYS.reset}
                ?disabled=${busy || !hasBegun}
                @click=${() => this.act(session.reset())}
              >
                ↺ <span class="word">${this.t('ui.run.reset')}</span>
              </button>`
            : nothing
        }
        ${this.hasAll ? this.extras(busy || training) : nothing}
        <div class="figures">${isWaiting ? nothing : this.briefly()}</div>
        <button
          type="button"
          class="more"
          aria-expanded=${this.isOpen}
          aria-controls="details"
          aria-label=${this.t('ui.run.more')}
          title=${this.t('ui.run.more')}
          @click=${() => (this.isOpen = !this.isOpen)}
        >
          <span aria-hidden="true">⋯</span>
        </button>
      </div>
      ${waitingBar(session) ?? this.progressBar()}
      <div id="details" ?hidden=${!this.isOpen}>${this.isOpen ? this.details() : nothing}</div>
      ${isWaiting ? nothing : this.verdict()}
    </section>`;
  }

  /** Whether steps and speed stand in the line itself, and not behind the button for more. */
  private get hasAll(): boolean {
    return this.isOpen || (this.wide && this.session.level !== 'play');
  }

  /** Single steps, and how fast the others follow each other. */
  private extras(isMoving: boolean): TemplateResult {
    const { session } = this;
    return html`${[1, 10].map(
        (count) =>
          html`<button
            type="button"
            aria-keyshortcuts=${count === 1 ? RUN_KEYS.step : nothing}
            ?disabled=${isMoving || session.finished}
            @click=${() => this.act(session.step(count))}
          >
            ${this.t(count === 1 ? 'ui.run.one_step' : 'ui.run.steps', { count })}
          </button>`,
      )}
      <label class="row"
        ><span class="muted">${this.t('ui.run.pace')}</span
        ><select @change=${this.onPace}>
          ${PACE_NAMES.map(
            (pace) =>
              html`<option value=${pace} .selected=${pace === paceOf(session)}>
                ${this.paceText(pace)}
              </option>`,
          )}
        </select></label
      >`;
  }

  /** A pace by the time that this run takes at it. */
  private paceText(pace: Pace): string {
    const seconds = this.secondsAt(pace);
    const key = pace === 'full' && seconds >= 1 ? 'full_takes' : pace;
    return this.t(`ui.run.paces.${key}`, { time: durationText(this.language, seconds) });
  }

  private details(): TemplateResult {
    const { runs, stepsPerSecond } = this.session;
    const progress = runs.current?.progress;
    return html`<div class="figures">
        ${
          progress && stepsPerSecond > 0 && progress.step > 0
            ? html`<span>${this.t('ui.run.speed', { speed: this.number(stepsPerSecond, 3) })}</span>`
            : nothing
        }
        <span class="muted">${this.device()}</span>
      </div>
      <p class="keys muted">${this.t('ui.run.keys')}</p>
      <ember-rate-now .session=${this.session}></ember-rate-now>
      <ember-device-strip .session=${this.session}></ember-device-strip>`;
  }

  private progressBar(): TemplateResult | typeof nothing {
    const progress = this.session.runs.current?.progress;
    if (!progress) return nothing;
    const { step, totalSteps } = progress;
    return html`<progress
      class="edge"
      aria-label=${this.t('ui.run.progress_label')}
      aria-valuetext=${this.t('ui.run.step_of', { step, total: totalSteps })}
      max=${totalSteps}
      .value=${step}
    ></progress>`;
  }

  /** How far the run is, the most telling first: what has no room in the line is not seen. */
  private briefly(): TemplateResult {
    const { runs, status, stepsPerSecond, recovering } = this.session;
    const progress = runs.current?.progress;
    if (!progress) return html`${this.t(`ui.status.${status}`)}`;
    const { step, totalSteps, epoch, totalEpochs } = progress;
    const ahead = this.secondsAt(paceOf(this.session));
    if (status !== 'training') this.timeLeft.reset();
    const left =
      status === 'training' ? this.timeLeft.of(totalSteps - step, stepsPerSecond, performance.now()) : null;
    // A lesson whose steps are its epochs has no words for these.
    const epochs = this.t('ui.run.epoch_of', { epoch: this.count(epoch), total: this.count(totalEpochs) });
    return html`<b>${this.t(recovering ? 'ui.status.recovering' : `ui.status.${status}`)}</b>
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
      <span>${this.t('ui.run.step_of', { step: this.count(step), total: this.count(totalSteps) })}</span>
      ${epochs === '' ? nothing : html`<span>${epochs}</span>`}`;
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

  /** What a whole run takes at a pace at the least; 0 where that is not known. */
  private secondsAt(pace: Pace): number {
    const { opened, runs } = this.session;
    const steps = runs.current?.progress.totalSteps ?? 0;
    return secondsOf(pace, steps, opened?.description.cost?.milliseconds_per_step);
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
