/** The look the parts of a lab share. Colours come from the page (`--ember-…`), or else from here. */

import { css } from 'lit';

/** Colours and type, set on the outermost element of a lab; the parts use the `--lab-…` names only. */
export const tokens = css`
  :host {
    --lab-background: var(--ember-background, #fcfcf9);
    --lab-surface: var(--ember-surface, #ffffff);
    --lab-text: var(--ember-text, #1d1d1b);
    --lab-muted: var(--ember-muted, #5b5b56);
    --lab-grid: var(--ember-grid, #e3e3dd);
    --lab-border: var(--ember-border, #c9c9c1);
    --lab-accent: var(--ember-accent, #0a5c9e);
    --lab-focus: var(--ember-focus, #0a5c9e);
    --lab-error: #c2410c;
    --lab-good: #007a5a;
    color: var(--lab-text);
    font-family:
      system-ui,
      -apple-system,
      'Segoe UI',
      'Noto Sans',
      'PingFang SC',
      'Microsoft YaHei',
      'Noto Sans CJK SC',
      sans-serif;
    font-size: 1rem;
    line-height: 1.5;
    font-variant-numeric: tabular-nums;
    text-align: start;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --lab-background: var(--ember-background, #16181b);
      --lab-surface: var(--ember-surface, #1e2125);
      --lab-text: var(--ember-text, #e8e6e1);
      --lab-muted: var(--ember-muted, #a9a7a1);
      --lab-grid: var(--ember-grid, #33373d);
      --lab-border: var(--ember-border, #4a4f57);
      --lab-accent: var(--ember-accent, #7db8e8);
      --lab-focus: var(--ember-focus, #7db8e8);
    }
  }
`;

/** Cards, buttons, fields and tables. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
    min-width: 0;
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  .card {
    background: var(--lab-surface);
    border: 1px solid var(--lab-border);
    border-radius: 0.5rem;
    padding: 1rem;
    height: 100%;
  }

  h3 {
    font-size: 1.0625rem;
    line-height: 1.3;
    margin: 0 0 0.75rem;
  }

  h4 {
    font-size: 0.9375rem;
    line-height: 1.3;
    margin: 0 0 0.375rem;
  }

  p {
    margin: 0 0 0.75rem;
    max-width: 68ch;
  }

  .muted {
    color: var(--lab-muted);
    font-size: 0.9375rem;
  }

  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    /* What cannot be broken in it is no reason to be wider than its place. */
    min-width: 0;
  }

  :host([captioned]) .intro {
    display: none;
  }

  /* Words under buttons keep off them. */
  .row + p,
  ember-file-drop + p {
    margin-top: 0.5rem;
  }

  button,
  select,
  input,
  textarea {
    font: inherit;
    color: inherit;
    line-height: 1.25;
  }

  button,
  select,
  input[type='number'],
  input[type='text'],
  textarea {
    min-height: 2.25rem;
    border: 1px solid var(--lab-border);
    border-radius: 0.375rem;
    background: var(--lab-background);
    padding: 0.25rem 0.625rem;
  }

  /* The longest of its options is no reason to be wider than the window. */
  select {
    max-width: 100%;
  }

  button {
    cursor: pointer;
  }

  button:hover:not(:disabled) {
    border-color: var(--lab-accent);
  }

  button.primary {
    background: var(--lab-accent);
    border-color: var(--lab-accent);
    color: var(--lab-surface);
    font-weight: 600;
  }

  button.quiet {
    background: transparent;
    border-color: transparent;
    color: var(--lab-accent);
    text-decoration: underline;
    text-underline-offset: 0.2em;
    padding-inline: 0.375rem;
  }

  button:disabled,
  select:disabled,
  input:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }

  input[type='range'] {
    accent-color: var(--lab-accent);
    width: 100%;
    min-height: 1.75rem;
    margin: 0;
  }

  input[type='checkbox'],
  input[type='radio'] {
    accent-color: var(--lab-accent);
    width: 1.125rem;
    height: 1.125rem;
    margin: 0;
    flex: none;
  }

  label.choice {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    min-height: 2rem;
    padding-block: 0.25rem;
  }

  /* What is scrolled to must not come to lie under the run bar. */
  button,
  select,
  input,
  textarea,
  canvas,
  summary,
  [tabindex] {
    scroll-margin-block: 9rem 2rem;
  }

  :focus-visible {
    outline: 3px solid var(--lab-focus);
    outline-offset: 2px;
  }

  table {
    border-collapse: collapse;
    font-size: 0.9375rem;
  }

  th,
  td {
    padding: 0.25rem 0.625rem;
    border-bottom: 1px solid var(--lab-grid);
    text-align: end;
    vertical-align: baseline;
  }

  th {
    font-weight: 600;
  }

  th:first-child,
  td:first-child,
  .left {
    text-align: start;
  }

  .scroll {
    overflow: auto;
    max-width: 100%;
    margin-block: 0.5rem 0.75rem;
  }

  /* Words under a table keep off it. */
  table + p {
    margin-top: 0.5rem;
  }

  /* A table too wide for its place (stacking.ts): a card for each row, the name of the column before each value. */
  .stacked,
  .stacked > tbody,
  .stacked > tbody > tr {
    display: block;
    width: 100%;
  }

  .stacked > thead,
  .stacked > caption {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  .stacked > tbody > tr {
    padding-block: 0.375rem;
    border-bottom: 1px solid var(--lab-grid);
  }

  .stacked > tbody > tr > * {
    display: flow-root;
    width: auto;
    min-width: 0;
    max-width: none;
    padding: 0.125rem 0;
    border: 0;
    text-align: end;
    white-space: normal;
    overflow-wrap: anywhere;
  }

  .stacked > tbody > tr > th {
    text-align: start;
  }

  .stacked > tbody > tr > td::before {
    content: attr(data-label);
    float: inline-start;
    max-width: 60%;
    margin-inline-end: 1rem;
    color: var(--lab-muted);
    text-align: start;
  }

  /* A long one: its first column stays while the others are scrolled. */
  .sticking > * > tr > :first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    background: var(--lab-surface);
  }

  /* On a phone such a table scrolls sideways; its cells stay in one line. */
  .whole td,
  .whole th {
    white-space: nowrap;
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
    border: 0;
  }

  details > summary {
    cursor: pointer;
    color: var(--lab-muted);
    font-size: 0.9375rem;
    min-height: 1.75rem;
  }

  .error {
    border-inline-start: 4px solid var(--lab-error);
    padding-inline-start: 0.75rem;
  }

  /* Fingers need more room than a mouse. */
  @media (max-width: 40rem), (pointer: coarse) {
    button,
    select,
    input[type='number'],
    input[type='text'] {
      min-height: 2.75rem;
      min-width: 2.75rem;
    }

    input[type='range'],
    label.choice,
    details > summary {
      min-height: 2.75rem;
    }

    details > summary {
      padding-block: 0.5rem;
    }

    .card {
      padding: 0.75rem;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition: none !important;
      animation: none !important;
      scroll-behavior: auto !important;
    }
  }

  /* Nobody presses paper; a tab says what stands below it. */
  @media print {
    button:not([role='tab']) {
      display: none;
    }
  }
`;
