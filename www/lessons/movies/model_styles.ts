/** How the picture of the fusion network looks: towers side by side where there is room, under one another on a phone. */

import { css } from 'lit';

export const modelStyles = css`
  .towers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
    gap: 0.75rem;
  }
  .tower {
    border: 1px solid var(--lab-border);
    border-radius: 0.5rem;
    padding: 0.625rem;
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  .tower ul {
    list-style: none;
    margin: 0 0 0.5rem;
    padding: 0;
    flex: 1;
  }
  .tower li {
    padding-block: 0.25rem 0.5rem;
    border-bottom: 1px dashed var(--lab-grid);
  }
  .name {
    font-size: 0.875rem;
    margin-bottom: 0.125rem;
  }
  .mark {
    border: 1px solid var(--lab-border);
    border-radius: 0.25rem;
    padding: 0 0.25rem;
    font-size: 0.8125rem;
    color: var(--lab-muted);
  }
  .chain {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem;
  }
  /* An arrow begins the line that its box stands on. */
  .next {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    min-width: 0;
  }
  .arrow {
    color: var(--lab-muted);
  }
  .box {
    display: inline-flex;
    flex-direction: column;
    border: 1px solid var(--lab-border);
    border-inline-start: 4px solid var(--lab-muted);
    border-radius: 0.25rem;
    padding: 0.125rem 0.375rem;
    font-size: 0.8125rem;
    line-height: 1.35;
    min-width: 0;
    overflow-wrap: anywhere;
    background: var(--lab-background);
  }
  .box.fc,
  .box.conv_pool {
    border-inline-start-color: var(--lab-accent);
  }
  .box.embedding {
    border-inline-start-color: var(--lab-good);
  }
  .box small {
    font-size: 0.75rem;
  }
  .box small.muted {
    font-size: 0.75rem;
  }
  .joined {
    display: flex;
    flex-direction: column;
    gap: 0.25rem;
    font-size: 0.875rem;
    align-items: flex-start;
  }
  .meet .box {
    align-self: center;
    text-align: start;
  }
  .meet {
    margin: 0.5rem 0 0.75rem;
    border: 1px solid var(--lab-border);
    border-radius: 0.5rem;
    padding: 0.5rem 0.625rem;
    text-align: center;
    display: flex;
    flex-direction: column;
  }
  code {
    font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', monospace;
    font-size: 0.9em;
  }
  .feeding code {
    overflow-wrap: anywhere;
  }
  .shape {
    white-space: nowrap;
  }
  code.log {
    display: block;
    overflow-wrap: anywhere;
  }
  tfoot td,
  tfoot th {
    border-bottom: 0;
    font-weight: 600;
  }
`;
