/** How the film map looks around its picture. */

import { css } from 'lit';

export const mapStyles = css`
  ember-title-search {
    display: block;
    margin-bottom: 0.75rem;
  }
  .frame {
    position: relative;
  }
  canvas {
    display: block;
    width: 100%;
    border: 1px solid var(--lab-grid);
    border-radius: 0.25rem;
    touch-action: pan-y;
  }
  .readout {
    position: absolute;
    top: 0.25rem;
    inset-inline-end: 0.25rem;
    max-width: 75%;
    padding: 0.25rem 0.5rem;
    pointer-events: none;
    background: var(--lab-background);
    border: 1px solid var(--lab-border);
    border-radius: 0.375rem;
    font-size: 0.8125rem;
    line-height: 1.4;
  }
  .readout.start {
    inset-inline: 0.25rem auto;
  }
  .row {
    margin-bottom: 0.5rem;
    gap: 0.5rem 1rem;
  }
  label {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    align-items: center;
  }
  .legend {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
  }
`;
