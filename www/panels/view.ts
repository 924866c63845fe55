/** `<ember-lab-view>`: all parts of a lab in their places. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { EmberError, failure } from '../engine/failure.js';
import './run/announcer.js';
import './charts/charts.js';
import { define } from '../kit/define.js';
import { FullWindow } from '../kit/full_window.js';
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
import './workbench/workbench_bar.js';
import { words } from '../kit/words.js';

/** Width in CSS pixels from which the settings stand beside the rest; below, figure, Run and answer come first. */
const WIDE_PX = 950;

export class EmberLabView extends LitElement {
  static override styles = [
    tokens,
    shared,
    css`
      :host {
        background: var(--lab-background);
        border-radius: 0.5rem;
      }
      .frame.full {
        position: fixed;
        inset: 0;
        z-index: 2147483647;
        width: 100%;
        height: 100%;
        max-width: none;
        max-height: none;
        margin: 0;
        border: 0;
        padding: 0.75rem 1rem 1rem;
        overflow: auto;
        color: var(--lab-text);
        background: var(--lab-background);
      }
      ember-workbench-bar {
        margin-bottom: 0.5rem;
      }
      .lab {
        display: grid;
        gap: 1rem;
      }
      /* The run bar stays at hand while the reader looks at what it does: at the lower edge where it comes after the figure. */
      ember-run-bar {
        position: sticky;
        top: 0;
        bottom: 0;
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
      .beside {
        grid-template-columns: minmax(15rem, 1fr) minmax(0, 3.2fr);
        align-items: start;
      }
      .side {
        display: grid;
        gap: 1rem;
      }
      /* A few settings stay at hand beside what they change, below the run bar. */
      .few {
        position: sticky;
        top: 4.25rem;
        max-height: calc(100vh - 5rem);
        overflow-y: auto;
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
      @media (max-height: 30rem) {
        ember-run-bar,
        .few {
          position: static;
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
  /** Whether the lab fills the window. */
  @state() private isFull = false;
  private readonly fullWindow = new FullWindow();
  private observed: Element | null = null;
  private stopTheme: (() => void) | null = null;
  private stopListening: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.readTheme());
    this.stopListening = this.session.topics.listen(['words', 'opened', 'level'], () => this.requestUpdate());
    this.readTheme();
    if (this.observed) this.resizes.observe(this.observed);
  }

  protected override updated(): void {
    const frame = this.renderRoot.querySelector('.frame') ?? this;
    if (frame === this.observed) return;
    this.resizes.disconnect();
    this.resizes.observe(frame);
    this.observed = frame;
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
    if (this.isFull) this.toggleFull();
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
    const hasSide = this.wide && (shown('settings') || shown('goals'));
    const runBar = when(
      'run',
      () => html`<ember-run-bar .session=${session} .entry=${entry} .wide=${this.wide}></ember-run-bar>`,
    );
    const settings = when(
      'settings',
      () => html`<ember-settings .session=${session} .entry=${entry} .folded=${!this.wide}></ember-settings>`,
    );
    const goals = when('goals', () => html`<ember-goals .session=${session}></ember-goals>`);
    return html`<div
      class=${this.isFull ? 'frame full' : 'frame'}
      lang=${language.code === 'zh' ? 'zh-CN' : 'en'}
      @link-dropped=${this.onLink}
      @full-window=${() => this.toggleFull()}
      @keydown=${this.onKey}
    >
      <h2 class="visually-hidden">${words(language, 'ui.lab.heading')}</h2>
      <ember-announcer .session=${session}></ember-announcer>
      <ember-workbench-bar .session=${session} .full=${this.isFull}></ember-workbench-bar>
      <ember-messages .session=${session}></ember-messages>
      <div class="lab">
        ${when('settings', () => html`<ember-task .session=${session}></ember-task>`)}
        ${this.wide ? runBar : nothing}
        <div class=${hasSide ? 'work beside' : 'work'}>
          ${hasSide ? html`<div class=${session.level === 'play' ? 'side few' : 'side'}>${settings} ${goals}</div>` : nothing}
          <div class="main">
            ${when('charts', () => html`<ember-charts .session=${session}></ember-charts>`)}
            ${this.wide ? nothing : runBar}
            <div class="pair">
              ${when('inside', () => html`<ember-inside .session=${session} .entry=${entry}></ember-inside>`)}
              ${lessons('predict', 'predict')}
            </div>
            ${hasSide ? nothing : settings}
            <div class="pair">
              ${lessons('model', 'model')} ${lessons('data', 'data')} ${lessons('data', 'own')}
              ${when('judgement', () => html`<ember-judgement .session=${session} .entry=${entry}></ember-judgement>`)}
              ${when('mistakes', () => html`<ember-mistakes .session=${session}></ember-mistakes>`)}
            </div>
            ${when('experiments', () => html`<ember-experiments .session=${session}></ember-experiments>`)}
            ${hasSide ? nothing : goals}
          </div>
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

  /** The same lab in the whole window, as for a projector, or back in its page. */
  private toggleFull(): void {
    const frame = this.renderRoot.querySelector<HTMLElement>('.frame');
    if (!frame) return;
    this.isFull = !this.isFull;
    // Out of its place, it leaves the room that it takes.
    this.style.minHeight = this.isFull ? `${this.offsetHeight}px` : '';
    const scroll = window.scrollY;
    if (this.isFull) this.fullWindow.open(frame, words(this.session.language, 'ui.lab.heading'));
    else this.fullWindow.close();
    window.scrollTo({ top: scroll, behavior: 'instant' });
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('ember-workbench-bar')?.focus({ preventScroll: true }),
    );
  }

  private readonly onKey = (event: KeyboardEvent): void => {
    // Fields and explanations take the key for themselves first.
    if (event.key === 'Escape' && this.isFull && !event.defaultPrevented) this.toggleFull();
  };

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
