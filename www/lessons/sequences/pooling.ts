/** `<ember-pooling-pairs>`: how well the last item's state and the mean of all tell histories apart that differ in one item. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { PoolingShown } from '../../generated/sequences.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { barsStyles, barTable, type Bar } from '../../looks/bars.js';
import '../../looks/untrained.js';
import { noAnswer } from './asked.js';

/** A look scores four hundred histories. */
const INTERVAL_MS = 2000;
/** Items of the lists that are compared. */
const LISTED = 20;
const WAYS = ['last', 'mean'] as const;

export class EmberPoolingPairs extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    barsStyles,
    css`
      .both {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
        gap: 0.75rem 2rem;
        margin-bottom: 0.75rem;
      }
    `,
  ];

  private readonly answer = new LiveAnswer<PoolingShown>(
    this,
    () => this.session.inspect('sequences', 'pooling', {}),
    INTERVAL_MS,
  );

  protected override render(): TemplateResult {
    const { value, failure } = this.answer;
    return html`${this.hint('ui.pooling.intro')}
      <ember-untrained .session=${this.session} says="ui.asked.untrained"></ember-untrained>
      ${failure ? noAnswer(this, failure) : value ? this.drawn(value) : this.hint('ui.pooling.before')}`;
  }

  private drawn(shown: PoolingShown): TemplateResult {
    const times = shown.last.distance / shown.mean.distance;
    const says = !Number.isFinite(times) ? null : times > 1.1 ? 'last' : times < 1 / 1.1 ? 'mean' : 'same';
    const chosen = this.session.opened?.settings['pooling'];
    return html`<div class="both">
        <div>
          <h4>${this.t('ui.pooling.distance')}</h4>
          ${this.bars(shown, 'distance')}
        </div>
        <div>
          <h4>${this.t('ui.pooling.changed')}</h4>
          ${this.bars(shown, 'changed')}
        </div>
      </div>
      ${
        says === null
          ? nothing
          : html`<p>
              ${this.t(`ui.pooling.says.${says}`, {
                times: this.number(Math.max(times, 1 / times), 2),
                length: this.number(shown.length, 2),
              })}
            </p>`
      }
      ${this.hint('ui.pooling.how', {
        pairs: this.count(shown.pairs),
        length: this.number(shown.length, 2),
        chosen: this.t(`ui.pooling.ways.${chosen === 'mean' ? 'mean' : 'last'}`),
      })}`;
  }

  private bars(shown: PoolingShown, what: 'distance' | 'changed'): TemplateResult {
    const bars: Bar[] = WAYS.map((way) => {
      const count = what === 'distance' ? shown[way].distance : LISTED - shown[way].shared;
      return { label: this.t(`ui.pooling.ways.${way}`), count, text: this.number(count, 2) };
    });
    const caption = this.t(`ui.pooling.${what}`);
    // Lists are always of 20: two scales would make a small change look large.
    return barTable(
      caption,
      [this.t('ui.pooling.by'), caption],
      bars,
      what === 'changed' ? LISTED : undefined,
    );
  }
}

define('ember-pooling-pairs', EmberPoolingPairs);
