/**
 * `<ember-history-graph>`: a history, its graph, and what the weights of this step make of it, all in the reader's hand:
 * steps are swapped, taken out and added, nodes and edges taken away and put back, relations changed.
 */

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { GraphShown } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { legendStyles } from '../../kit/legend.js';
import { shared } from '../../kit/styles.js';
import { dataOf } from '../../lab/data_of.js';
import { failureText } from '../../lab/failure_text.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { answerInForce, answerOf, answerTo, type GraphAnswer } from './graph_answer.js';
import { editedIn } from './edited.js';
import type { EdgeChange } from './graph_attention.js';
import { layGraph, type GraphLayout } from './graph_layout.js';
import './graph_next.js';
import { countsOf, isNode, type GraphPick, type Picked } from './graph_pairs.js';
import './graph_picture.js';
import { relationLegend } from './graph_words.js';
import { graphStyles } from './graph_styles.js';
import { Grip } from './grip.js';
import { handOf, sameHand, withItem, type Hand } from './hand.js';
import type { HandChange } from './hand_tools.js';
import './history_choice.js';
import type { HistoryChoice } from './history_choice.js';
import './history_row.js';
import type { StepChoice } from './history_row.js';
import { itemSearch } from './item_search.js';
import { Turns } from './turns.js';

/** Milliseconds between two questions: an edit is answered at once, a step of training when there is time. */
const [AFTER_EDIT_MS, AFTER_STEP_MS] = [60, 400];
/** Pixels from a step to the next: with pictures, with titles alone, at most. */
const COLUMNS = { pictures: 60, titles: 92, most: 104 };
/** Pixels that a graph needs beside its columns. */
const BESIDE = 32;
/** The longest history a lab reads. */
const LONGEST = 50;

/** A graphics card rounds the same sum in another way where it is computed beside another one. */
const ROUNDING = 1e-5;

