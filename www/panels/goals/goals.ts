/** `<ember-goals>`: the lesson's goals, ticked off by the lab itself. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { define } from '../../kit/define.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';

export class EmberGoals extends LabPart {
  static override topics: readonly Topic[] = ['opened', 'goals'];
  static override styles = [
    shared,
    css`
      ul {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 0.25rem 0.75rem;
        padding: 0.5rem 0;
      }
      .mark {
        font-size: 1.25rem;
        line-height: 1.2;
        color: var(--lab-muted);
      }
      .passed .mark {
        color: var(--lab-good);
      }
      p {
        margin: 0;
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const { goals, options, opened } = this.session;
    if (!opened) return this.card('goals', this.hint('ui.goals.before'));
    const shown = goals.shown(options.hide);
    // A made world has none.
    if (shown.length === 0) return nothing;
    return this.card(
      'goals',
      html`<ul>
        ${shown.map(
          ({ id, passed, value }) =>
            html`<li class=${passed ? 'passed' : ''}>
              <span class="mark" aria-hidden="true">${passed ? '✔' : '○'}</span>
              <div>
                <b>${this.t(`goals.${id}.title`)}</b>
                <span class="muted">
                  – ${this.t(passed ? 'ui.goals.passed' : 'ui.goals.open')}
                  ${value === null ? '' : this.t('ui.goals.value', { value: this.number(value) })}
                </span>
                <p class="muted">${this.t(`goals.${id}.help`)}</p>
              </div>
            </li>`,
        )}
      </ul>`,
    );
  }
}

define('ember-goals', EmberGoals);
