/**
 * `<ember-first-digit>`: what the page of the lesson begins with: a drawn digit, what the network takes it for, and what
 * each filter of its first layer sees of it, at this very step.
 */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import '../../kit/drawing_pad.js';
import type { DrawingChange } from '../../kit/drawing_pad.js';
import { styled } from '../../kit/styled.js';
import { shared } from '../../kit/styles.js';
import '../../kit/tiles.js';
import { formatShare } from '../../kit/words.js';
import { failureText } from '../../lab/failure_text.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { THREE } from './example_digit.js';
import { askForMaps, type Seen, type SeenLayer } from './maps_data.js';

/** Three times a second: enough to see filters change, and the network has time to learn between. */
const INTERVAL_MS = 300;
/** Filters that are shown: all that the lesson's network has. */
const FILTERS = 16;
/** Side of a map in CSS pixels, and on a phone: two rows of eight. */
const MAP_PX = 72;
const NARROW_MAP_PX = 40;
const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

export class EmberFirstDigit extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress'];
  static override styles = [
    shared,
    css`
      .look {
        display: grid;
        grid-template: 'pad answer' auto 'pad maps' 1fr / minmax(7rem, 10.5rem) minmax(0, 1fr);
        gap: 0 1.5rem;
        align-items: start;
      }
      ember-drawing-pad {
        grid-area: pad;
        font-size: 0.875rem;
      }
      .answer {
        grid-area: answer;
      }
      .seen {
        grid-area: maps;
      }
      .columns {
        display: grid;
        grid-template-columns: repeat(10, minmax(0, 1fr));
        gap: 0.25rem;
        height: 6rem;
        margin: 0;
        padding: 0;
        list-style: none;
        text-align: center;
        font-variant-numeric: tabular-nums;
      }
      .columns li {
        display: flex;
        flex-direction: column;
        min-width: 0;
      }
      .room {
        flex: 1;
        display: flex;
        align-items: flex-end;
        background: var(--lab-grid);
        border-radius: 0.1875rem;
        overflow: hidden;
      }
      .column {
        width: 100%;
        background: var(--lab-muted);
      }
      .most .column {
        background: var(--lab-accent);
      }
      .most {
        font-weight: 700;
      }
      .says {
        margin: 0 0 0.375rem;
        min-height: 1.5em;
      }
      .maps {
        min-height: ${2 * MAP_PX + 10}px;
      }
      h3 {
        margin: 0.625rem 0 0.25rem;
        font-size: 0.9375rem;
        font-weight: 600;
      }
      @media (max-width: 40rem) {
        .look {
          grid-template: 'pad answer' auto 'maps maps' auto / minmax(5rem, 7.5rem) minmax(0, 1fr);
          column-gap: 0.75rem;
        }
        .columns {
          gap: 0.125rem;
          height: 5.5rem;
          font-size: 0.875rem;
        }
        .says {
          min-height: 7.5em;
          font-size: 0.9375rem;
        }
        .maps {
          min-height: ${2 * NARROW_MAP_PX + 10}px;
        }
      }
    `,
  ];

  private readonly narrow = matchMedia('(max-width: 40rem)').matches;
  @state() private drawing: ImageData | null = null;
  private readonly seen = new LiveAnswer<Seen | null>(this, () => this.ask(), INTERVAL_MS);

  protected override render(): TemplateResult {
    return html`<div class="look">
      <ember-drawing-pad
        plain
        .language=${this.language}
        .example=${THREE}
        label=${this.t('ui.first_digit.pad')}
        @drawing-change=${(event: DrawingChange) => {
          this.drawing = event.detail;
          this.seen.refresh();
        }}
      ></ember-drawing-pad>
      <div class="answer">${this.answer()}</div>
      <div class="seen">${this.maps()}</div>
    </div>`;
  }

  /** Whether the lab has a network that takes drawings. */
  private get reads(): boolean {
    return this.session.opened?.description.pictures?.drawing ?? false;
  }

  private ask(): Promise<Seen | null> | null {
    const image = this.drawing;
    if (!image || !this.reads) return null;
    return askForMaps(this.session, { own: { name: this.t('ui.first_digit.pad'), image } }, FILTERS);
  }

  private get now(): Seen | null {
    return this.reads && this.drawing ? this.seen.value : null;
  }

  private answer(): TemplateResult {
    const { failure } = this.seen;
    if (failure && this.reads) return html`<p class="error">${failureText(this.language, failure)}</p>`;
    const shares = this.now?.probabilities ?? [];
    const largest = shares.reduce<number>(
      (best, share, digit) => ((share ?? 0) > (shares[best] ?? 0) ? digit : best),
      0,
    );
    return html`<p class="says" aria-live="polite">${this.verdict(largest, shares[largest] ?? null)}</p>
      <ul class="columns" aria-label=${this.t('ui.first_digit.shares')}>
        ${DIGITS.map((digit) => {
          const share = shares[digit] ?? 0;
          return html`<li class=${shares.length > 0 && digit === largest ? 'most' : ''}>
            <div class="room" aria-hidden="true">
              <div class="column" ${styled({ height: `${100 * share}%` })}></div>
            </div>
            <span
              >${digit}<span class="visually-hidden">: ${formatShare(this.language, share, 2)}</span></span
            >
          </li>`;
        })}
      </ul>`;
  }

  /** What the network says of the digit, and how it does with digits that it has not learned from. */
  private verdict(digit: number, share: number | null): string {
    if (this.reads && !this.drawing) return this.t('ui.first_digit.draw');
    const run = this.session.runs.current;
    if (share === null || !run || run.progress.step === 0) return this.t('ui.first_digit.untrained');
    const right = run.series.get('validation_accuracy')?.values.at(-1) ?? null;
    const says = this.t('ui.first_digit.says', { digit, share: formatShare(this.language, share, 2) });
    if (right === null) return says;
    return `${says} ${this.t('ui.first_digit.right', { share: formatShare(this.language, right, 3) })}`;
  }

  private maps(): TemplateResult {
    const layer = this.now?.layers.find(({ kind }) => kind === 'conv2d') ?? null;
    return html`<h3>${this.t('ui.first_digit.maps')}</h3>
      <div class="maps">
        ${layer ? this.tiles(layer) : html`<p class="muted">${this.t('ui.first_digit.no_maps')}</p>`}
      </div>`;
  }

  private tiles(layer: SeenLayer): TemplateResult {
    return html`<ember-tiles
      .tiles=${layer.tiles}
      .size=${this.narrow ? NARROW_MAP_PX : MAP_PX}
      .told=${({ tile }: { tile: number }) => this.t('ui.first_digit.map', { map: tile + 1 })}
      .label=${this.t('ui.first_digit.maps')}
    ></ember-tiles>`;
  }
}

define('ember-first-digit', EmberFirstDigit);
