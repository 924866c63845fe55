/**
 * `<ember-changed-settings>`: the settings that differ from their defaults, each with its value and the way back. Its
 * name leads to the setting: `setting-shown` with `{name}`.
 */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Control } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { KeepFocus } from '../../kit/keep_focus.js';
import { shared } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { valueText } from '../../lab/run_label.js';

export interface SettingShown {
  name: string;
}

export class EmberChangedSettings extends LabPart {
  static override styles = [
    shared,
    css`
      /* Room for a row: the first change moves nothing. */
      :host {
        min-height: 2.5rem;
        margin-bottom: 0.5rem;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.375rem;
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: inline-flex;
        align-items: center;
        max-width: 100%;
        border: 1px solid var(--lab-accent);
        border-radius: 1.125rem;
        padding-inline-start: 0.625rem;
        font-size: 0.875rem;
      }
      li > :first-child {
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      button {
        border: 0;
        background: none;
        padding: 0;
        min-height: 2rem;
        font-size: inherit;
      }
      .back {
        min-width: 2rem;
        color: var(--lab-accent);
      }
      .none {
        line-height: 2.25rem;
        font-size: 0.875rem;
      }
    `,
  ];

  @property({ attribute: false }) controls: readonly Control[] = [];
  protected readonly focusKept = new KeepFocus(
    this,
    () => this.renderRoot.querySelector<HTMLElement>('button') ?? this.renderRoot.querySelector('.none'),
  );

  protected override render(): TemplateResult | typeof nothing {
    const { opened } = this.session;
    if (!opened) return nothing;
    if (this.controls.length === 0)
      return html`<div class="none muted" tabindex="-1">${this.t('ui.settings.all_default')}</div>`;
    return html`<ul aria-label=${this.t('ui.settings.changed')}>
      ${this.controls.map((control) => this.change(control, opened.settings[control.name] ?? null))}
    </ul>`;
  }

  private change(control: Control, value: Parameters<typeof valueText>[2]): TemplateResult {
    const name = this.t(`controls.${control.name}.label`);
    const text = this.t('ui.settings.changed_value', {
      name,
      value: valueText(this.language, control, value),
    });
    const back = this.t('ui.settings.restore_named', {
      name,
      value: valueText(this.language, control, control.default),
    });
    return html`<li>
      ${
        control.as_written === null
          ? html`<button type="button" title=${text} @click=${() => this.show(control.name)}>${text}</button>`
          : // It is no setting of this panel: the part of mistakes has its switch.
            html`<span title=${text}>${text}</span>`
      }
      ${
        this.session.options.lock.includes(control.name)
          ? html`<span class="back"></span>`
          : html`<button
              type="button"
              class="back"
              title=${back}
              aria-label=${back}
              @click=${() =>
                void this.session.changeSettings({ [control.name]: control.default }).catch(() => undefined)}
            >
              <span aria-hidden="true">↺</span>
            </button>`
      }
    </li>`;
  }

  private show(name: string): void {
    const detail: SettingShown = { name };
    this.dispatchEvent(new CustomEvent('setting-shown', { detail, bubbles: true }));
  }
}

define('ember-changed-settings', EmberChangedSettings);
