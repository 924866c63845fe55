/** An exported network answers picture files as the page does, from the file of weights alone. */

import { download } from '../../browser/support/downloads.mjs';
import { equal, ok } from '../../browser/support/expect.mjs';
import { farthest, loadedBy, predictedFrom } from '../../browser/support/python.mjs';
import { vision } from './support/lesson.mjs';
import { predictPictures } from './support/pictures.mjs';
import { pngOf } from '../../browser/support/png.mjs';

const PART = 'ember-export';
const PICTURES = 20;

/** Pictures of many sizes, none of them the network's. */
const pictures = Array.from({ length: PICTURES }, (_, number) => {
  const [width, height] = [20 + ((number * 37) % 150), 30 + ((number * 53) % 120)];
  const kind = ['rgba', 'rgb', 'gray'][number % 3];
  return pngOf(`${number}.png`, kind, width, height, (x, y) => {
    const inside = (Math.floor(x / 9) + Math.floor(y / 7) + number) % 3 > 0;
    // A canvas keeps colours that shine through half only nearly.
    const alpha = (x * y + number) % 11 === 0 ? 0 : 255;
    return [inside ? 12 * number : 240, (x * 3 + y * 7) % 256, inside ? 250 - 11 * number : 30, alpha];
  });
});

export const tests = [
  {
    name: 'an exported network answers picture files in Python as on the page',
    browsers: ['chromium'],
    async run({ open, words }) {
      const small = {
        image_size: '64',
        filters: '4,6',
        dense_units: '8',
        train_size: '60',
        batch_size: '20',
      };
      const page = await open(vision({ lang: 'en', task: 'horse_or_human', ...small }));
      await page.call('step', 6);
      const file = await download(page, words('en', 'ui.export.weights', { format: 'safetensors' }), PART);
      const lines = await page.lines('region', words('en', 'ui.export.python'), PART);
      const { shapes, about } = await loadedBy(lines, file);
      equal(shapes['conv2d_1.kernel'], ['float32', 3, 3, 4, 6], 'a kernel in Python');
      equal([about.lesson, about.classes], ['vision', ['horses', 'humans']], 'lesson and classes');
      equal([about.input.height, about.input.width, about.input.channels], [64, 64, 3], 'the input');

      const expected = await predictPictures(page, pictures);
      const rows = pictures.map((picture) => picture.rows);
      const found = await predictedFrom(file, rows);
      equal(found.classes, expected.classes, 'classes of the pictures');
      const far = farthest(found.probabilities, expected.probabilities);
      ok(far <= 1e-5, 'probabilities', far);
      ok(
        new Set(expected.probabilities.map(([first]) => first.toFixed(4))).size > 10,
        'pictures differ',
        expected,
      );
    },
  },
];
