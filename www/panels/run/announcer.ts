/**
 * `<ember-announcer>`: tells those who listen instead of looking that a run starts, how far it is, and how it
 * ended; progress every tenth of the run, and not more often than every five seconds.
 */

import { html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { metricText } from '../../looks/rows/accuracy.js';
import { define } from '../../kit/define.js';
import { LabPart } from '../../lab/part.js';
import type { Status } from '../../lab/lab_events.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

const QUIET_MS = 5000;

export class EmberAnnouncer extends LabPart {
  static override topics: readonly Topic[] = ['status', 'progress', 'runs'];
  static override styles = shared;

  @state() private spoken = '';
  private status: Status = 'idle';
  private tenth = 0;
  private lastSpoken = -Infinity;

  protected override topicChanged(): void {
    const { status, runs } = this.session;
    const progress = runs.current?.progress;
    const fill = { step: progress?.step ?? 0, total: progress?.totalSteps ?? 0, epoch: progress?.epoch ?? 0 };
    if (status !== this.status) {
      this.status = status;
      this.tenth = progress ? Math.floor((10 * progress.step) / progress.totalSteps) : 0;
      const key = `ui.announce.${status}`;
      if (this.find(key) !== null) this.speak(this.t(key, { ...fill, figures: this.figures() }));
    } else if (status === 'training' && progress) {
      const tenth = Math.floor((10 * progress.step) / progress.totalSteps);
      if (tenth > this.tenth && performance.now() - this.lastSpoken >= QUIET_MS) {
        this.tenth = tenth;
        this.speak(this.t('ui.announce.progress', { ...fill, percent: tenth * 10 }));
      }
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="visually-hidden" role="status" aria-live="polite">${this.spoken}</div>`;
  }

  /** The latest value of each metric, in words. */
  private figures(): string {
    const { opened, runs } = this.session;
    const run = runs.current;
    const texts = (opened?.description.metrics ?? []).flatMap((metric) => {
      const value = run?.progress.metrics[metric.name] ?? null;
      if (!run || value === null) return [];
      return [`${this.t(`metrics.${metric.name}`)} ${metricText(this.session, run, metric, value)}`];
    });
    return texts.join(this.language.code === 'zh' ? '，' : ', ');
  }

  private speak(text: string): void {
    this.spoken = text;
    this.lastSpoken = performance.now();
  }
}

define('ember-announcer', EmberAnnouncer);
