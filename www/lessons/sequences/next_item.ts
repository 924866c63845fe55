/** `<ember-next-item>`: what comes next after a history that the reader puts together, and what spoke for it. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { GraphShown, Listed, Prediction, Reason } from '../../generated/sequences.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { lengthStyles } from '../../looks/bars.js';
import '../../looks/untrained.js';
import { isNotTrained, noAnswer } from './asked.js';
import type { CodeFaces } from './code_faces.js';
import { namesOf } from './names.js';
import './history_composer.js';
import type { HistoryChange } from './history_composer.js';
import { itemBook, type ItemBook } from './item_book.js';
import './item_pictures.js';
import { nextItemStyles } from './next_item_styles.js';
import { notation } from './notation.js';
import { heavyOf, reasonSentence, sharersOf, type Told } from './reasons.js';

/** Each answer leaves out every edge of the graph once. */
const INTERVAL_MS = 1500;
const LISTED = 10;
/** Of a user's history so many items are taken, the last ones: reasons of a long one take seconds. */
const OF_USER = 10;
/** The history that the lesson's text begins with, by ids of emoji. */
const STORY = ['1F34E', '1F353', '1F41E'];

/** A history, and what really came next where it is a user's. */
interface Asked {
  history: readonly number[];
  next: number | null;
  user: number | null;
}

interface Answered {
  prediction: Prediction;
  graph: GraphShown;
  faces: CodeFaces;
}

const NOTHING: Asked = { history: [], next: null, user: null };

