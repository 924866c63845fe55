/** `<ember-train-on-hand>`: goes on from the weights of this step with the history that the reader has changed. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { GraphShown, NextShown } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { hasMeaning } from '../../lab/meaning.js';
import { LabPart } from '../../lab/part.js';
import type { LabSession } from '../../lab/session.js';
import type { Topic } from '../../lab/topics.js';
import { EDITED, editedIn } from './edited.js';
import { editedText, userIn } from './edited_text.js';
import { goOnWith } from './go_on.js';
import { trainOnStyles } from './train_on_styles.js';
import type { Hand } from './hand.js';

/** What the weights made of a changed history before they learned from it. */
const before = new WeakMap<LabSession, { text: string; next: NextShown | null }>();

export class EmberTrainOnHand extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'status'];
  static override styles = [
    shared,
    trainOnStyles,
    css`
      p {
        margin: 0.25rem 0;
      }
    `,
  ];

  /** The history in hand, and as it was. */
  @property({ attribute: false }) hand!: Hand;
  @property({ attribute: false }) first!: Hand;
  /** The answer of the lab about the history in hand. */
  @property({ attribute: false }) shown!: Pick<GraphShown, 'edited' | 'next'>;
  @state() private isBusy = false;

  protected override render(): TemplateResult | typeof nothing {
    const { opened, options } = this.session;
    const control = opened?.controls.find(({ name }) => name === EDITED);
    if (!opened || !control || options.lock.includes(EDITED) || !hasMeaning(control, opened)) return nothing;
    const { hand, first, isBusy } = this;
    const [inForce, text] = [editedIn(this.session), editedText(hand, first)];
    const user = hand.user === null ? null : this.count(hand.user + 1);
    const help = user === null ? (text === null ? 'too_short' : 'own') : text === '' ? 'unchanged' : 'user';
    return html`<fieldset>
      <legend>${this.t('ui.train_on_hand.title')}</legend>
      <p role="status">${inForce === '' ? nothing : this.said(inForce, inForce === text)}</p>
      <div class="row">
        <button
          type="button"
          ?disabled=${isBusy || !text || text === inForce}
          @click=${() => text && void this.goOn(text)}
        >
          ${this.t('ui.train_on_hand.act')}
        </button>
        ${
          inForce === ''
            ? nothing
            : html`<button type="button" ?disabled=${isBusy} @click=${() => void this.goOn('')}>
                ${this.t('ui.train_on_hand.take_back')}
              </button>`
        }
      </div>
      ${this.hint(`ui.train_on_hand.help.${help}`, { user: user ?? '' })}
    </fieldset>`;
  }

  /** What is in force, and what it did to the history, where that one is in hand. */
  private said(inForce: string, isInHand: boolean): string {
    const { edited, next } = this.shown;
    const user = userIn(inForce);
    const sentences = [
      this.t(`ui.train_on_hand.in_force.${user === null ? 'own' : 'user'}`, {
        user: user === null ? '' : this.count(user + 1),
        examples: this.count(edited?.examples ?? 0),
        learned: this.count(edited?.learned ?? 0),
      }),
    ];
    const was = before.get(this.session);
    if (isInHand && was?.text === inForce && was.next && next?.item === was.next.item) {
      const figures = ({ rank, loss }: NextShown): { rank: string; loss: string } => ({
        rank: this.number(rank),
        loss: this.number(loss, 3),
      });
      const [then, now] = [figures(was.next), figures(next)];
      const fill = { rank: then.rank, loss: then.loss, now_rank: now.rank, now_loss: now.loss };
      sentences.push(this.t('ui.train_on_hand.did', fill));
    }
    return sentences.join(this.language.code === 'zh' ? '' : ' ');
  }

  private async goOn(text: string): Promise<void> {
    this.isBusy = true;
    const next = this.shown.next;
    try {
      await goOnWith(this.session, { [EDITED]: text });
      before.set(this.session, { text, next });
    } catch (thrown) {
      this.session.report(thrown);
    } finally {
      this.isBusy = false;
    }
  }
}

define('ember-train-on-hand', EmberTrainOnHand);
