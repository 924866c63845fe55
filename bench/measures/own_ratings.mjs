/** Ratings of the reader's own, of the size of ml-1m: from the zip on the disk to a lab that is open on them. */

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { LARGE, ratingsFiles } from '../../tests/movies/browser/support/ratings.mjs';
import { withPage } from '../lib/browser.mjs';
import { overRounds } from '../lib/statistics.mjs';

/** A model that is there at once, on few ratings. */
const LESSON = 'movies/?lang=en&model=bias&dataset=made&users=60&films=60&density=0.2';

/**
 * Seconds until the lab is open on the ratings, and megabytes of resident memory of the page's process: before, and at
 * the most until then (of which the kernel keeps count, on Linux alone).
 *
 * @param {import('../lib/browser.mjs').Arena} arena
 * @param {number} rounds
 */
export async function ownRatings({ browser, site }, rounds) {
  const folder = await mkdtemp(join(tmpdir(), 'ratings-'));
  try {
    const file = join(folder, 'ml-1m.zip');
    const zip = zipSync(ratingsFiles(LARGE), { level: 6 });
    await writeFile(file, zip);
    const taken = [];
    for (let round = 0; round < rounds; round += 1) {
      taken.push(await withPage(browser, new URL(LESSON, site).href, (page) => take(browser, page, file)));
    }
    const all = (name) => overRounds(taken.map((one) => one[name]));
    return {
      zipBytes: zip.length,
      ratings: LARGE.ratings,
      seconds: all('seconds'),
      before: all('before'),
      peak: all('peak'),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function take(browser, page, file) {
  const input = page.locator('ember-own-ratings input[type="file"]');
  await input.waitFor();
  const renderers = await renderersOf(browser);
  // Forgets the most that was resident until now.
  await Promise.all(renderers.map((pid) => writeFile(`/proc/${pid}/clear_refs`, '5')));
  const before = await Promise.all(renderers.map((pid) => resident(pid, 'VmRSS')));
  const began = performance.now();
  await input.setInputFiles(file);
  await page.locator('ember-own-ratings').getByText(LARGE.ratings.toLocaleString('en')).waitFor();
  const seconds = (performance.now() - began) / 1000;
  const peaks = await Promise.all(renderers.map((pid) => resident(pid, 'VmHWM')));
  // Of the renderers that the browser keeps at hand, the page's is the one that has grown.
  const [of] = [...renderers.keys()].sort(
    (one, other) => peaks[other] - before[other] - peaks[one] + before[one],
  );
  return { seconds, before: before[of], peak: peaks[of] };
}

async function renderersOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** Megabytes of a line of what the kernel says of a process. */
async function resident(pid, line) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(new RegExp(`^${line}:\\s+(\\d+) kB$`, 'm').exec(status)[1]) * 1024) / 1e6;
}