export class EmberNextItem extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    lengthStyles,
    nextItemStyles,
    css`
      /* The list stands beside what it comes from. */
      :host {
        --card-room: 100%;
      }
    `,
  ];

  @state() private asked: Asked = NOTHING;
  /** The items, and the lab they belong to. */
  private readonly book = new OpenedAnswer<ItemBook>(this, () => this.begin());
  private readonly answered = new LiveAnswer<Answered | null>(this, () => this.ask(), INTERVAL_MS);

  protected override render(): TemplateResult {
    const book = this.book.value;
    if (!book) return this.card('predict', this.hint('ui.next_item.before'));
    return this.card(
      'predict',
      html`${this.hint('ui.next_item.intro')}
        <ember-untrained .session=${this.session} says="ui.asked.untrained"></ember-untrained>
        <div class="columns">
          <div>${this.sequence(book)}</div>
          <div aria-live="polite">${this.list(book)}</div>
        </div>`,
    );
  }

  private sequence(book: ItemBook): TemplateResult {
    const { history, user } = this.asked;
    return html`<h4>${this.t('ui.next_item.sequence')}</h4>
      <div class="row examples">
        ${this.isEmoji ? this.button('story', () => this.take({ ...NOTHING, history: this.story(book) })) : nothing}
        ${this.button('user', () => void this.takeUser(user === null ? 0 : user + 1))}
        ${this.button('clear', () => this.take(NOTHING))}
      </div>
      ${user === null ? nothing : this.hint('ui.next_item.of_user', { user: this.count(user + 1), most: OF_USER })}
      <ember-history-composer
        .session=${this.session}
        .book=${book}
        .history=${history}
        @history-change=${({ detail }: HistoryChange) => this.take({ ...NOTHING, history: detail })}
      ></ember-history-composer>
      ${this.behind(book)}`;
  }

  private button(name: string, act: () => void): TemplateResult {
    return html`<button type="button" @click=${act}>${this.t(`ui.next_item.${name}`)}</button>`;
  }

  /** What the model is given, and the same question in a program. */
  private behind(book: ItemBook): TemplateResult | typeof nothing {
    const { history } = this.asked;
    const steps = this.answered.value?.graph.history;
    if (history.length === 0) return nothing;
    return html`${
        steps
          ? html`<details>
              <summary>${this.t('ui.next_item.notation')}</summary>
              ${notation(this, book, steps)}
            </details>`
          : nothing
      }
      <details>
        <summary>${this.t('ui.next_item.call')}</summary>
        <ember-copy
          .text=${`await lab.predict(${JSON.stringify({ history: book.ids(history), top: LISTED })})`}
          .label=${this.t('ui.next_item.call')}
          .language=${this.language}
        ></ember-copy>
      </details>`;
  }

  private list(book: ItemBook): TemplateResult {
    const { value, failure } = this.answered;
    if (this.asked.history.length === 0) return this.hint('ui.next_item.empty');
    if (failure) return html`${noAnswer(this, failure)}`;
    if (!value) return this.hint('ui.next_item.asking');
    const { prediction, graph, faces } = value;
    const truth = new Map(graph.list.map(({ item, truth }) => [item, truth]));
    const most = Math.max(
      ...prediction.list.flatMap(({ number, probability }) => [probability, truth.get(number) ?? 0]),
    );
    const told = this.told(book, graph, faces);
    return html`<h4>${this.t('ui.next_item.next')}</h4>
      ${this.really(graph)}
      <ol class="next">
        ${prediction.list.map((listed, place) => this.listed(listed, place, most, truth.get(listed.number) ?? null, told))}
      </ol>
      ${truth.get(prediction.list[0]!.number) === null ? nothing : this.hint('ui.next_item.rule')}`;
  }

  private told(book: ItemBook, { history }: GraphShown, faces: CodeFaces): Told {
    return {
      language: this.language,
      names: { book, faces, settings: this.session.opened?.settings ?? {} },
      sharers: (channel, code) => sharersOf(history, channel, code),
    };
  }

  /** What the user really took, where it is a user's history. */
  private really({ next }: GraphShown): TemplateResult | typeof nothing {
    if (!next) return nothing;
    return html`<p class="really">
      ${this.t('ui.next_item.really')}
      <ember-item-chip .session=${this.session} .item=${next.item}></ember-item-chip>
      <span
        >${this.t('ui.next_item.rank', { rank: this.number(next.rank), probability: this.percent(next.probability) })}</span
      >
    </p>`;
  }

  private listed(
    { number, probability, reasons }: Listed,
    place: number,
    most: number,
    truth: number | null,
    told: Told,
  ): TemplateResult {
    const isNext = number === this.answered.value?.graph.next?.item;
    return html`<li class=${isNext ? 'really' : ''}>
      <div class="item">
        <ember-item-chip .session=${this.session} .item=${number}></ember-item-chip>
        <span class="facts">
          <b>${this.percent(probability)}</b>
          ${truth === null ? nothing : html`<small>${this.t('ui.next_item.truth', { truth: this.percent(truth) })}</small>`}
        </span>
      </div>
      <div class="room" aria-hidden="true">
        <div class="length" ${styled({ width: `${most > 0 ? (100 * probability) / most : 0}%` })}></div>
        ${
          truth === null || most <= 0
            ? nothing
            : html`<div class="truth" ${styled({ left: `${Math.min(100, (100 * truth) / most)}%` })}></div>`
        }
      </div>
      <details ?open=${place === 0}>
        <summary>${this.t('ui.next_item.why')}</summary>
        ${this.reasons(reasons, told)}
      </details>
    </li>`;
  }

  private reasons(reasons: readonly Reason[], told: Told): TemplateResult {
    const heavy = heavyOf(reasons);
    if (heavy.length === 0) return this.hint('ui.reasons.none');
    return html`<ul class="reasons">
        ${heavy.map((reason) => {
          const speaksFor = reason.weight > 0;
          return html`<li>
            <b class=${speaksFor ? '' : 'against'}
              >${speaksFor ? '+' : ''}${this.number(reason.weight, 2)}<span class="visually-hidden">
                ${this.t(speaksFor ? 'ui.reasons.for' : 'ui.reasons.against')}</span
              ></b
            >
            <span>${reasonSentence(reason, told)}</span>
          </li>`;
        })}
      </ul>
      ${this.hint(reasons[0]?.to ? 'ui.reasons.how' : 'ui.reasons.how_steps')}`;
  }

  private percent(share: number): string {
    return this.t('ui.next_item.percent', { share: this.number(100 * share, 2) });
  }

  private get isEmoji(): boolean {
    return this.session.opened?.settings['dataset'] === 'emoji';
  }

  private story(book: ItemBook): number[] {
    return STORY.flatMap((id) => book.number(id) ?? []);
  }

  private take(asked: Asked): void {
    this.asked = asked;
    this.answered.refresh();
  }

  private async takeUser(wanted: number): Promise<void> {
    try {
      const { opened } = this.session;
      const first = await this.session.inspect('sequences', 'graph', { user: 0 });
      const user = wanted % Math.max(1, first.users);
      const shown = user === 0 ? first : await this.session.inspect('sequences', 'graph', { user });
      if (opened !== this.session.opened) return;
      const history = shown.history.map(({ item }) => item).slice(-OF_USER);
      this.take({ history, next: shown.next?.item ?? null, user });
    } catch (thrown) {
      // The list says so where the model has yet to be trained.
      if (!isNotTrained(thrown)) this.session.report(thrown);
    }
  }

  /** Fetches the items; a history of other items is forgotten. */
  private async begin(): Promise<ItemBook> {
    const { opened } = this.session;
    const book = await itemBook(this.session);
    // Overtaken: the lab has been opened on others meanwhile.
    if (opened !== this.session.opened) return book;
    const { history, next } = this.asked;
    const before = this.book.value;
    const isSame =
      before !== null &&
      [...history, next ?? 0].every((item) => before.items[item]?.id === book.items[item]?.id);
    if (!isSame || history.length === 0) {
      const first = this.isEmoji ? this.story(book) : [0, 1, 2].filter((item) => item < book.items.length);
      // Before the numbers change: those before may have more items, or fewer.
      this.book.value = book;
      this.take({ ...NOTHING, history: first });
    }
    return book;
  }

  private async ask(): Promise<Answered | null> {
    const { session, asked, book } = this;
    if (!book.value || asked.history.length === 0) return null;
    const history = book.value.ids(asked.history);
    const next = asked.next === null ? {} : { next: book.value.items[asked.next]!.id };
    const graph = await session.inspect('sequences', 'graph', { history, ...next });
    const prediction = await session.predict('sequences', { history, top: LISTED });
    return { graph, prediction, faces: (await namesOf(session)).faces };
  }
}

define('ember-next-item', EmberNextItem);
