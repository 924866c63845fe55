/** `<ember-all-trees>`: the trees of a model one by one, and the model as the file it is saved in. */

import { css, html, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import '../../kit/copy.js';
import { define } from '../../kit/define.js';
import { inputOf, targetOf } from '../../kit/events.js';
import { LiveAnswer } from '../../lab/live.js';
import { LabPart } from '../../lab/part.js';
import { shared } from '../../kit/styles.js';
import type { Topic } from '../../lab/topics.js';
import type { TreeShown } from '../../generated/boosting.js';
import { treeCity, treeCityStyles } from './tree_city.js';
import './tree_drawing.js';
import { treeList, treeListStyles } from './tree_list.js';

export class EmberAllTrees extends LabPart {
  static override topics: readonly Topic[] = ['opened'];
  static override styles = [
    shared,
    treeListStyles,
    treeCityStyles,
    css`
      .scroll {
        max-height: 26rem;
      }
      input[type='number'] {
        width: 7rem;
      }
      label {
        display: inline-flex;
        gap: 0.375rem;
        align-items: center;
      }
    `,
  ];

  @state() private tree = 0;
  @state() private text = '';
  private readonly shown = new LiveAnswer<TreeShown>(this, () => this.ask(), 200);

  protected override render(): TemplateResult {
    const shown = this.shown.value;
    if (!shown || shown.trees === 0) return this.hint('ui.trees.before');
    const { trees, tree, nodes, leaves, all } = shown;
    const number = (tree ?? 0) + 1;
    return html`${treeCity(
        all,
        number - 1,
        this.t('ui.trees.city_alt', { trees: this.count(trees) }),
        (one) => this.choose(one, trees),
      )}
      ${this.hint('ui.trees.city')} ${this.hint('ui.trees.intro')}
      <div class="row">
        <label>
          ${this.t('ui.trees.tree', { last: this.count(trees) })}
          <input
            type="number"
            min="1"
            max=${trees}
            .value=${String(number)}
            @change=${(event: Event) => this.choose(inputOf(event).valueAsNumber - 1, trees)}
          />
        </label>
        <button type="button" ?disabled=${number === 1} @click=${() => this.choose(number - 2, trees)}>
          ${this.t('ui.contributions.before_it')}
        </button>
        <button type="button" ?disabled=${number >= trees} @click=${() => this.choose(number, trees)}>
          ${this.t('ui.contributions.after_it')}
        </button>
      </div>
      <ember-tree-drawing
        .language=${this.language}
        .nodes=${nodes}
        .leaves=${leaves}
        .label=${this.t('ui.trees.one', { tree: this.count(number) })}
      ></ember-tree-drawing>
      <details>
        <summary>${this.t('ui.tree.as_list')}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${this.t('ui.tree.as_list')}>
          ${treeList(this.language, nodes, leaves)}
        </div>
      </details>
      <details @toggle=${(event: Event) => targetOf(event).hasAttribute('open') && this.readText()}>
        <summary>${this.t('ui.trees.file')}</summary>
        ${this.hint('ui.trees.file_intro')}
        <ember-copy
          .text=${this.text}
          .label=${this.t('ui.trees.file')}
          .language=${this.language}
        ></ember-copy>
      </details>`;
  }

  private choose(tree: number, trees: number): void {
    if (!Number.isInteger(tree)) return;
    this.tree = Math.min(Math.max(tree, 0), trees - 1);
    this.shown.refresh();
  }

  private readText(): void {
    this.session.inspect('boosting', 'model_text', {}).then(
      ({ text }) => (this.text = text),
      (thrown: unknown) => this.session.report(thrown),
    );
  }

  private ask(): Promise<TreeShown> {
    return this.session.inspect('boosting', 'trees', { tree: this.tree });
  }
}

define('ember-all-trees', EmberAllTrees);
