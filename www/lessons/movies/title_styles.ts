/** How the steps of the text convolution look. */

import { css } from 'lit';

export const titleStyles = css`
  .questions {
    align-items: end;
    gap: 0.5rem 1rem;
    margin-bottom: 0.75rem;
  }
  label.title {
    display: flex;
    flex-direction: column;
    flex: 1 1 16rem;
    min-width: 0;
  }
  fieldset {
    border: 0;
    margin: 0;
    padding: 0;
    min-width: 0;
  }
  h4 {
    margin-top: 0.875rem;
  }
  .steps {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: 0.75rem 1.5rem;
    align-items: start;
  }
  caption {
    text-align: start;
    font-weight: 600;
    padding-bottom: 0.25rem;
  }
  .steps table {
    width: 100%;
  }
  .steps th {
    font-weight: 400;
    overflow-wrap: break-word;
    border-inline-start: 4px solid transparent;
    vertical-align: middle;
  }
  .steps .kernel th {
    white-space: nowrap;
  }
  .steps td {
    vertical-align: middle;
  }
  tr.inside th {
    border-inline-start-color: var(--lab-accent);
    font-weight: 600;
  }
  .mark {
    border: 1px solid var(--lab-border);
    border-radius: 0.25rem;
    padding: 0 0.25rem;
    font-size: 0.8125rem;
    font-weight: 400;
    color: var(--lab-muted);
  }
  .formula {
    margin-block: 0.5rem;
    min-height: 3rem;
  }
  ol.map {
    list-style: none;
    margin: 0 0 0.5rem;
    padding: 0;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
  }
  ol.map button,
  .pooled button {
    display: inline-flex;
    gap: 0.375rem;
    align-items: center;
    text-align: start;
    font-size: 0.875rem;
  }
  ol.map button[aria-current='step'],
  .pooled button[aria-pressed='true'] {
    border-color: var(--lab-accent);
    box-shadow: inset 0 -3px var(--lab-accent);
  }
  .pooled {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
  }
  .pooled button {
    padding: 0.125rem 0.375rem;
  }
  .sign {
    display: inline-block;
    width: 0.875rem;
    height: 0.875rem;
    flex: none;
    border: 1px solid var(--lab-border);
  }
  .scale {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    margin-top: 0.5rem;
  }
  .gradient {
    width: 8rem;
    height: 0.75rem;
    border: 1px solid var(--lab-border);
  }
`;
