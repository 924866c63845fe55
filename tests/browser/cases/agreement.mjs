/** What the browsers have left behind is compared when all have had their turn. */

import { Unmet } from '../support/expect.mjs';

export const tests = [
  {
    name: 'histories are bit for bit the same in all browsers',
    once: 'last',
    async run({ shared }) {
      const most = Math.max(0, ...[...shared.values()].map((hashes) => Object.keys(hashes).length));
      if (most < 2) return 'fewer than two histories of the same run';
      for (const [run, hashes] of shared) {
        if (new Set(Object.values(hashes)).size > 1)
          throw new Unmet(`${run}: the histories differ: ${JSON.stringify(hashes)}`);
      }
      return undefined;
    },
  },
];
