/** `<ember-flower-predict>`: a row set with sliders, and the flower that has these measurements. */

import { css, html, nothing, type TemplateResult } from 'lit';
import { classColor } from '../../kit/colors.js';
import { define } from '../../kit/define.js';
import { EmberPredict } from '../../looks/rows/predict.js';
import type { Table } from '../../looks/rows/table_data.js';
import { flowerPicture, REACH_CM, type Flower } from './flower.js';

/** Columns of the lesson's own table. */
const MEASURED = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'] as const;

export class EmberFlowerPredict extends EmberPredict {
  static override styles = [
    ...EmberPredict.styles,
    css`
      figure {
        flex: 0 1 16rem;
        min-width: 0;
        max-width: 100%;
        margin: 0 auto;
        text-align: center;
      }
      svg {
        width: 13rem;
        max-width: 100%;
      }
      figcaption {
        font-size: 0.875rem;
        color: var(--lab-muted);
      }
      line {
        stroke: var(--lab-muted);
        stroke-width: 0.1;
      }
    `,
  ];

  protected override picture(table: Table): TemplateResult | typeof nothing {
    const columns = new Set(table.features.map(({ name }) => name));
    // A table of the reader's own is of something else.
    if (this.session.opened?.description.own || !MEASURED.every((name) => columns.has(name))) return nothing;
    const predicted = this.predictedClass(table);
    const color = predicted === null ? 'currentColor' : classColor(this.dark, predicted);
    const around = REACH_CM;
    return html`<figure>
      <svg
        viewBox="${-around} ${-around} ${2 * around} ${2 * around}"
        role="img"
        aria-label=${this.t('ui.flower.alt')}
      >
        ${flowerPicture(this.flower(table), color)}
        <line x1=${-around + 0.2} x2=${-around + 1.2} y1=${around - 0.3} y2=${around - 0.3}></line>
      </svg>
      <figcaption>${this.t('ui.flower.scale')}</figcaption>
    </figure>`;
  }

  /** What the model does not see is as it is on average. */
  private flower(table: Table): Flower {
    const [sepalLength, sepalWidth, petalLength, petalWidth] = MEASURED.map((name) => {
      const value = this.value(table, name);
      return Math.min(REACH_CM, Math.max(0.05, value));
    });
    return {
      sepal: { length: sepalLength!, width: sepalWidth! },
      petal: { length: petalLength!, width: petalWidth! },
    };
  }
}

define('ember-flower-predict', EmberFlowerPredict);
