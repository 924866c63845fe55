/** `<ember-lab-view>`: all parts of a lab in their places. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { EmberError, failure } from '../engine/failure.js';
import './run/announcer.js';
import './charts/charts.js';
import { define } from '../kit/define.js';
import './goals/goals.js';
import './inside/inside.js';
import './judgement/judgement.js';
import './run/messages.js';
import type { Part } from '../lab/options.js';
import './run/run_bar.js';
import type { LessonEntry } from './lesson_entry.js';
import type { LabSession } from '../lab/session.js';
import './settings/settings.js';
import { shared, tokens } from '../kit/styles.js';
import './settings/task.js';
import { isDark, onThemeChange, themeColors } from '../kit/theme.js';
import { words } from '../kit/words.js';

/** Width in CSS pixels from which the settings stand beside the rest. */
const WIDE_PX = 860;

export class EmberLabView extends LitElement {
  static override styles = [
    tokens,
    shared,
    css`
      :host {
        background: var(--lab-background);
        border-radius: 0.5rem;
      }
      .lab {
        display: grid;
        gap: 1rem;
      }
      /* The run bar stays at hand while the reader looks at what it does. */
      ember-run-bar {
        position: sticky;
        top: 0;
        z-index: 10;
      }
      .work,
      .main {
        display: grid;
        gap: 1rem;
        min-width: 0;
      }
      .work > * {
        min-width: 0;
      }
      /* Settings and goals stand beside the rest, one below the other, in the order they are read. */
      .wide .work {
        grid-template-columns: minmax(15rem, 1fr) minmax(0, 3.2fr);
        grid-template-rows: auto 1fr;
      }
      .wide ember-settings,
      .wide ember-goals {
        grid-column: 1;
        align-self: start;
      }
      .wide .main {
        grid-column: 2;
        grid-row: 1 / span 2;
      }
      .wide .alone {
        grid-column: 1 / -1;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
        gap: 1rem;
        align-items: start;
      }
      .pair > * {
        height: 100%;
      }
      ember-own-pictures,
      ember-own-ratings,
      ember-own-sequences,
      ember-own-table,
      ember-judgement,
      ember-mistakes {
        grid-column: 1 / -1;
      }
      @media (max-width: 40rem), (max-height: 40rem) {
        ember-run-bar {
          position: static;
        }
      }
      /* On paper the lab is what it shows, without what one sets and presses. */
      @media print {
        ember-announcer,
        ember-run-bar,
        ember-settings,
        ember-task,
        ember-experiments,
        ember-goals,
        ember-code,
        ember-export,
        ember-share,
        ember-own-pictures,
        ember-own-ratings,
        ember-own-sequences,
        ember-own-table {
          display: none;
        }
        .wide .main {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: LabSession;
  /** What lessons bring, by their names; none for a lesson that there is not, which the engine says when it is opened. */
  @property({ attribute: false }) entries: ReadonlyMap<string, LessonEntry> = new Map();
  /** Whether there is room for two columns; the lab's own width counts, wherever it stands. */
  @state() private wide = false;
  private readonly resizes = new ResizeObserver(([entry]) => {
    const wide = entry!.contentRect.width >= WIDE_PX;
    // In the next frame: what changes sizes while they are being told is an error to browsers.
    requestAnimationFrame(() => (this.wide = wide));
  });
  private stopTheme: (() => void) | null = null;
  private stopListening: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.readTheme());
    this.stopListening = this.session.topics.listen(['words', 'opened'], () => this.requestUpdate());
    this.readTheme();
    this.resizes.observe(this);
  }

  protected override firstUpdated(): void {
    // Their elements are there at once and come to life with their scripts.
    import('./lower.js').catch((thrown: unknown) => this.session.report(thrown));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.stopListening?.();
    this.resizes.disconnect();
  }

  protected override render(): TemplateResult {
    const { session } = this;
    // While another lesson is being opened, and where it cannot be had, the one before is shown.
    const entry = this.entries.get(session.opened?.description.id ?? session.options.lesson) ?? null;
    const language = session.language;
    const { figure } = session.options;
    if (figure !== null) return this.alone(figure, entry);
    // Before a lab is open nobody knows what it will have to show.
    const parts = session.opened?.description.parts;
    const shown = (part: Part): boolean =>
      !session.options.hide.includes(part) && (parts?.includes(part) ?? true);
    const when = (part: Part, content: () => TemplateResult): TemplateResult | typeof nothing =>
      shown(part) ? content() : nothing;
    // What shows the lesson's kind of data and of model is the lesson's own.
    const lessons = (
      part: Part,
      name: 'data' | 'own' | 'model' | 'predict',
    ): TemplateResult | typeof nothing => when(part, () => entry?.parts[name]?.(session) ?? html``);
    return html`<div lang=${language.code === 'zh' ? 'zh-CN' : 'en'} @link-dropped=${this.onLink}>
      <h2 class="visually-hidden">${words(language, 'ui.lab.heading')}</h2>
      <ember-announcer .session=${session}></ember-announcer>
      <ember-messages .session=${session}></ember-messages>
      <div class=${this.wide ? 'lab wide' : 'lab'}>
        ${when('settings', () => html`<ember-task .session=${session}></ember-task>`)}
        ${when('run', () => html`<ember-run-bar .session=${session} .entry=${entry}></ember-run-bar>`)}
        <div class="work">
          ${when('settings', () => html`<ember-settings .session=${session}></ember-settings>`)}
          <div class=${shown('settings') || shown('goals') ? 'main' : 'main alone'}>
            ${when('charts', () => html`<ember-charts .session=${session}></ember-charts>`)}
            <div class="pair">
              ${when('inside', () => html`<ember-inside .session=${session} .entry=${entry}></ember-inside>`)}
              ${lessons('model', 'model')} ${lessons('data', 'data')} ${lessons('predict', 'predict')}
              ${lessons('data', 'own')}
              ${when('judgement', () => html`<ember-judgement .session=${session} .entry=${entry}></ember-judgement>`)}
              ${when('mistakes', () => html`<ember-mistakes .session=${session}></ember-mistakes>`)}
            </div>
            ${when('experiments', () => html`<ember-experiments .session=${session}></ember-experiments>`)}
          </div>
          ${when('goals', () => html`<ember-goals .session=${session}></ember-goals>`)}
        </div>
        ${when('code', () => html`<ember-code .session=${session} .beside=${entry?.parts.beside_code ?? null}></ember-code>`)}
        <div class="pair">
          ${when('export', () => html`<ember-export .session=${session}></ember-export>`)}
          ${when('share', () => html`<ember-share .session=${session}></ember-share>`)}
        </div>
      </div>
    </div>`;
  }

  /** One figure and nothing else; what is said of the lab is said there too. */
  private alone(figure: string, entry: LessonEntry | null): TemplateResult {
    const { session } = this;
    // The element is there at once and comes to life with its script.
    import('./text/figure.js').catch((thrown: unknown) => session.report(thrown));
    return html`<div lang=${session.language.code === 'zh' ? 'zh-CN' : 'en'}>
      <ember-announcer .session=${session}></ember-announcer>
      <ember-messages .session=${session}></ember-messages>
      <ember-figure alone .name=${figure} .session=${session} .entry=${entry}></ember-figure>
    </div>`;
  }

  private readonly onLink = (): void => {
    this.session.report(new EmberError(failure('only_a_link', 'A link was dropped, and no file.')));
  };

  private readTheme(): void {
    const dark = isDark(themeColors(this).background);
    // Fields and scroll bars follow the lab, whatever the page around it does.
    this.style.colorScheme = dark ? 'dark' : 'light';
    if (dark === this.session.dark) return;
    this.session.dark = dark;
    this.session.topics.announce('words');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ember-lab-view': EmberLabView;
  }
}

define('ember-lab-view', EmberLabView);
