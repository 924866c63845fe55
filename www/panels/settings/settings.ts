/**
 * `<ember-settings>`: the panel of declared settings. The level says how many stand open; what differs from its default
 * is named first, whatever the level, with the way back.
 */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Control, Json, Opened } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { firstNeed } from '../../lab/meaning.js';
import { LabPart } from '../../lab/part.js';
import { optionText } from '../../lab/run_label.js';
import type { LabSession } from '../../lab/session.js';
import type { LessonEntry } from '../lesson_entry.js';
import './changed.js';
import type { SettingShown } from './changed.js';
import './level_choice.js';
import { changedControls, groupsAt, type SettingGroup } from './panel_settings.js';
import { WantedSetting } from '../../lab/wanted_setting.js';
import { EmberSetting } from './setting.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

/** Groups of more settings than these begin folded. */
const MOST_OPEN = 7;

/** What the reader has opened or folded: the groups, and the panel where it stands behind one button. */
interface Folds {
  groups: Map<string, boolean>;
  isOpen: boolean;
}

/** By lab, because a panel is made anew where the width of the lab gives it another place. */
const FOLDS = new WeakMap<LabSession, Folds>();

function foldsOf(session: LabSession): Folds {
  const folds = FOLDS.get(session) ?? { groups: new Map(), isOpen: false };
  FOLDS.set(session, folds);
  return folds;
}