export class EmberHistoryGraph extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [shared, legendStyles, graphStyles];

  /** Whose history; null before one was found to begin with. */
  @state() private user: number | null = null;
  @state() private turns: Turns<Hand> | null = null;
  @state() private picked: Picked | null = null;
  /** The step whose tools are shown. */
  @state() private step: number | null = null;
  @state() private view: 'picture' | 'matrix' = 'picture';
  @state() private taking = false;
  /** Pixels across. */
  @state() private room = 0;
  @query('.graph') private readonly frame!: HTMLElement | null;
  private data = '';
  private asked = { at: -Infinity, hand: '' };
  private readonly answer = new LiveAnswer<GraphAnswer>(this, () => this.ask(), AFTER_EDIT_MS);
  private readonly resizes = new ResizeObserver(([entry]) => (this.room = entry!.contentRect.width));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const data = dataOf(this.session.opened);
    if (data === this.data) return;
    // Other items and other users.
    this.data = data;
    this.load({ user: null });
  }

  protected override firstUpdated(): void {
    // Elements that are there at once and come to life with their script.
    import('./graph_lower.js').catch((thrown: unknown) => this.session.report(thrown));
  }

  protected override updated(): void {
    if (this.frame) this.resizes.observe(this.frame);
  }

  protected override render(): TemplateResult {
    const { value, failure } = this.answer;
    const failed = failure ? html`<p class="error">${failureText(this.language, failure)}</p>` : nothing;
    if (!value) return html`${failure ? failed : this.hint('ui.graph.before')}`;
    const hand = this.turns?.now ?? value.hand;
    const { names } = value;
    return html`<ember-history-choice
        .session=${this.session}
        .user=${this.user ?? 0}
        .users=${value.shown.users}
        .example=${value.example}
        @history-choice=${({ detail }: HistoryChoice) => this.load(detail)}
      ></ember-history-choice>
      ${failed} ${hand.steps.length === 0 ? this.hint('ui.graph.empty') : this.drawn(value, hand)}
      <ember-hand-tools
        .session=${this.session}
        .turns=${this.turns}
        .names=${names}
        .step=${this.step}
        .picked=${this.picked}
        .shown=${value.shown}
        @hand-change=${({ detail }: HandChange) => this.change(detail.turns, detail.step)}
      ></ember-hand-tools>
      <ember-train-on-hand
        .session=${this.session}
        .hand=${value.hand}
        .first=${value.first}
        .shown=${value.shown}
      ></ember-train-on-hand>
      <ember-train-on .session=${this.session}></ember-train-on>
      ${hand.steps.length === 0 ? nothing : this.explained(value)}
      ${hand.steps.length === 0 ? nothing : this.below(value)}
      <div class="sides">
        ${itemSearch(this, names.book, this.t('ui.graph.add'), (item) => this.add(item))}
        ${itemSearch(this, names.book, this.t('ui.graph.set_next'), (item) => this.to({ ...hand, next: item }))}
      </div>`;
  }

  private drawn(value: GraphAnswer, hand: Hand): TemplateResult {
    const { shown, names } = value;
    const layout = this.layout(value, hand);
    return html`<div class="graph" tabindex="0" role="region" aria-label=${this.t('ui.graph.region')}>
        <ember-history-row
          .session=${this.session}
          .steps=${hand.steps}
          .names=${names}
          .column=${layout.column}
          .side=${layout.side}
          .chosen=${this.step}
          @step-choice=${({ detail }: StepChoice) => (this.step = detail === this.step ? null : detail)}
        ></ember-history-row>
        ${
          this.view === 'picture'
            ? html`<ember-graph-picture
                .session=${this.session}
                .layout=${layout}
                .shown=${shown}
                .hand=${value.hand}
                .names=${names}
                .picked=${this.picked}
                .taking=${this.taking}
                @graph-pick=${this.onPick}
                @graph-remove=${this.onRemove}
              ></ember-graph-picture>`
            : html`<ember-graph-matrix
                .session=${this.session}
                .layout=${layout}
                .shown=${shown}
                .picked=${this.picked}
                .taking=${this.taking}
                @graph-pick=${this.onPick}
                @graph-remove=${this.onRemove}
              ></ember-graph-matrix>`
        }
      </div>
      <ember-graph-next
        .session=${this.session}
        .shown=${shown}
        .unchanged=${value.unchanged}
        .book=${names.book}
      ></ember-graph-next>`;
  }

  private explained({ shown, names }: GraphAnswer): TemplateResult {
    const { loops, order, between } = countsOf(shown);
    return html`${this.views()}
    ${this.hint('ui.graph.counts', { nodes: shown.nodes.length, loops, order, between })}
    ${relationLegend(this.language, names, this.dark)}
    ${shown.used ? this.hint(`ui.graph.reading.${this.view}`) : html`<p>${this.t('ui.graph.not_used')}</p>`}
    ${this.view === 'matrix' ? this.hint('ui.graph.five') : nothing}`;
  }

  private layout({ shown }: GraphAnswer, hand: Hand): GraphLayout {
    const hasPictures = shown.history.every(({ item }) => this.answer.value?.names.book.items[item]?.picture);
    const least = hasPictures ? COLUMNS.pictures : COLUMNS.titles;
    const fitting = Math.floor((this.room - BESIDE) / Math.max(1, hand.steps.length));
    return layGraph(shown.history, Math.min(COLUMNS.most, Math.max(least, fitting)));
  }

  private views(): TemplateResult {
    const choice = (name: string, key: string, checked: boolean, choose: () => void): TemplateResult =>
      html`<label class="choice">
        <input type="radio" name=${name} .checked=${checked} @change=${choose} />
        ${this.t(`ui.graph.${key}`)}
      </label>`;
    return html`<div class="row views">
      <fieldset>
        <legend class="visually-hidden">${this.t('ui.graph.view')}</legend>
        ${(['picture', 'matrix'] as const).map((view) =>
          choice('view', `views.${view}`, this.view === view, () => (this.view = view)),
        )}
      </fieldset>
      <fieldset>
        <legend class="visually-hidden">${this.t('ui.graph.touch')}</legend>
        ${choice('touch', 'look', !this.taking, () => (this.taking = false))}
        ${choice('touch', 'take_away', this.taking, () => (this.taking = true))}
      </fieldset>
    </div>`;
  }

  private below({ shown, hand, names }: GraphAnswer): TemplateResult {
    const node = this.picked && 'node' in this.picked ? this.picked.node : shown.nodes[shown.last]!;
    return html`<div class="sides">
      <ember-graph-list .session=${this.session} .shown=${shown} .book=${names.book}></ember-graph-list>
      <div>
        <ember-graph-attention
          .session=${this.session}
          .shown=${shown}
          .hand=${hand}
          .names=${names}
          .node=${node}
          @edge-toggle=${({ detail }: EdgeChange) => this.to(new Grip(hand).edge(detail))}
          @edge-relate=${({ detail }: EdgeChange) => this.to(new Grip(hand).relate(detail))}
        ></ember-graph-attention>
        ${this.states(shown)}
      </div>
    </div>`;
  }

  /** How far the two orders are from the single steps they end in. */
  private states({ hohe_from_he, heho_from_ho }: GraphShown): TemplateResult | typeof nothing {
    const sentence = (path: 'hohe' | 'heho', difference: number | null): TemplateResult | typeof nothing =>
      difference === null
        ? nothing
        : html`<p>
            ${this.t(
              `ui.graph.${path}_${difference === 0 ? 'same' : difference < ROUNDING ? 'rounded' : 'apart'}`,
              {
                difference: this.number(difference, 2),
              },
            )}
          </p>`;
    return html`${sentence('hohe', hohe_from_he)} ${sentence('heho', heho_from_ho)}`;
  }

  private readonly onPick = ({ detail }: GraphPick): void => {
    const again = 'node' in detail && isNode(this.picked, detail.node);
    this.picked = again ? null : detail;
  };

  private readonly onRemove = ({ detail }: GraphPick): void => {
    const { value } = this.answer;
    if (!value) return;
    this.picked = detail;
    this.to(new Grip(this.turns?.now ?? value.hand).toggle(detail, value.shown));
  };

  private add(item: number): void {
    const { max_history: most } = this.session.opened?.settings ?? {};
    const hand = this.turns?.now ?? handOf([], null);
    this.to(withItem(hand, item, Math.min(LONGEST, typeof most === 'number' ? most : LONGEST)));
  }

  /** Another history. */
  private load(choice: HistoryChoice['detail'] | { user: null }): void {
    this.picked = null;
    this.step = null;
    if ('user' in choice) {
      this.user = choice.user;
      this.turns = null;
    } else this.turns = Turns.at(handOf(choice.items, null));
    this.answer.refresh();
  }

  private to(hand: Hand | null): void {
    if (hand && this.turns && !sameHand(hand, this.turns.now)) this.change(this.turns.to(hand), this.step);
  }

  private change(turns: Turns<Hand>, step: number | null): void {
    this.turns = turns;
    const { length } = turns.now.steps;
    this.step = step === null || step < length ? step : null;
    this.answer.refresh();
  }

  private ask(): Promise<GraphAnswer> | null {
    const hand = JSON.stringify(this.turns?.now ?? this.user);
    const now = performance.now();
    const isEdit = hand !== this.asked.hand;
    if (this.turns?.now.steps.length === 0) return null;
    if (!isEdit && this.session.status === 'training' && now - this.asked.at < AFTER_STEP_MS) return null;
    this.asked = { at: now, hand };
    return this.fetch(this.user, this.turns);
  }

  private async fetch(user: number | null, turns: Turns<Hand> | null): Promise<GraphAnswer> {
    if (turns) return answerTo(this.session, turns.now, turns.first);
    const inForce = user === null ? editedIn(this.session) : '';
    const answer = await (inForce ? answerInForce(this.session, inForce) : answerOf(this.session, user));
    // Meanwhile another history may have been asked for.
    if (this.turns === null && this.user === user) {
      const { hand, first } = answer;
      this.turns = sameHand(hand, first) ? Turns.at(first) : Turns.at(first).to(hand);
      this.user = first.user;
    }
    return answer;
  }
}

define('ember-history-graph', EmberHistoryGraph);
