/**
 * `<ember-device-strip>`: how fast a step is on either device when the reader has it measured, and the way from one to
 * the other in mid-run. Nothing for a lesson that has no choice of device.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Device, DeviceComparison, Opened } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** Reasons for the CPU that leave no other choice on this machine. */
const NO_GPU: ReadonlySet<Device['reason']> = new Set(['no_webgpu', 'no_adapter']);

export class EmberDeviceStrip extends LabPart {
  static override topics: readonly Topic[] = ['status', 'opened', 'progress'];
  static override styles = [
    shared,
    css`
      .strip {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1rem;
        align-items: center;
        font-size: 0.9375rem;
      }
      .strip > div {
        flex: 1 1 14rem;
      }
      .strip p {
        margin: 0;
      }
      button {
        font-size: inherit;
      }
    `,
  ];

  /** What the reader has had measured, and for which network: another one has other figures. */
  @state() private measured: { of: string; comparison: DeviceComparison } | null = null;
  @state() private measuring = false;

  protected override render(): TemplateResult | typeof nothing {
    const { opened } = this.session;
    if (!opened?.description.tensors || opened.description.small) return nothing;
    return html`<div class="strip">
      <div aria-live="polite">${this.figures(opened)}</div>
      ${this.measureButton(opened)} ${this.moveButton(opened)}
    </div>`;
  }

  private figures(opened: Opened): TemplateResult | typeof nothing {
    if (this.measuring) return html`${this.t('ui.device.measuring')}`;
    if (this.measured?.of !== networkOf(opened)) {
      // What was measured when the lab was opened stands beside the device.
      return opened.device.timing ? nothing : this.hint('ui.device.not_measured');
    }
    const { cpu, webgpu, adapter } = this.measured.comparison;
    const time = (value: number | null): string =>
      value === null
        ? this.t('ui.device.none')
        : this.t('ui.device.per_step', { milliseconds: this.number(value, 3) });
    const gpu = this.t('device.kinds.webgpu') + (adapter ? ` (${adapter})` : '');
    return html`<span>${this.t('device.kinds.cpu')}: <b>${time(cpu)}</b></span> ·
      <span>${gpu}: <b>${time(webgpu)}</b></span>`;
  }

  private measureButton(opened: Opened): TemplateResult {
    const { status } = this.session;
    return html`<button
      type="button"
      ?disabled=${this.measuring || status === 'loading' || status === 'training'}
      @click=${() => void this.measure(opened)}
    >
      ${this.t('ui.device.measure')}
    </button>`;
  }

  private async measure(opened: Opened): Promise<void> {
    this.measuring = true;
    try {
      const comparison = await this.session.request('compareDevices', {});
      this.measured = { of: networkOf(opened), comparison };
    } catch (thrown) {
      this.session.report(thrown);
    } finally {
      this.measuring = false;
    }
  }

  private moveButton(opened: Opened): TemplateResult | typeof nothing {
    const { kind, reason } = opened.device;
    if (kind === 'cpu' && NO_GPU.has(reason)) return nothing;
    const other = kind === 'cpu' ? 'webgpu' : 'cpu';
    const { status, finished } = this.session;
    return html`<button
      type="button"
      ?disabled=${this.measuring || status === 'loading' || finished}
      @click=${() => void this.session.moveTo(other).catch(() => undefined)}
    >
      ${this.t(`ui.device.move.${other}`)}
    </button>`;
  }
}

/** What the time of a step depends on. */
function networkOf({ settings }: Opened): string {
  return JSON.stringify(settings);
}

define('ember-device-strip', EmberDeviceStrip);
