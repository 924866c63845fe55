/** The choice of the two columns of a scatter chart: what is chosen, and two selects to choose it with. */

import { html, type TemplateResult } from 'lit';
import type { LabPart } from '../../lab/part.js';
import { featureText, type Table } from './table_data.js';
import { words } from '../../kit/words.js';
import { selectOf } from '../../kit/events.js';

/** Names of the columns across and upwards; the same one twice where there is no other. */
export type Pair = [x: string, y: string];

/** An event with the pair that somebody has chosen. */
export type PairChange = CustomEvent<Pair>;

/** Holds the choice for a part that draws two columns. */
export class FeaturePairChoice {
  private chosen: Pair | null = null;

  /** `usual` gives the columns to begin with; `onChange` is called when others are chosen. */
  constructor(
    private readonly host: LabPart,
    private readonly usual: (features: readonly string[]) => readonly string[],
    private readonly onChange: () => void = () => undefined,
  ) {}

  /** The columns shown, of those there are; others where a choice is no longer among them. */
  of(features: readonly string[]): Pair {
    const [x = '', y = ''] = this.chosen ?? this.usual(features);
    const first = features.includes(x) ? x : (features[0] ?? '');
    const isOther = features.includes(y) && y !== first;
    return [first, isOther ? y : (features.find((name) => name !== first) ?? first)];
  }

  choose(pair: Pair): void {
    this.chosen = pair;
    this.host.requestUpdate();
    this.onChange();
  }

  /** The two selects; choosing the other axis' column exchanges the two. */
  inputs(table: Table, features: readonly string[]): TemplateResult {
    const [x, y] = this.of(features);
    return html`<div class="row">
      ${this.select('ui.axes.x', table, features, x, (name) => (name === y ? [y, x] : [name, y]))}
      ${this.select('ui.axes.y', table, features, y, (name) => (name === x ? [y, x] : [x, name]))}
    </div>`;
  }

  private select(
    key: string,
    table: Table,
    features: readonly string[],
    shown: string,
    pairWith: (name: string) => Pair,
  ): TemplateResult {
    const { language } = this.host;
    return html`<label class="row"
      ><span class="muted">${words(language, key)}</span
      ><select @change=${(event: Event) => this.choose(pairWith(selectOf(event).value))}>
        ${features.map(
          (name) =>
            html`<option value=${name} .selected=${name === shown}>
              ${featureText(language, table, name)}
            </option>`,
        )}
      </select></label
    >`;
  }
}
