/** The look of `<ember-maps>`. */

import { css } from 'lit';

export const mapsStyles = css`
  .look {
    display: grid;
    grid-template-columns: minmax(11rem, 15rem) minmax(0, 1fr);
    gap: 0 1.5rem;
    align-items: start;
    margin-bottom: 0.75rem;
  }
  /* At hand beside every layer: its frame is what pointing at a map shows. The run bar is above it. */
  .picture {
    position: sticky;
    top: 9.5rem;
    background: var(--lab-surface);
  }
  .frame {
    position: relative;
    width: fit-content;
    line-height: 0;
    border: 1px solid var(--lab-border);
  }
  .field {
    position: absolute;
    outline: 2px solid #ffffff;
    box-shadow: 0 0 0 4px #000000;
    pointer-events: none;
  }
  .caption,
  .readout {
    margin: 0.25rem 0 0;
    font-size: 0.875rem;
    line-height: 1.4;
    overflow-wrap: anywhere;
  }
  .readout {
    min-height: 7em;
    color: var(--lab-muted);
  }
  .says {
    margin: 0 0 0.375rem;
  }
  .bars {
    gap: 0.125rem 0.5rem;
    font-size: 0.875rem;
    margin: 0;
  }
  .bars .track {
    height: 0.75rem;
  }
  /* On a phone the picture stays above the maps, as small as can be. */
  @media (max-width: 40rem) {
    .look {
      grid-template-columns: minmax(0, 1fr);
    }
    .picture {
      top: 0;
      z-index: 5;
      display: grid;
      grid-template-columns: 6rem minmax(0, 1fr);
      gap: 0 0.75rem;
      padding-bottom: 0.5rem;
      border-bottom: 1px solid var(--lab-grid);
    }
    .frame {
      grid-row: 1 / span 3;
      align-self: start;
    }
    .caption,
    .readout {
      font-size: 0.8125rem;
      margin: 0;
    }
    .readout {
      min-height: 5.6em;
    }
    .picture .says,
    .picture .bars {
      grid-column: 1 / -1;
    }
    .picture .bars {
      display: none;
    }
  }
  @media (max-width: 40rem), (max-height: 40rem) {
    .picture {
      top: 0;
    }
  }
`;
