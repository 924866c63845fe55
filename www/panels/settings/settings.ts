/** `<ember-settings>`: the panel of declared settings, by group, with the presets and the way back. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Control, Json } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { hasMeaning } from '../../lab/meaning.js';
import { LabPart } from '../../lab/part.js';
import { WantedSetting } from '../../lab/wanted_setting.js';
import { EmberSetting } from './setting.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** Groups in the order of the panel; those of `inside` stand at the look inside. */
const GROUPS: readonly Control['group'][] = ['data', 'model', 'training', 'evaluation'];

export class EmberSettings extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'runs'];
  static override styles = [
    shared,
    css`
      fieldset.group {
        border: 0;
        border-top: 1px solid var(--lab-grid);
        margin: 0.75rem 0 0;
        padding: 0.75rem 0 0;
        min-width: 0;
      }
      legend {
        float: left;
        width: 100%;
        padding: 0;
        margin-bottom: 0.5rem;
        font-weight: 600;
        color: var(--lab-muted);
        font-size: 0.9375rem;
      }
      legend + * {
        clear: both;
      }
      /* Where the panel is wide, the settings would push the charts off the page one below the other. */
      .controls {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
        column-gap: 2rem;
        align-items: start;
      }
      .undo {
        text-align: start;
      }
      ember-setting {
        position: relative;
        margin-bottom: 0.875rem;
      }
    `,
  ];

  private readonly narrow = matchMedia('(max-width: 40rem)').matches;

  constructor() {
    super();
    new WantedSetting(
      this,
      ({ as_written, leads }) => as_written === null && !leads,
      (name) => void this.showSetting(name),
    );
  }

  protected override render(): TemplateResult {
    const { opened, options } = this.session;
    if (!opened) return this.card('settings', this.hint('ui.settings.before'));
    // What repeats a mistake of the document stands in a part of its own, and so does the choice of a task.
    const shown = opened.controls.filter(
      (control) =>
        control.as_written === null &&
        !control.leads &&
        !options.hide.includes(control.name) &&
        // A text is made at a look inside: here it is seen where there is one.
        !(control.type === 'text' && opened.settings[control.name] === control.default) &&
        hasMeaning(control, opened),
    );
    return this.card(
      'settings',
      html`${this.presets(opened.description.presets)} ${this.wayBack()}
      ${this.foldedIfNarrow(
        html`${GROUPS.map((group) => {
          const controls = shown.filter((control) => control.group === group);
          if (controls.length === 0) return nothing;
          return html`<fieldset class="group">
            <legend>${this.t(`groups.${group}`)}</legend>
            <div class="controls">
              ${controls.map((control) => this.setting(control, opened.settings[control.name]!))}
            </div>
          </fieldset>`;
        })}`,
      )}`,
    );
  }

  /** Opens what a setting stands behind and puts the focus on it. */
  async showSetting(name: string): Promise<void> {
    const shown = [...this.renderRoot.querySelectorAll<EmberSetting>('ember-setting')];
    const setting = shown.find((one) => one.control.name === name);
    const folded = setting?.closest('details');
    if (folded) folded.open = true;
    await setting?.updateComplete;
    setting?.focusInput();
  }

  /** On a phone the settings would stand between the Run button and what it does. */
  private foldedIfNarrow(groups: TemplateResult): TemplateResult {
    if (!this.narrow) return groups;
    return html`<details>
      <summary>${this.t('ui.settings.all')}</summary>
      ${groups}
    </details>`;
  }

  private setting(control: Control, value: Json): TemplateResult {
    return html`<ember-setting
      .control=${control}
      .value=${value}
      .language=${this.language}
      ?disabled=${this.session.options.lock.includes(control.name)}
      @setting-change=${({ detail: { name, value }, target }: CustomEvent<{ name: string; value: Json }>) => {
        this.session
          .changeSettings({ [name]: value })
          .catch(() => target instanceof EmberSetting && target.takeBack());
      }}
    ></ember-setting>`;
  }

  private presets(presets: readonly string[]): TemplateResult | typeof nothing {
    if (presets.length === 0 || this.session.options.lock.includes('preset')) return nothing;
    return html`<div class="row" role="group" aria-label=${this.t('ui.settings.presets')}>
      ${presets.map(
        (preset) =>
          html`<button
            type="button"
            @click=${() => void this.session.applyPreset(preset).catch(() => undefined)}
          >
            ${this.t(`presets.${preset}`)}
          </button>`,
      )}
    </div>`;
  }

  private wayBack(): TemplateResult | typeof nothing {
    const before = this.session.runs.old[0];
    if (!before) return nothing;
    return html`<button
      type="button"
      class="quiet undo"
      @click=${() => void this.session.resume(before).catch(() => undefined)}
    >
      ↶ ${this.t('ui.settings.undo')}
    </button>`;
  }
}

define('ember-settings', EmberSettings);
