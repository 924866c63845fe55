/** What is said of the fusion network, lists of films and the arena. */

import { ms, ratioText, spread, table, whole } from './lib/markdown.mjs';

export function films(title, { agreement, plan, times, ratios }) {
  const agreed = agreement.map(({ name, first, last, difference, lacks }) =>
    lacks === undefined
      ? [name, first.toFixed(4), last.toFixed(4), difference.toExponential(1)]
      : [name, '–', '–', `cannot train it: ${lacks}`],
  );
  return [
    `## ${title}`,
    'Loss of the first steps from the same weights over the same minibatches of 256:',
    table(['', 'first loss', 'last loss', 'largest difference at any step'], agreed),
    `Milliseconds per step with its loss read; 703,776 parameters, Adam. ${plan.rounds} rounds of ${whole(plan.steps)} steps.`,
    table(
      ['', 'ms per step', 'p95', 'Emberbook ÷ this'],
      times.map(({ name, readings }) => [
        name,
        spread(readings.each.median),
        ms(readings.each.p95.median),
        (times[0].readings.each.median.median / readings.each.median.median).toFixed(2),
      ]),
    ),
    `Emberbook: ${ratioText(ratios.each)}`,
  ].join('\n\n');
}

export function filmsGrowth(rows) {
  const sizes = [...new Set(rows.map((row) => row.films))];
  const of = (films, form) => rows.find((row) => row.films === films && row.adam === form);
  const first = (form) => of(sizes[0], form).milliseconds.median;
  const cells = (films, form) => {
    const { milliseconds } = of(films, form);
    return [spread(milliseconds), `${(milliseconds.median / first(form)).toFixed(2)} ×`];
  };
  return [
    '## Films: a step on longer tables',
    'Milliseconds per step of Emberbook on the CPU; 671 users, 100,000 ratings, a word of its own in each title.',
    table(
      ['films', 'parameters', 'dense Adam', 'growth', 'sparse Adam', 'growth'],
      sizes.map((films) => [
        whole(films),
        whole(of(films, 'dense').parameters),
        ...cells(films, 'dense'),
        ...cells(films, 'sparse'),
      ]),
    ),
  ].join('\n\n');
}

export function filmLists({ top, first, others, worst, without }) {
  return [
    '## Films: a list for one user',
    `Milliseconds for the best ${top} of 9,066 films: ${spread(others)}, the slowest ${ms(worst)}; the first list after a ` +
      `step, for which the vectors of all users and films are computed: ${spread(first)}.`,
    'Milliseconds until all answers for a user are there without one of their ratings:',
    table(
      ['method', 'ms'],
      without.map(({ model, milliseconds }) => [model, spread(milliseconds)]),
    ),
  ].join('\n\n');
}

export function filmArena(rows) {
  return [
    '## Films: the arena of all methods',
    table(
      ['seeds', 'methods', 'seconds, click → last run'],
      rows.map(({ seeds, methods, seconds }) => [String(seeds), String(methods), seconds.toFixed(1)]),
    ),
  ].join('\n\n');
}
