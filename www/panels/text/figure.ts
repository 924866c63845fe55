/**
 * `<ember-figure name="regions">`: one look, chart or answer of the page's lab beside the sentence that speaks of it.
 * `data-run="no"` leaves the Run button out. Its script and its questions wait until it is about to be read; without script the still picture in it stands there.
 */

import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { isJsonObject, parseJson } from '../../engine/json.js';
import type { Control, Json, Settings } from '../../engine/protocol.js';
import { define } from '../../kit/define.js';
import { shared, tokens } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import { sameValue } from '../../lab/run.js';
import { valueText } from '../../lab/run_label.js';
import type { Topic } from '../../lab/topics.js';
import { FetchedLooks } from '../inside/fetched_looks.js';
import type { LessonEntry } from '../lesson_entry.js';
import { onRunKey } from '../run/keys.js';
import { runOrPause, runText } from '../run/pace.js';
import type { EmberDock } from './dock.js';
import parts from './parts.json';

/** A figure is made ready when it is a screen away. */
const NEAR = '100% 0px';

/** Parts of the lab, which have a frame of their own; other names are those of looks. */
const PARTS = new Set(parts.framed);
/** Parts that show no run. */
const AT_REST = new Set(parts.at_rest);

export class EmberFigure extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    tokens,
    css`
      /* Room for what comes, so that the text does not jump: that of the still, and where there is none, some. */
      .bare {
        min-height: 20rem;
      }
      .waiting {
        padding-top: 3.5rem;
      }
      .waiting,
      .resting {
        padding-bottom: 2.5rem;
      }
      .run {
        min-width: 7rem;
      }
      /* Looks have no frame of their own. */
      .look {
        background: var(--lab-surface);
        border: 1px solid var(--lab-border);
        border-radius: 0.5rem;
        padding: 1rem;
      }
      /* What it would show, faint, and over it what it needs for that. */
      .offer {
        display: grid;
        align-content: start;
      }
      .offer > * {
        grid-area: 1 / 1;
      }
      .offer > .look {
        align-self: start;
        justify-self: start;
        position: relative;
        margin: 0.5rem;
        box-shadow: 0 0.125rem 0.75rem rgb(0 0 0 / 12%);
      }
      .offer > slot {
        display: block;
        opacity: 0.4;
      }
      .row {
        margin-bottom: 0.75rem;
      }
      .foot {
        display: flow-root;
        min-height: 2.5rem;
        font-size: 0.875rem;
      }
      .foot > button {
        float: inline-end;
        margin-block-end: -0.25rem;
        color: var(--lab-muted);
      }
      ember-figure-share {
        clear: both;
      }
      @media print {
        .row,
        .foot {
          display: none;
        }
        .waiting,
        .resting {
          padding-block: 0;
        }
        .offer > .look {
          display: none;
        }
        .offer > slot {
          opacity: 1;
        }
      }
    `,
  ];

  @property() name = '';
  /** Settings without which the figure shows something else than its sentence speaks of (JSON). */
  @property() needs: string | null = null;
  @property({ attribute: false }) entry: LessonEntry | null = null;
  /** Whether it stands without a text around it. */
  @property({ type: Boolean }) alone = false;
  /** Whether it stands before the text's first heading. */
  @property({ type: Boolean }) front = false;
  /** The page's dock, which makes room for the buttons here. */
  @property({ attribute: false }) dock: EmberDock | null = null;
  @state() private isNear = false;
  /** Whether the reader wants its address and the lines that embed it. */
  @state() private isShared = false;
  /** Height of the still that stood here, which what lives keeps free, so that the text below stays where it is. */
  private room = 0;
  private width = 0;
  private readonly looks = new FetchedLooks(this);
  /** At another width the still says nothing of the height any more. */
  private readonly resizes = new ResizeObserver(([entry]) => {
    const { width } = entry!.contentRect;
    if (this.width > 0 && width !== this.width) this.keepRoom(0);
    this.width = width;
  });
  private readonly observer = new IntersectionObserver(
    (entries) => {
      // Once there it stays: what is out of view asks nothing by itself.
      if (entries.at(-1)!.isIntersecting) this.isNear = true;
    },
    { rootMargin: NEAR },
  );

  constructor() {
    super();
    this.addEventListener('keydown', (event) => this.onKey(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer.observe(this);
    this.resizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer.disconnect();
    this.resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (this.shownPart) return;
    this.room = this.querySelector('.still')?.getBoundingClientRect().height ?? 0;
  }

  /** What the figure shows, once it does. */
  private get shownPart(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.part');
  }

  private keepRoom(height: number): void {
    this.room = height;
    if (this.shownPart) this.shownPart.style.minHeight = height > 0 ? `${height}px` : '';
  }

  protected override render(): TemplateResult {
    const { session } = this;
    if (session?.opened && this.isNear) {
      const missing = this.missing();
      // What a page begins with is shown as it is: its Run button puts in force what it needs.
      if (missing && this.name !== 'front') return this.offer(missing);
    }
    const content = session?.opened && this.isNear ? this.content() : null;
    if (!content) return html`<div class="frame ${this.emptyClass()}"><slot></slot></div>`;
    return html`<div class="frame">
      ${this.headings()} ${this.hasButtons() ? this.buttons() : nothing}
      <div class=${PARTS.has(this.name) ? 'part' : 'part look'}>${content}</div>
      ${this.alone ? nothing : this.foot()}
    </div>`;
  }

  private hasButtons(): boolean {
    return !AT_REST.has(this.name) && this.dataset['run'] !== 'no';
  }

  /** The room around the still is that of the buttons that will stand there. */
  private emptyClass(): string {
    if (this.querySelector('.still') === null) return 'bare';
    return this.hasButtons() ? 'waiting' : 'resting';
  }

  /** A link to this figure, and the lines that put it into another page, when the reader asks for them. */
  private foot(): TemplateResult {
    const { session, name, isShared } = this;
    return html`<div class="foot">
      <button type="button" class="quiet" aria-expanded=${isShared} @click=${() => this.share()}>
        ${this.t('ui.text.share')}
      </button>
      ${
        isShared
          ? html`<ember-figure-share
              .session=${session}
              .name=${name}
              .anchor=${this.closest('figure')?.id ?? ''}
            ></ember-figure-share>`
          : nothing
      }
    </div>`;
  }

  private share(): void {
    this.isShared = !this.isShared;
    // The element comes to life with its script.
    import('../share/figure_share.js').catch((thrown: unknown) => this.session.report(thrown));
  }

  /** Settings without which the figure shows something else. */
  private needed(): Settings {
    const needs = this.needs === null ? null : parseJson(this.needs);
    return isJsonObject(needs) ? needs : {};
  }

  /** The first setting that is not what the figure needs. */
  private missing(): { control: Control; needed: Json } | null {
    const needs = this.needed();
    for (const [name, needed] of Object.entries(needs)) {
      const control = this.session.controls.find((one) => one.name === name);
      if (control && !sameValue(this.session.opened!.settings[name], needed)) return { control, needed };
    }
    return null;
  }

  private offer({ control, needed }: { control: Control; needed: Json }): TemplateResult {
    const { language, session } = this;
    const name = this.t(`controls.${control.name}.label`);
    const own = valueText(language, control, needed);
    const value = valueText(language, control, session.opened!.settings[control.name]!);
    // Where no still stands behind the offer there is nothing to keep room for.
    const room = this.querySelector('.still') === null ? '' : this.emptyClass();
    return html`<div class="frame ${room}">
      <div class="part offer">
        <slot></slot>
        <div class="look">
          <p class="muted">${this.t('ui.text.needs', { name, own, value })}</p>
          <button
            type="button"
            ?disabled=${session.status === 'loading' || session.options.lock.includes(control.name)}
            @click=${() => void session.changeSettings({ [control.name]: needed }).catch(() => undefined)}
          >
            ${this.t('ui.text.open_with', { own })}
          </button>
        </div>
      </div>
    </div>`;
  }

  /** What leads a screen reader here: looks begin with headings of the fourth level, parts with the third. */
  private headings(): TemplateResult {
    const look = this.find(`ui.inside.${this.name}`);
    return html`${this.front ? html`<h2 class="visually-hidden">${this.t('ui.text.front')}</h2>` : nothing}
    ${PARTS.has(this.name) || look === null ? nothing : html`<h3 class="visually-hidden">${look}</h3>`}`;
  }

  private buttons(): TemplateResult {
    const { session } = this;
    const isBusy = session.status === 'loading';
    const act = (work: Promise<void>): void => void work.catch(() => undefined);
    const other = this.otherTask();
    return html`<div class="row">
      <button
        type="button"
        class="primary run"
        ?disabled=${isBusy}
        @click=${() => act(other ? this.runAfter(other) : runOrPause(session))}
      >
        ${other ? `▶ ${this.t('ui.run.start')}` : runText(session)}
      </button>
      ${
        (session.runs.current?.progress.step ?? 0) > 0
          ? html`<button type="button" class="quiet" ?disabled=${isBusy} @click=${() => act(this.reset())}>
              ↺ ${this.t('ui.run.reset')}
            </button>`
          : nothing
      }
    </div>`;
  }

  /** As the figure's buttons; one without them, or with another offer, shows no run. */
  private onKey(event: KeyboardEvent): void {
    const { session } = this;
    if (
      !session?.opened ||
      !this.shownPart ||
      !this.hasButtons() ||
      (this.name !== 'front' && this.missing())
    )
      return;
    const other = this.otherTask();
    onRunKey(session, event, {
      reset: () => this.reset(),
      ...(other && { run: () => this.runAfter(other) }),
    });
  }

  /** Back to step 0; the button goes with it, and the focus to Run. */
  private async reset(): Promise<void> {
    await this.session.reset();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.run')?.focus();
  }

  /**
   * All that a page's first figure needs, where the first of it is not in force: the lab does something else. Once it
   * does the figure's own, the reader's other settings stay.
   */
  private otherTask(): Settings | null {
    if (this.name !== 'front') return null;
    const needs = this.needed();
    const [first] = Object.entries(needs);
    if (!first || this.session.options.lock.includes(first[0])) return null;
    return sameValue(this.session.opened!.settings[first[0]], first[1]) ? null : needs;
  }

  private async runAfter(changes: Settings): Promise<void> {
    await this.session.changeSettings(changes);
    await runOrPause(this.session);
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.keepRoom(this.room);
    const buttons = this.renderRoot.querySelector('.row');
    if (buttons) this.dock?.watch(buttons);
    for (const part of this.renderRoot.querySelectorAll<LabPart>('.part > *')) part.captioned = !this.alone;
  }

  /** What the figure shows; null where the lab has no such thing with these settings. */
  private content(): TemplateResult | null {
    const { session, entry, name } = this;
    switch (name) {
      case 'charts':
        return html`<ember-charts .session=${session}></ember-charts>`;
      case 'judgement':
        return html`<ember-judgement .session=${session} .entry=${entry}></ember-judgement>`;
      case 'mistakes':
        return html`<ember-mistakes .session=${session}></ember-mistakes>`;
      case 'experiments':
        return html`<ember-experiments
          .session=${session}
          .only=${this.dataset['experiment'] ?? null}
        ></ember-experiments>`;
      case 'goals':
        return html`<ember-goals .session=${session}></ember-goals>`;
      case 'model':
      case 'data':
      case 'own':
      case 'predict':
      case 'front':
        return entry?.parts[name]?.(session) ?? this.hint('ui.text.no_figure', { name });
      default: {
        const look = session.opened?.description.inside.includes(name) ? entry?.looks[name] : undefined;
        if (look) return this.looks.draw(name, look, session);
        const isKnown = entry !== null && Object.hasOwn(entry.looks, name);
        return this.hint(isKnown ? 'ui.text.other_settings' : 'ui.text.no_figure', { name });
      }
    }
  }
}

define('ember-figure', EmberFigure);
