/** The frame round what a run goes on with. */

import { css } from 'lit';

export const trainOnStyles = css`
  fieldset {
    border: 1px solid var(--lab-grid);
    border-radius: 0.375rem;
    margin: 0.5rem 0;
    padding: 0.25rem 0.75rem 0.5rem;
  }
`;
