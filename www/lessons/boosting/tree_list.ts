/** A tree of splits as nested lists: what a screen reader reads is what stands there. */

import { css, html, nothing, type TemplateResult } from 'lit';
import type { TreeChild, TreeLeaf, TreeNode } from '../../generated/boosting.js';
import { formatCount, formatNumber, words, type Language } from '../../kit/words.js';

export const treeListStyles = css`
  .tree ul {
    margin: 0;
    padding-inline-start: 1rem;
    border-inline-start: 2px solid var(--lab-grid);
    list-style: none;
  }
  .tree > ul {
    padding-inline-start: 0;
    border: 0;
  }
  .tree li {
    padding-block: 0.125rem;
    overflow-wrap: anywhere;
  }
  .tree .next {
    outline: 2px solid var(--lab-accent);
    border-radius: 0.25rem;
    padding-inline: 0.25rem;
  }
`;

/** So many categories of a split are named; the others are counted. */
const NAMED = 6;

/** A tree from its root; `next` is the leaf that is split next. */
export function treeList(
  language: Language,
  nodes: readonly TreeNode[],
  leaves: readonly TreeLeaf[],
  next: number | null = null,
): TemplateResult {
  const t = (key: string, fill?: { [name: string]: string }): string =>
    words(language, `ui.tree.${key}`, fill);
  const leaf = (number: number): TemplateResult => {
    const { rows, value } = leaves[number]!;
    const text = t('leaf', {
      leaf: formatCount(language, number),
      rows: formatCount(language, rows),
      value: formatNumber(language, value, 4),
    });
    return html`<span class=${number === next ? 'next' : ''}
      >${text}${number === next ? html` <b>${t('next')}</b>` : nothing}</span
    >`;
  };
  const child = (of: TreeChild): TemplateResult => ('leaf' in of ? leaf(of.leaf) : node(nodes[of.node]!));
  const node = (of: TreeNode): TemplateResult =>
    html`<b>${splitText(language, of)}</b>
      <span class="muted"
        >${t('gain', { gain: formatNumber(language, of.gain, 4), rows: formatCount(language, of.rows) })}</span
      >
      <ul>
        <li><span class="muted">${t('yes')}</span> ${child(of.left)}</li>
        <li><span class="muted">${t('no')}</span> ${child(of.right)}</li>
      </ul>`;
  return html`<div class="tree">
    <ul>
      <li>${nodes.length > 0 ? node(nodes[0]!) : leaf(0)}</li>
    </ul>
  </div>`;
}

/** The question a split asks. */
export function splitText(language: Language, node: TreeNode): string {
  const t = (key: string, fill?: { [name: string]: string }): string =>
    words(language, `ui.tree.${key}`, fill);
  const { feature } = node;
  const missing = node.missing === 'none' || !node.missing_left ? '' : t('missing_too');
  if (node.categories) {
    const named = node.categories.slice(0, NAMED).join(t('comma'));
    const more = node.categories.length + node.more_categories - NAMED;
    const list = more > 0 ? t('and_more', { named, more: formatCount(language, more) }) : named;
    return t('is_one_of', { feature, list });
  }
  return `${feature} ≤ ${node.threshold ?? '?'}${missing}`;
}
