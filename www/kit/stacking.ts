/**
 * `<table ${stacking()}>`: a table that hides no column. Where it is wider than its place, a short one is stacked: each
 * row becomes a card, each value with the name of its column before it. A long one scrolls sideways under its first
 * column, which stays. The look is in `styles.ts`.
 */

import { noChange, type ElementPart } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { PartType, type PartInfo } from 'lit/directive.js';
import { inNextFrame } from './frames.js';
import { columnLabels } from './table_labels.js';

/** A table of more values than this is longer as cards than anybody scrolls. */
const MOST_VALUES = 120;

class StackingDirective extends AsyncDirective {
  private table: HTMLTableElement | null = null;
  private observer: ResizeObserver | null = null;
  /** The least width of the table as a table, once it was too wide. */
  private needed = 0;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('stacking() stands in the tag of a table');
  }

  override update({ element }: ElementPart): unknown {
    if (!(element instanceof HTMLTableElement)) throw new Error('stacking() stands in the tag of a table');
    if (this.table !== element) {
      this.table = element;
      // Its place is known once it stands there.
      inNextFrame(this.watch);
    } else if (element.classList.contains('stacked')) inNextFrame(this.name);
    return noChange;
  }

  render(): unknown {
    return noChange;
  }

  protected override disconnected(): void {
    this.observer?.disconnect();
    this.observer = null;
  }

  protected override reconnected(): void {
    inNextFrame(this.watch);
  }

  private readonly watch = (): void => {
    const place = this.table && placeOf(this.table);
    if (!this.isConnected || !this.table || !place || this.observer) return;
    this.observer = new ResizeObserver(() => inNextFrame(this.fit));
    this.observer.observe(place);
    this.observer.observe(this.table);
  };

  private readonly fit = (): void => {
    const { table } = this;
    const room = (table && placeOf(table)?.clientWidth) ?? 0;
    if (!table || room === 0) return;
    const { classList } = table;
    if (classList.contains('stacked')) {
      if (room >= this.needed) unstack(table);
      else this.name();
      return;
    }
    const width = table.offsetWidth;
    const isTooWide = width > room + 1;
    const values = table.rows.length * (table.rows[0]?.cells.length ?? 0);
    classList.toggle('sticking', isTooWide && values > MOST_VALUES);
    if (!isTooWide || values > MOST_VALUES || !table.tHead) return;
    this.needed = width;
    classList.add('stacked');
    this.name();
  };

  /** Names the values. What is laid out as blocks is no table to screen readers unless it is said. */
  private readonly name = (): void => {
    const { table } = this;
    if (!table?.tHead) return;
    const labels = columnLabels(
      [...table.tHead.rows].map((row) =>
        [...row.cells].map(({ textContent, colSpan, rowSpan }) => ({ text: textContent, colSpan, rowSpan })),
      ),
    );
    set(table, 'role', 'table');
    for (const group of [table.tHead, ...table.tBodies]) set(group, 'role', 'rowgroup');
    for (const row of table.rows) {
      set(row, 'role', 'row');
      let column = 0;
      for (const cell of row.cells) {
        const isHeader = cell.tagName === 'TH';
        const isOfColumn = row.parentElement === table.tHead;
        set(cell, 'role', isOfColumn && isHeader ? 'columnheader' : isHeader ? 'rowheader' : 'cell');
        if (!isOfColumn && !isHeader) set(cell, 'data-label', labels[column] ?? '');
        column += cell.colSpan;
      }
    }
  };
}

/** What a table stands in; directly under a shadow root, the element that has it. */
function placeOf(table: HTMLTableElement): Element | null {
  const root = table.getRootNode();
  return table.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function unstack(table: HTMLTableElement): void {
  table.classList.remove('stacked');
  for (const element of [table, ...table.querySelectorAll('[role]')]) {
    if (element instanceof HTMLTableElement || element.matches('thead, tbody, tr, th, td'))
      element.removeAttribute('role');
  }
}

export const stacking = directive(StackingDirective);
