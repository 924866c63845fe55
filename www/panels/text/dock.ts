/** `<ember-dock>`: the run bar of whoever reads: run or pause, step, reset, progress, the loss as a line, undo. */

import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { durationText } from '../../kit/duration.js';
import { KeepFocus } from '../../kit/keep_focus.js';
import { shared, tokens } from '../../kit/styles.js';
import { TimeLeft } from '../../kit/time_left.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { runOrPause, runText } from '../run/pace.js';
import { sparkPoints } from './spark.js';

/** Size of the line in CSS pixels. */
const SPARK = { width: 96, height: 28 };

export class EmberDock extends LabPart {
  static override topics: readonly Topic[] = ['status', 'opened', 'progress', 'runs'];
  static override styles = [
    shared,
    tokens,
    css`
      :host {
        position: fixed;
        inset-block-end: 0.75rem;
        inset-inline-end: 0.75rem;
        z-index: 20;
        max-width: calc(100vw - 1.5rem);
      }
      .dock {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.25rem 0.5rem;
        background: var(--lab-surface);
        border: 1px solid var(--lab-border);
        border-radius: 0.75rem;
        padding: 0.375rem 0.5rem;
        box-shadow: 0 2px 10px rgb(0 0 0 / 18%);
        font-size: 0.875rem;
      }
      .run {
        min-width: 6.5rem;
      }
      .told {
        min-width: 7.5rem;
      }
      progress {
        display: block;
        width: 100%;
        height: 0.25rem;
        accent-color: var(--lab-accent);
      }
      polyline {
        fill: none;
        stroke: var(--lab-accent);
        stroke-width: 1.5;
      }
      @media print {
        :host {
          display: none;
        }
      }
      @media (max-width: 40rem) {
        .spark,
        .step {
          display: none;
        }
        .told {
          min-width: 6rem;
        }
      }
    `,
  ];

  /** Other Run buttons that are in view: one is enough. */
  @state() private inView: ReadonlySet<Element> = new Set();
  private readonly timeLeft = new TimeLeft();
  protected readonly focusKept = new KeepFocus(this, () =>
    this.renderRoot.querySelector<HTMLElement>('.run'),
  );
  private readonly observer = new IntersectionObserver((entries) => {
    const inView = new Set(this.inView);
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) inView.add(target);
      else inView.delete(target);
    }
    this.inView = inView;
  });

  /** The dock makes room while this element, which runs the lab too, is in view. */
  watch(other: Element): void {
    this.observer.observe(other);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this;
    const progress = session.runs.current?.progress;
    // Nobody has run anything yet, or can do so right here.
    if (!progress || this.inView.size > 0 || (progress.step === 0 && session.runs.old.length === 0))
      return nothing;
    const isBusy = session.status === 'loading';
    const act = (work: Promise<void>): void => void work.catch(() => undefined);
    const before = session.runs.old[0];
    return html`<section class="dock" aria-label=${this.t('ui.text.dock')}>
      <button type="button" class="primary run" ?disabled=${isBusy} @click=${() => act(runOrPause(session))}>
        ${runText(session)}
      </button>
      <button
        type="button"
        class="step"
        ?disabled=${isBusy || session.status === 'training' || session.finished}
        title=${this.t('ui.run.one_step')}
        aria-label=${this.t('ui.run.one_step')}
        @click=${() => act(session.step(1))}
      >
        <span aria-hidden="true">▸❘</span>
      </button>
      <button
        type="button"
        ?disabled=${isBusy || progress.step === 0}
        title=${this.t('ui.run.reset')}
        aria-label=${this.t('ui.run.reset')}
        @click=${() => act(session.reset())}
      >
        <span aria-hidden="true">↺</span>
      </button>
      ${
        before
          ? html`<button
              type="button"
              ?disabled=${isBusy}
              title=${this.t('ui.settings.undo')}
              aria-label=${this.t('ui.settings.undo')}
              @click=${() => act(session.resume(before))}
            >
              <span aria-hidden="true">↶</span>
            </button>`
          : nothing
      }
      <div class="told">
        ${this.told()}
        <progress
          aria-label=${this.t('ui.run.progress_label')}
          max=${progress.totalSteps}
          .value=${progress.step}
        ></progress>
      </div>
      ${this.spark()}
    </section>`;
  }

  private told(): string {
    const { status, stepsPerSecond, runs } = this.session;
    const { step, totalSteps } = runs.current!.progress;
    if (status !== 'training') {
      this.timeLeft.reset();
      return this.t('ui.text.step_of', { step: this.count(step), total: this.count(totalSteps) });
    }
    const left = this.timeLeft.of(totalSteps - step, stepsPerSecond, performance.now());
    if (left === null) return this.t(`ui.status.${status}`);
    return this.t('ui.run.time_left', { time: durationText(this.language, left) });
  }

  /** The lesson's first curve. */
  private spark(): TemplateResult | typeof nothing {
    const { opened, runs } = this.session;
    const chart = opened?.description.charts[0];
    const metric = opened?.description.metrics.find((one) => one.chart === chart?.id);
    const series = metric && runs.current?.series.get(metric.name);
    if (!series || series.steps.length < 2) return nothing;
    const { width, height } = SPARK;
    return html`<svg
      class="spark"
      width=${width}
      height=${height}
      role="img"
      aria-label=${this.t(`metrics.${metric.name}`)}
    >
      ${svg`<polyline points=${sparkPoints(series, width, height)}></polyline>`}
    </svg>`;
  }
}

define('ember-dock', EmberDock);
