/**
 * `<ember-value name="test.accuracy">93.3%</ember-value>`: a figure of the reader's own run in a sentence. Until there
 * is one it is what was measured with the defaults, which is also what stands there without script.
 *
 * The name is `split.figure`, which a finished run has, or that of a curve, whose last value is shown.
 */

import { css, html, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../kit/define.js';
import { tokens } from '../../kit/styles.js';
import { LabPart } from '../../lab/part.js';
import type { Topic } from '../../lab/topics.js';
import { likeText } from './like_text.js';

export class EmberValue extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'progress', 'runs'];
  static override styles = [
    tokens,
    css`
      :host {
        font: inherit;
        line-height: inherit;
      }
      span {
        white-space: nowrap;
      }
      .measured {
        color: var(--lab-muted);
        border-bottom: 1px dotted currentColor;
      }
      .own {
        font-weight: 600;
        border-bottom: 2px solid var(--lab-good);
      }
    `,
  ];

  @property() name = '';

  protected override render(): TemplateResult {
    const value = this.session ? this.value() : null;
    const title = this.session ? this.t(value === null ? 'ui.text.measured' : 'ui.text.of_your_run') : '';
    // The words stay where they are, so that nothing is lost when the run is reset.
    return html`<span class=${value === null ? 'measured' : 'own'} title=${title}
      >${value === null ? html`<slot></slot>` : likeText(this.language, this.textContent ?? '', value)}</span
    >`;
  }

  private value(): number | null {
    const run = this.session.runs.current;
    const [split, figure] = this.name.split('.');
    const value =
      figure === undefined ? run?.series.get(this.name)?.values.at(-1) : run?.results[split!]?.[figure];
    // What is no longer finite is the run's figure all the same, and no reason to show another's.
    return value === null ? NaN : (value ?? null);
  }
}

define('ember-value', EmberValue);
