/** `<ember-hand-tools>`: what can be done with the step, the node or the edge that is chosen, and undone. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { GraphShown, NodeName } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { selectOf } from '../../kit/events.js';
import { shared } from '../../kit/styles.js';
import type { Fill } from '../../kit/words.js';
import { LabPart } from '../../lab/part.js';
import type { Channel } from './channels.js';
import type { Picked } from './graph_pairs.js';
import { nodeText, relationText, stepsText, whatKey } from './graph_words.js';
import type { Names } from './names.js';
import { cutOf, Grip } from './grip.js';
import { cutBetween, stepsSwapped, withoutModality, stepRemoved, type Hand } from './hand.js';
import { sameNode, WITHIN } from './relations.js';
import type { Turns } from './turns.js';

/** Sent as `hand-change`. */
export type HandChange = CustomEvent<{ turns: Turns<Hand>; step: number | null }>;

export class EmberHandTools extends LabPart {
  static override styles = [
    shared,
    css`
      .row {
        margin-bottom: 0.5rem;
      }
      .what {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      .chosen {
        min-height: 2.75rem;
        padding: 0.25rem 0.5rem;
        background: var(--lab-background);
        border: 1px solid var(--lab-grid);
        border-radius: 0.375rem;
      }
    `,
  ];

  @property({ attribute: false }) turns: Turns<Hand> | null = null;
  @property({ attribute: false }) names!: Names;
  @property({ attribute: false }) shown!: GraphShown;
  @property({ attribute: false }) step: number | null = null;
  @property({ attribute: false }) picked: Picked | null = null;

  protected override render(): TemplateResult {
    const { turns } = this;
    if (!turns) return html``;
    const { now, first } = turns;
    return html`<div class="row">
        ${this.button('undo', turns.canUndo, () => this.send(turns.undo()))}
        ${this.button('redo', turns.canRedo, () => this.send(turns.redo()))}
        ${this.button('as_it_was', now !== first, () => this.send(turns.to(first)))}
        ${this.modality(now, 'image', null)} ${this.modality(now, 'text', null)}
      </div>
      ${this.ofStep(now)} ${this.ofPicked(now)}`;
  }

  private ofStep(hand: Hand): TemplateResult {
    const { step: at } = this;
    const step = at === null ? undefined : hand.steps[at];
    if (at === null || !step) {
      return html`<div class="row chosen"><span class="muted">${this.t('ui.graph.choose_step')}</span></div>`;
    }
    const last = hand.steps.length - 1;
    const title = this.names.book.title(step.item, this.language);
    return html`<div class="row chosen">
      <span class="what">${this.t('ui.graph.step', { step: at + 1, title })}</span>
      ${this.button('earlier', at > 0, () => this.to(stepsSwapped(hand, at - 1), at - 1))}
      ${this.button('later', at < last, () => this.to(stepsSwapped(hand, at), at + 1))}
      ${this.button('remove', last > 0, () => this.to(stepRemoved(hand, at), Math.max(0, at - 1)))}
      ${this.modality(hand, 'image', at)} ${this.modality(hand, 'text', at)}
    </div>`;
  }

  private ofPicked(hand: Hand): TemplateResult | typeof nothing {
    const { picked, shown } = this;
    if (!picked) return nothing;
    const grip = new Grip(hand);
    const toggled = grip.toggle(picked, shown);
    const name = (node: NodeName): string => nodeText(this.language, this.names, node);
    const toggle = (isThere: boolean): TemplateResult =>
      this.button(isThere ? 'take' : 'put', toggled !== null, () => this.to(toggled!));
    if ('node' in picked) {
      const there = shown.nodes.find((node) => sameNode(node, picked.node));
      return html`<div class="row chosen">
        <span class="what">${name(picked.node)}</span>
        ${there ? html`<span class="muted">${stepsText(this.language, there.positions)}</span>` : nothing}
        ${toggle(there !== undefined)}
      </div>`;
    }
    const [one, other] = picked.edge;
    const isCut = cutBetween(hand, one, other) !== null;
    const edge = isCut ? null : cutOf(shown, one, other);
    if (!isCut && !edge) return nothing;
    return html`<div class="row chosen">
      <span class="what">${this.t('ui.graph.edge', { one: name(one), other: name(other) })}</span>
      ${
        edge && one.kind === other.kind
          ? html`<select
              aria-label=${this.t('ui.graph.relation_of', { one: name(one), other: name(other) })}
              @change=${(event: Event) =>
                this.to(grip.relate({ one, other, relation: Number(selectOf(event).value) }))}
            >
              ${WITHIN.map(
                (relation) =>
                  html`<option value=${relation} .selected=${relation === edge.relation}>
                    ${relationText(this.language, this.names, relation)}
                  </option>`,
              )}
            </select>`
          : edge
            ? html`<span class="muted">${relationText(this.language, this.names, edge.relation)}</span>`
            : nothing
      }
      ${toggle(!isCut)}
    </div>`;
  }

  /** Takes the pictures or the words of a step, or of all, and gives them back; nothing where there are no codes of them. */
  private modality(hand: Hand, channel: Channel, at: number | null): TemplateResult | typeof nothing {
    const { history } = this.shown;
    if (!history.some((step) => step[`${channel}s`].length > 0)) return nothing;
    const what = channel === 'image' ? 'picture' : 'words';
    const steps = at === null ? hand.steps : [hand.steps[at]!];
    const isThere = steps.length === 0 || steps.some((step) => step[what]);
    const name = this.t(`ui.graph.what.${at === null ? 'all' : 'one'}.${whatKey(this.names, channel)}`);
    return this.button(
      isThere ? 'without' : 'back',
      hand.steps.length > 0,
      () => this.to(withoutModality(hand, what, at, !isThere)),
      { what: name },
    );
  }

  private button(key: string, isOn: boolean, act: () => void, fill?: Fill): TemplateResult {
    return html`<button type="button" ?disabled=${!isOn} @click=${act}>
      ${this.t(`ui.graph.${key}`, fill)}
    </button>`;
  }

  private to(hand: Hand, step = this.step): void {
    if (this.turns) this.send(this.turns.to(hand), step);
  }

  private send(turns: Turns<Hand>, step = this.step): void {
    this.dispatchEvent(new CustomEvent('hand-change', { detail: { turns, step } }) satisfies HandChange);
  }
}

define('ember-hand-tools', EmberHandTools);
