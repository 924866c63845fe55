/** How the list of next items and its reasons look. */

import { css } from 'lit';

export const nextItemStyles = css`
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
    gap: 1rem 2rem;
    align-items: start;
  }
  .columns > * {
    min-width: 0;
  }
  .examples {
    margin-bottom: 0.75rem;
  }
  ol.next {
    margin: 0 0 0.75rem;
    padding-inline-start: 1.75rem;
  }
  ol.next > li {
    padding-block: 0.375rem 0.125rem;
    border-bottom: 1px solid var(--lab-grid);
  }
  ol.next > li.really::marker {
    font-weight: 700;
    color: var(--lab-accent);
  }
  .item {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    align-items: center;
    justify-content: space-between;
  }
  .facts {
    text-align: end;
  }
  .facts small {
    color: var(--lab-muted);
    margin-inline-start: 0.375rem;
  }
  .room {
    position: relative;
    height: 0.5rem;
    margin-top: 0.25rem;
  }
  .length {
    height: 100%;
  }
  /* What the rule of the made users says, as a mark on the same scale. */
  .truth {
    position: absolute;
    inset-block: -0.125rem;
    width: 2px;
    background: var(--lab-text);
  }
  p.really {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.5rem;
    align-items: center;
    border-inline-start: 4px solid var(--lab-good);
    padding-inline-start: 0.75rem;
  }
  ul.reasons {
    list-style: none;
    margin: 0 0 0.25rem;
    padding: 0;
    font-size: 0.9375rem;
  }
  ul.reasons li {
    display: flex;
    gap: 0.5rem;
    padding-block: 0.125rem;
    overflow-wrap: anywhere;
  }
  ul.reasons b {
    flex: none;
    min-width: 4rem;
    text-align: end;
  }
  ul.reasons b.against {
    font-weight: 400;
  }
  var {
    font-family: 'STIX Two Math', 'Cambria Math', Georgia, serif;
  }
`;