export class EmberSettings extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'runs', 'level'];
  static override styles = [
    shared,
    css`
      .group {
        border-top: 1px solid var(--lab-grid);
        padding-top: 0.5rem;
        min-width: 0;
      }
      .group > summary {
        font-weight: 600;
        padding-block: 0.25rem;
        margin-bottom: 0.25rem;
      }
      .count {
        font-weight: 400;
      }
      /* Where the panel is wide, the settings would push the charts off the page one below the other. */
      .controls {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 15rem), 1fr));
        column-gap: 2rem;
        align-items: start;
      }
      .presets {
        margin-bottom: 0.75rem;
      }
      .need {
        margin-bottom: 0.75rem;
        font-size: 0.9375rem;
      }
      .presets button {
        text-align: start;
      }
      .undo {
        text-align: start;
      }
      ember-setting {
        position: relative;
        margin-bottom: 0.875rem;
      }
      .own {
        grid-column: 1 / -1;
        margin-bottom: 0.875rem;
      }
      .fold > summary {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        min-height: 2.75rem;
        color: var(--lab-text);
        font-weight: 600;
      }
      .fold > summary::before {
        content: '▸';
      }
      .fold[open] > summary::before {
        content: '▾';
      }
    `,
  ];

  @property({ attribute: false }) entry: LessonEntry | null = null;
  /** Whether all of it stands behind one button: between Run and what it does it would be in the way. */
  @property({ type: Boolean }) folded = false;
  /** The setting that was asked for last, where it has no meaning with the others as they are. */
  @state() private meaningless: string | null = null;

  constructor() {
    super();
    new WantedSetting(
      this,
      ({ as_written, leads }) => as_written === null && !leads,
      (name) => void this.showSetting(name),
    );
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const { opened } = this.session;
    const control = opened?.controls.find(({ name }) => name === this.meaningless);
    // Said once: it counts now, or the lab is another one.
    if (!opened || !control || firstNeed(control, opened) === null) this.meaningless = null;
  }

  protected override render(): TemplateResult {
    const { opened, options } = this.session;
    if (!opened) return this.card('settings', this.hint('ui.settings.before'));
    const changed = changedControls(opened, options.hide);
    const content = html`<ember-level-choice .session=${this.session}></ember-level-choice>
      ${this.need(opened)} ${this.presets(opened.description.presets)} ${this.wayBack()}
      <ember-changed-settings
        .session=${this.session}
        .controls=${changed}
        @setting-shown=${({ detail }: CustomEvent<SettingShown>) => void this.showSetting(detail.name)}
      ></ember-changed-settings>
      ${this.groups(opened).map((group) => this.group(group, opened))}`;
    if (!this.folded) return this.card('settings', content);
    return html`<section class="card" aria-labelledby="heading">
      <h3 id="heading" class="visually-hidden">${this.t('parts.settings')}</h3>
      <details
        class="fold"
        .open=${foldsOf(this.session).isOpen}
        @toggle=${(event: Event) => (foldsOf(this.session).isOpen = isOpenNow(event))}
      >
        <summary>
          ${this.t('parts.settings')}
          ${changed.length > 0 ? html`<span class="muted count">${this.changedText(changed.length)}</span>` : nothing}
        </summary>
        ${content}
      </details>
    </section>`;
  }

  /** Opens what a setting stands behind and puts the focus on it. */
  async showSetting(name: string): Promise<void> {
    const { opened } = this.session;
    const control = opened?.controls.find((one) => one.name === name);
    if (!opened || !control) return;
    // Nowhere to be seen: it is said why, and what to do.
    this.meaningless = firstNeed(control, opened) ? name : null;
    if (this.meaningless) {
      foldsOf(this.session).isOpen = true;
      await this.updateComplete;
      const note = this.renderRoot.querySelector<HTMLElement>('.need');
      note?.scrollIntoView({ block: 'nearest' });
      return (note?.querySelector('button') ?? note)?.focus();
    }
    const holds = ({ controls }: SettingGroup): boolean => controls.some((one) => one.name === name);
    if (!this.groups(opened).some(holds)) this.session.chooseLevel('everything');
    const group = this.groups(opened).find(holds);
    if (!group) return;
    const folds = foldsOf(this.session);
    if (group.name !== null) folds.groups.set(group.name, true);
    folds.isOpen = true;
    this.requestUpdate();
    await this.updateComplete;
    const own = this.ownElement(name);
    if (own) {
      own.scrollIntoView({ block: 'nearest' });
      return own.focus();
    }
    const shown = this.renderRoot.querySelectorAll<EmberSetting>('ember-setting');
    const setting = [...shown].find((one) => one.control.name === name);
    await setting?.updateComplete;
    setting?.focusInput();
  }

  /** The lesson's own element for a setting, which may hold others beside it. */
  private ownElement(name: string): HTMLElement | null {
    const settings = this.entry?.settings ?? {};
    if (settings[name] === undefined) return null;
    const places = Object.keys(settings).map((one) =>
      this.renderRoot.querySelector<HTMLElement>(`[data-setting="${one}"] > *`),
    );
    return places.find((place) => place !== null) ?? null;
  }

  /** What a setting that was asked for needs before it counts, and the way there. */
  private need(opened: Opened): TemplateResult | typeof nothing {
    const control = opened.controls.find(({ name }) => name === this.meaningless);
    const need = control && firstNeed(control, opened);
    if (!need) return nothing;
    const texts = need.options.map((option) => optionText(this.language, need.setting, option));
    const fill = {
      name: this.t(`controls.${control.name}.label`),
      setting: this.t(`controls.${need.setting}.label`),
      options: texts.join(this.t('ui.settings.or')),
    };
    const choose = async (): Promise<void> => {
      await this.session.changeSettings({ [need.setting]: need.options[0]! });
      await this.showSetting(control.name);
    };
    return html`<div class="need" role="status" tabindex="-1">
      ${this.t('ui.settings.counts_with', fill)}
      ${
        this.session.options.lock.includes(need.setting)
          ? nothing
          : html`<button type="button" @click=${() => void choose().catch(() => undefined)}>
              ${this.t('ui.settings.choose', { option: texts[0]! })}
            </button>`
      }
    </div>`;
  }

  private groups(opened: Opened): SettingGroup[] {
    const levels = this.entry?.levels ?? { play: [], tune: [] };
    return groupsAt(this.session.level, levels, opened, this.session.options.hide);
  }

  private group({ name, controls, changed }: SettingGroup, opened: Opened): TemplateResult {
    const settings = html`<div class="controls">
      ${repeat(
        controls,
        (control) => control.name,
        (control) => this.setting(control, opened.settings[control.name]!),
      )}
    </div>`;
    if (name === null) return settings;
    return html`<details
      class="group"
      .open=${foldsOf(this.session).groups.get(name) ?? controls.length <= MOST_OPEN}
      @toggle=${(event: Event) => foldsOf(this.session).groups.set(name, isOpenNow(event))}
    >
      <summary>
        ${this.t(`groups.${name}`)}
        <span class="muted count"
          >${this.t('ui.settings.of_group', { count: this.count(controls.length) })}${
            changed > 0 ? ` · ${this.changedText(changed)}` : nothing
          }</span
        >
      </summary>
      ${settings}
    </details>`;
  }

  private changedText(count: number): string {
    return this.t('ui.settings.changed_count', { count: this.count(count) });
  }

  private setting(control: Control, value: Json): TemplateResult | typeof nothing {
    const own = this.entry?.settings?.[control.name];
    if (own === null) return nothing;
    if (own) return html`<div class="own" data-setting=${control.name}>${own(this.session)}</div>`;
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

  /** Where few handles are wanted, the presets are one. */
  private presets(presets: readonly string[]): TemplateResult | typeof nothing {
    if (presets.length === 0 || this.session.options.lock.includes('preset')) return nothing;
    const buttons = html`<div class="row presets" role="group" aria-label=${this.t('ui.settings.presets')}>
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
    if (this.session.level !== 'play') return buttons;
    return html`<details class="few">
      <summary>${this.t('ui.settings.presets')}</summary>
      ${buttons}
    </details>`;
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

/** Whether what a `toggle` speaks of is open now. */
function isOpenNow({ currentTarget }: Event): boolean {
  return currentTarget instanceof HTMLDetailsElement && currentTarget.open;
}

define('ember-settings', EmberSettings);
