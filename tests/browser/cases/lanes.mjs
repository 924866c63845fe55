/** How the run shares cases out between its lanes, and what it says of their time. */

import { Shares } from '../runner/lanes.mjs';
import { Times } from '../runner/times.mjs';
import { equal } from '../support/expect.mjs';

/** Takes a number of cases in turn, lane by lane, each as `browser test`. */
const taken = (shares, lanes) =>
  lanes.map((lane) => {
    const next = shares.next(lane);
    return next && `${next.browser} ${next.test}`;
  });

export const tests = [
  {
    name: 'every case is run once, a lane keeps its browser, takes a free one next and then helps where most is left',
    once: 'first',
    run() {
      const shares = new Shares(
        new Map([
          ['a', [1, 2, 3, 4, 5, 6]],
          ['b', [1, 2]],
          ['c', [1]],
        ]),
      );
      equal(taken(shares, [1, 2, 1, 2]), ['a 1', 'b 1', 'a 2', 'b 2'], 'each lane has its browser');
      equal(taken(shares, [2, 2, 1, 2]), ['c 1', 'a 3', 'a 4', 'a 5'], 'a free browser, then help');
      equal(taken(shares, [3, 2, 1]), ['a 6', null, null], 'until none is left');
    },
  },
  {
    name: 'the times of a run are summed by lane and browser, and name the slowest cases first',
    once: 'first',
    run() {
      const times = new Times();
      equal(times.lines(), [], 'lines of a run without browsers');
      times.add(1, 'firefox', 'quick', 2);
      times.add(2, 'webkit', 'slow', 30.25);
      times.add(1, 'webkit', 'middling', 4);
      times.add(undefined, '', 'of no browser', 99);
      equal(
        times.lines().map((line) => line.trim()),
        [
          ...['6.0 s  lane 1, 2 cases', '30.3 s  lane 2, 1 cases'],
          ...['2.0 s  firefox, 1 cases', '34.3 s  webkit, 2 cases'],
          'the slowest cases:',
          ...['30.3 s  webkit: slow', '4.0 s  webkit: middling', '2.0 s  firefox: quick'],
        ],
        'lines',
      );
    },
  },
];
