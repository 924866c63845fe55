/** The look of the graph panel and of the picture in it. */

import { css } from 'lit';

/** Of the panel. */
export const graphStyles = css`
  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
    gap: 1rem 2rem;
    align-items: start;
  }
  .sides > * {
    min-width: 0;
  }
  .sides + .sides {
    margin-top: 1rem;
  }
  .graph {
    border-block: 1px solid var(--lab-grid);
    margin-block: 0.5rem;
    overflow: auto hidden;
  }
  .legend {
    margin-bottom: 0.75rem;
    font-size: 0.8125rem;
    color: var(--lab-muted);
  }
  .views {
    margin-top: 0.5rem;
    gap: 0 2.5rem;
  }
  .views fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
  }
`;

/** Of the picture. */
export const pictureStyles = css`
  .sheet {
    position: relative;
  }
  svg {
    display: block;
    position: absolute;
    inset: 0;
  }
  path,
  rect {
    fill: none;
  }
  .loop {
    stroke: var(--lab-muted);
    stroke-opacity: 0.6;
  }
  .faint {
    opacity: 0.22;
  }
  .cut {
    stroke: var(--lab-muted);
    stroke-width: 1.5;
    stroke-dasharray: 3 5;
  }
  .picked {
    stroke: var(--lab-focus);
    stroke-width: 14;
    opacity: 0.3;
  }
  .gate {
    fill: var(--lab-surface);
    stroke: var(--lab-muted);
  }
  .share {
    fill: var(--lab-text);
  }
  .hit {
    stroke: transparent;
    stroke-width: 14;
    pointer-events: stroke;
    cursor: pointer;
  }
  button {
    position: absolute;
    display: flex;
    align-items: center;
    justify-content: center;
    min-width: 0;
    min-height: 0;
    padding: 0;
    overflow: hidden;
    background: var(--lab-surface);
    line-height: 1.1;
    scroll-margin: 4rem;
  }
  button.image {
    border-radius: 1.25rem;
  }
  button.text,
  button .name {
    font-size: 0.6875rem;
  }
  button.text {
    border-radius: 1rem;
  }
  button.code {
    padding-inline: 0.125rem;
  }
  button.code .name {
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  button .name {
    overflow-wrap: anywhere;
    max-height: 100%;
  }
  button.last {
    border: 2px solid var(--lab-accent);
  }
  button[aria-pressed='true'] {
    outline: 3px solid var(--lab-focus);
    outline-offset: 1px;
  }
  button.gone {
    border-style: dashed;
    opacity: 0.45;
  }
  .row-name {
    position: sticky;
    left: 0;
    display: block;
    width: fit-content;
    height: 0;
    color: var(--lab-muted);
    font-size: 0.75rem;
    line-height: 1;
    pointer-events: none;
  }
  .row-name span {
    position: absolute;
    padding: 1px 3px;
    background: var(--lab-surface);
    white-space: nowrap;
    opacity: 0.85;
  }
`;
