/** Ratings of the reader's own: ml-1m's shape in a zip, and zips that are refused. */

import { zipSync } from 'fflate';
import { eventually } from '../../browser/support/bare_page.mjs';
import { contains, equal, ok } from '../../browser/support/expect.mjs';
import { keptKeys, untilKept, untilNothingKept } from '../../browser/support/kept.mjs';
import { address, EVERYWHERE } from '../../browser/support/lessons.mjs';
import { crashWorker, KEEP_WORKERS } from '../../browser/support/workers.mjs';
import { LARGE, loadMadeRatings, ratingsFiles, SMALL } from './support/ratings.mjs';

const PART = 'ember-own-ratings';

/** A made world, which needs no file of the site, and a model that is there at once. */
const movies = (parameters = {}) =>
  address('movies', {
    model: 'bias',
    dataset: 'made',
    users: '60',
    films: '60',
    density: '0.2',
    ...parameters,
  });

/** The same without a word on the data. */
const plain = (parameters = {}) => address('movies', { model: 'bias', ...parameters });

const zip = (files) => [...zipSync(files, { level: 1 })];
const text = (content) => new TextEncoder().encode(content);

export const tests = [
  {
    name: 'a zip of the shape of ml-1m is unpacked and read in the page, and the page says how far it is',
    browsers: EVERYWHERE,
    async run({ open, words }) {
      const page = await open(movies(), { before: [KEEP_WORKERS] });
      await page.waitForStatus('ready');
      const { error, seconds, told } = await loadMadeRatings(page, LARGE);
      equal(error, null, 'what loading the zip says');
      // The bench holds it to 10 s; here others are at work beside it, and it may take as long as any wait.
      ok(seconds < 150, `it took ${seconds} s`);
      const [, total] = told.at(-1);
      equal(told.at(-1), [total, total], 'all is unpacked in the end');
      ok(total > 20e6 && told.length > 3, `${told.length} words on ${total} bytes`);
      const { users, films, ratings, demographics } = await page.call('inspect', 'data');
      equal(
        [users, films, ratings, demographics],
        [6_040, 3_883, 1_000_209, 'known'],
        'what is learned from',
      );
      await page.waitForText('1,000,209', PART);
      contains(await page.text(PART), words('en', 'ui.own_ratings.sparse', { share: '4.26' }), 'sparsity');
      contains(await page.text(PART), 'from Apr 25, 2000', 'when the first rating was made');
    },
  },
  {
    name: 'ratings in a folder are taken in, a worker that dies gets them again, and the lesson’s own come back',
    browsers: ['chromium', 'firefox'],
    async run({ open, words }) {
      const page = await open(movies(), { before: [KEEP_WORKERS] });
      await page.waitForStatus('ready');
      const files = Object.entries(ratingsFiles(SMALL)).map(([path, content]) => ({
        name: path.split('/').at(-1),
        path,
        content: [...content],
      }));
      equal(await page.load(...files), null, 'what loading the folder says');
      await page.waitForText(words('en', 'ui.own_ratings.taken', { name: 'ml-1m', ratings: '1,800' }));
      const counts = async () => {
        const { users, films, ratings } = await page.call('inspect', 'data');
        return [users, films, ratings];
      };
      equal(await counts(), [60, 80, 1_800], 'what is learned from');
      await page.evaluate(crashWorker);
      await page.waitFor('another worker', () => emberWorkers.length >= 2);
      equal(await counts(), [60, 80, 1_800], 'what another worker learns from');
      await page.click('button', words('en', 'ui.own_ratings.back'), PART);
      await eventually('the ratings of the lesson', async () => (await counts())[2] !== 1_800);
    },
  },
  {
    name: 'an address that asks for ratings of ones own gets the ratings of the lesson and says why',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(plain({ dataset: 'own' }));
      await page.waitForStatus('ready');
      await page.waitForText(words('en', 'notices.ratings_missing'));
      equal((await page.call('inspect', 'data')).ratings, 100_004, 'what is learned from');
      equal(await page.load({ name: 'ml-1m.zip', content: zip(ratingsFiles(SMALL)) }), null, 'loading');
      contains(await page.evaluate(() => location.search), 'dataset=own', 'the address');
      await page.waitForNoText(words('en', 'notices.ratings_missing'));
    },
  },
  {
    name: 'zips without such ratings are refused with what is wrong in them, and the run stays',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(movies());
      await page.waitForStatus('ready');
      await page.call('start');
      const { steps } = await page.call('exportRun');
      const good = ratingsFiles(SMALL);
      const without = (name) =>
        Object.fromEntries(Object.entries(good).filter(([path]) => !path.endsWith(name)));
      const added = (line) => ({ ...good, 'ml-1m/ratings.dat': text(`1::1::5::978300760\n${line}\n`) });
      const whole = zip(good);
      const locked = [...whole];
      // The flag of the second line of the list, ratings.dat, says that it is encrypted.
      const lines = whole.flatMap((_, at) =>
        String.fromCharCode(...whole.slice(at, at + 4)) === 'PK\x01\x02' ? [at] : [],
      );
      locked[lines[1] + 8] |= 1;
      for (const [name, content, code, reason] of [
        ['users.zip', zip(without('users.dat')), 'missing_file', 'users.dat'],
        ['csv.zip', zip({ 'ml-25m/ratings.csv': text('userId') }), 'bad_ratings', 'nothing'],
        ['two.zip', zip({ ...good, 'old/users.dat': text('1') }), 'bad_ratings', 'twice'],
        ['cut.zip', whole.slice(0, -9), 'bad_ratings', 'not_a_zip'],
        ['locked.zip', locked, 'bad_ratings', 'encrypted'],
        ['film.zip', zip(added('1::999::5::1')), 'bad_ratings', 'unknown_film'],
        ['half.zip', zip(added('1::2::4.5::1')), 'bad_ratings', 'number'],
        ['twice.zip', zip(added('1::1::4::1')), 'bad_ratings', 'rated_twice'],
        ['text.dat', [...text('x')], 'bad_ratings', 'nothing'],
      ]) {
        const error = await page.load({ name, content });
        equal([error?.code, error?.details.reason ?? error?.details.missing], [code, reason], name);
        const { details } = error;
        if (details.line !== undefined)
          equal([details.file, details.line], ['ml-1m/ratings.dat', 2], `${name}: place`);
        const key = code === 'missing_file' ? code : `ratings_${reason}`;
        await page.waitForText(words('en', `errors.${key}`, details));
      }
      equal((await page.call('exportRun')).steps, steps, 'the run is where it was');
      const { details } = await page.load({ name: 'text.dat', content: [...text('x')] });
      const refusal = words('en', 'errors.ratings_nothing', details);
      await page.pick('text.dat', [...text('x')], PART);
      await page.waitForText(refusal, PART);
      equal(await page.load({ name: 'good.zip', content: whole }), null, 'what loading a good one says');
      await page.waitForNoText(refusal, PART);
    },
  },
  {
    name: 'a run on ratings of the reader is continued after a reload, with its ratings',
    browsers: ['chromium'],
    async run({ open, words }) {
      const page = await open(plain({ model: 'fusion', passes: '2', batch_size: '64', backend: 'cpu' }));
      await page.waitForStatus('ready');
      equal(await page.load({ name: 'ml-1m.zip', content: zip(ratingsFiles(SMALL)) }), null, 'loading');
      await page.call('step', 3);
      const { history, config, steps } = await page.call('exportRun');
      equal([config.dataset, steps], ['own', 3], 'data and steps of the run');
      const kept = await untilKept(page, 3);
      equal(
        [kept.files.kind, kept.files.name, kept.files.files],
        ['ratings', 'ml-1m.zip', 1],
        'what is kept',
      );

      await page.goto(plain({ backend: 'cpu' }));
      await page.waitForStatus('ready');
      const goOn = words('en', 'ui.kept.continue', { step: 3, total: kept.totalSteps });
      await page.click('button', goOn, 'ember-messages');
      await page.waitForStatus('paused');
      equal(await page.call('history'), history, 'history after continuing');
      contains(await page.text(PART), 'ml-1m.zip', 'the zip on the page');
      const kinds = (await keptKeys(page)).map(([kind]) => kind);
      ok(kinds.includes('ratings'), `ratings among ${kinds}`);
      await page.goto(plain({ backend: 'cpu' }));
      await page.click('button', words('en', 'ui.kept.forget'), 'ember-messages');
      await untilNothingKept(page, 'once the run is forgotten');
    },
  },
];
