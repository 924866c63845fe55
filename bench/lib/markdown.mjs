/** Numbers and tables in Markdown. */

export const ms = (value) =>
  value < 1 ? value.toFixed(3) : value < 10 ? value.toFixed(2) : value.toFixed(1);
export const spread = ({ median, least, most }, show = ms) =>
  `${show(median)} (${show(least)}–${show(most)})`;
export const whole = (value) => Math.round(value).toLocaleString('en-US');
export const kilobytes = (bytes) => (bytes / 1000).toFixed(1);

/** @param {string[]} head @param {string[][]} rows */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  );
}

/** @param {ReturnType<typeof import('../measures/steps.mjs').ratioToFasterPeer>} ratio */
export const ratioText = (ratio) =>
  `${spread(ratio, (value) => value.toFixed(2))} × ${ratio.peer}; best round beside best round ${ratio.quietest.toFixed(2)}`;
