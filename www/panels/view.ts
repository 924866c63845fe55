/** `<ember-lab-view>`: what a lab shows: all parts in their places, or one figure. Their scripts come when they are wanted. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { EmberError, failure } from '../engine/failure.js';
import './run/announcer.js';
import { define } from '../kit/define.js';
import { FullWindow } from '../kit/full_window.js';
import { onRunKey } from './run/keys.js';
import './run/messages.js';
import type { LessonEntry } from './lesson_entry.js';
import type { LabSession } from '../lab/session.js';
import { shared, tokens } from '../kit/styles.js';
import { isDark, onThemeChange, themeColors } from '../kit/theme.js';
import { words } from '../kit/words.js';
import { whenIdle, whenNear } from '../kit/idle.js';
import type { wholeLab } from './whole.js';

/** Width in CSS pixels from which the settings stand beside the rest; below, figure, Run and answer come first. */
const WIDE_PX = 950;

/** The parts are fetched this long after the lab has opened, if the page is never idle. */
const LATEST_MS = 2_000;

/** Draws all parts of a lab in their places. */
type Whole = typeof wholeLab;

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
      /* No part is wider than the lab, whatever stands in it. */
      .lab,
      .work,
      .main {
        grid-template-columns: minmax(0, 1fr);
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
      /* Side by side where there is room; what is left alone in its line takes all of it, and each card is as high as it needs. */
      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: 1rem;
        align-items: flex-start;
      }
      .pair > * {
        flex: 1 1 var(--card-room, min(100%, 22rem));
        min-width: 0;
      }
      ember-own-pictures,
      ember-own-ratings,
      ember-own-sequences,
      ember-own-table,
      ember-judgement,
      ember-mistakes {
        --card-room: 100%;
      }
      @media (max-height: 30rem) {
        ember-run-bar,
        .few {
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
  /** The parts, once their script is there. */
  @state() private whole: Whole | null = null;
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
  private stopWaiting: (() => void) | null = null;
  private isWanted = false;
  private isFetching = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = onThemeChange(() => this.readTheme());
    this.stopListening = this.session.topics.listen(['words', 'opened', 'level'], () => this.requestUpdate());
    this.readTheme();
    if (this.observed) this.resizes.observe(this.observed);
    if (!this.isWanted) this.wait();
  }

  /** Waits until the parts are wanted; taken out of the page and put back, a lab waits again. */
  private wait(): void {
    const { session } = this;
    if (!session.options.ownsAddress) return this.want();
    // On a lesson's page the figures of the text come first: the lab stands below them.
    const stopWatching = whenNear(this, () => this.want());
    const stopListening = session.topics.listen(['opened', 'status'], () => {
      if (session.opened || session.status === 'error') whenIdle(() => this.want(), LATEST_MS);
    });
    this.stopWaiting = () => {
      stopWatching();
      stopListening();
    };
  }

  protected override updated(): void {
    // A figure that stood alone may have become a whole lab.
    if (this.isWanted && !this.whole) this.want();
    const frame = this.renderRoot.querySelector('.frame') ?? this;
    if (frame === this.observed) return;
    this.resizes.disconnect();
    this.resizes.observe(frame);
    this.observed = frame;
  }

  /** Fetches the parts, unless one figure is all that is asked for. */
  private want(): void {
    this.stopWaiting?.();
    this.isWanted = true;
    if (this.whole || this.isFetching || this.session.options.figure !== null) return;
    this.isFetching = true;
    import('./whole.js')
      .then(({ wholeLab }) => (this.whole = wholeLab))
      .catch((thrown: unknown) => this.session.report(thrown))
      .finally(() => (this.isFetching = false));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.stopListening?.();
    this.stopWaiting?.();
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
    return html`<div
      class=${this.isFull ? 'frame full' : 'frame'}
      lang=${language.code === 'zh' ? 'zh-CN' : 'en'}
      @link-dropped=${this.onLink}
      @full-window=${() => this.toggleFull()}
      @keydown=${this.onKey}
    >
      <h2 class="visually-hidden">${words(language, 'ui.lab.heading')}</h2>
      <ember-announcer .session=${session}></ember-announcer>
      ${this.whole ? html`<ember-workbench-bar .session=${session} .full=${this.isFull}></ember-workbench-bar>` : nothing}
      <ember-messages .session=${session}></ember-messages>
      ${this.whole ? this.whole(session, entry, this.wide) : nothing}
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
    else onRunKey(this.session, event);
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
