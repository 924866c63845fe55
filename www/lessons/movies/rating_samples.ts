/** `<ember-rating-samples>`: single ratings in the order of the file, and as the fusion network is given them. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { Samples } from '../../generated/movies.js';
import { define } from '../../kit/define.js';
import { shared } from '../../kit/styles.js';
import { OpenedAnswer } from '../../lab/opened_answer.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { occupationName } from './named.js';
import { sampleText } from './sample_text.js';

export class EmberRatingSamples extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    css`
      ol {
        margin: 0 0 0.75rem;
        padding: 0;
        list-style: none;
      }
      li {
        border-bottom: 1px solid var(--lab-grid);
        padding-block: 0.375rem;
      }
      code {
        display: block;
        font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 0.875rem;
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** The first rating that is asked for, by its place in the file. */
  private from = 0;
  private readonly samples = new OpenedAnswer<Samples>(this, () => this.asked());

  protected override render(): TemplateResult | typeof nothing {
    const samples = this.samples.value;
    if (!samples) return nothing;
    const { from, of } = samples;
    const shown = samples.samples.length;
    const isFusion = this.session.opened?.settings['model'] === 'fusion';
    return html`<h4>${this.t('ui.samples.title')}</h4>
      ${isFusion ? this.hint('ui.samples.form') : nothing}
      <ol start=${from + 1}>
        ${samples.samples.map((sample) => this.sample(sample, isFusion, samples.invented))}
      </ol>
      <div class="row">
        <button type="button" ?disabled=${from === 0} @click=${() => this.ask(Math.max(0, from - shown))}>
          ${this.t('ui.samples.back')}
        </button>
        <button type="button" ?disabled=${from + shown >= of} @click=${() => this.ask(from + shown)}>
          ${this.t('ui.samples.on')}
        </button>
        <span class="muted" role="status">
          ${this.t('ui.samples.place', {
            from: this.count(from + 1),
            to: this.count(from + shown),
            of: this.count(of),
          })}
        </span>
      </div>`;
  }

  private sample(sample: Samples['samples'][number], isFusion: boolean, invented: boolean): TemplateResult {
    const { user, title, stars, time, split, known } = sample;
    const when = new Date(1000 * time).toISOString().slice(0, 10);
    return html`<li>
      <div>
        ${this.t('ui.samples.row', {
          user,
          title,
          stars: this.number(stars),
          when,
          split: this.t(`ui.samples.splits.${split}`),
        })}
      </div>
      ${
        isFusion
          ? html`<code>${sampleText(sample)}</code> ${
                known
                  ? html`<div class="muted">
                      ${this.t(invented ? 'ui.samples.known' : 'ui.samples.stated', {
                        gender: this.t(`ui.samples.genders.${known.gender}`),
                        age: this.t(`ui.samples.ages.${known.years}`),
                        job: occupationName(this.language, known.occupation),
                      })}
                    </div>`
                  : nothing
              }`
          : nothing
      }
    </li>`;
  }

  private ask(from: number): void {
    this.from = from;
    this.samples.refresh();
  }

  /** Other ratings begin with their first. */
  private asked(): Promise<Samples> {
    const { from } = this;
    this.from = 0;
    return this.session.inspect('movies', 'samples', { from });
  }
}

define('ember-rating-samples', EmberRatingSamples);
