/** What a model says of a row: a bar for the probability of each class, or the decision value of each pair of classes. */

import { css, html, type TemplateResult } from 'lit';
import { classColor } from '../kit/colors.js';
import { pointSign, SHAPES } from '../kit/legend.js';
import { styled } from '../kit/styled.js';
import type { Prediction } from './predictions.js';
import { classText } from './rows/table_data.js';
import { formatNumber, words, type Language } from '../kit/words.js';

/** What tells the answers apart: the classes of a table or of pictures. */
interface Classes {
  classes: readonly string[];
}

/** The look of {@link modelAnswer}. */
export const modelAnswerStyles = css`
  .bars {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 0.375rem 0.75rem;
    align-items: center;
    margin-bottom: 0.75rem;
  }
  .name {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    /* A name in Chinese is one word, which is broken only where it has no room at all. */
    word-break: keep-all;
    overflow-wrap: anywhere;
  }
  .track {
    background: var(--lab-grid);
    border-radius: 0.25rem;
    height: 1rem;
    overflow: hidden;
  }
  .bar {
    height: 100%;
  }
`;

/** What stands behind the class predicted for the first row. */
export function modelAnswer(
  dark: boolean,
  language: Language,
  { classes }: Classes,
  prediction: Prediction,
): TemplateResult {
  return 'probabilities' in prediction
    ? probabilityBars(dark, language, classes, prediction.probabilities[0] ?? [])
    : decisionTable(language, prediction.pairs, prediction.decisions[0] ?? []);
}

function probabilityBars(
  dark: boolean,
  language: Language,
  classes: readonly string[],
  probabilities: readonly (number | null)[],
): TemplateResult {
  return html`<div class="bars">
    ${classes.map((name, index) => {
      const share = probabilities[index] ?? null;
      const color = classColor(dark, index);
      return html`<span class="name"
          >${pointSign(color, SHAPES[index % SHAPES.length]!)} ${classText(language, name)}</span
        >
        <span class="track"
          ><div class="bar" ${styled({ width: `${100 * (share ?? 0)}%`, background: color })}></div
        ></span>
        <span>${share === null ? '–' : share.toFixed(3)}</span>`;
    })}
  </div>`;
}

/** The decision values of a support vector machine. */
function decisionTable(
  language: Language,
  pairs: readonly [string, string][],
  decisions: readonly number[],
): TemplateResult {
  return html`<p class="muted">${words(language, 'ui.predict.decisions')}</p>
    <table>
      <tbody>
        ${pairs.map(([one, other], index) => {
          const [first, second] = [classText(language, one), classText(language, other)];
          return html`<tr>
            <th scope="row">${words(language, 'ui.predict.pair', { first, second })}</th>
            <td>${formatNumber(language, decisions[index] ?? 0, 3)}</td>
          </tr>`;
        })}
      </tbody>
    </table>`;
}
