/** Pictures of a reader, made in the page: drivers take long to carry large files. */

/** A picture of one colour in a format, made by the browser, as a list of bytes. */
const picture = (page, color, type) =>
  page.evaluate(
    async (color, type) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [12, 9];
      const context = canvas.getContext('2d');
      context.fillStyle = color;
      context.fillRect(0, 0, 12, 9);
      const blob = await new Promise((resolve) => canvas.toBlob(resolve, type));
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    color,
    type,
  );

export const png = (page, color) => picture(page, color, 'image/png');
export const webp = (page, color) => picture(page, color, 'image/webp');

/** Whether a canvas of the page gives back the colour that it was filled with. */
export const canvasIsTrue = (page) =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d');
    context.fillStyle = '#123456';
    context.fillRect(0, 0, 8, 8);
    const { data } = context.getImageData(0, 0, 8, 8);
    return data.every((value, at) => value === [0x12, 0x34, 0x56, 255][at % 4]);
  });

/** Takes a folder `pets` of few pictures into the lab, each with so many bytes behind its end. */
export const loadFolder = (page, bytes, more = 0) =>
  page.evaluate(
    async (bytes, more) => {
      const files = ['cats/1', 'cats/2', 'cats/3', 'dogs/1', 'dogs/2', 'dogs/3'].map((place) => {
        const file = new File([Uint8Array.from(bytes), new Uint8Array(more)], `${place.at(-1)}.png`);
        return Object.defineProperty(file, 'webkitRelativePath', { value: `pets/${place}.png` });
      });
      const film = new File([new Uint8Array(60e6)], 'film.mp4');
      Object.defineProperty(film, 'webkitRelativePath', { value: 'pets/film.mp4' });
      await document.querySelector('ember-lab').load([...files, film]);
    },
    bytes,
    more,
  );

/** Code and file of what loading a file of so many megabytes rejects with. */
export const loadLarge = (page, name, megabytes) =>
  page.evaluate(
    (name, megabytes) => {
      const part = new Uint8Array(10 * 2 ** 20);
      const file = new File(Array(megabytes / 10).fill(part), name);
      return document
        .querySelector('ember-lab')
        .load([file])
        .then(
          () => 'taken',
          ({ code, details }) => [code, details?.file],
        );
    },
    name,
    megabytes,
  );

/** What the lab says of two files of a picture, and how it refuses one that is no picture: `[code, details]`. */
export const predictFiles = (page, bytes) =>
  page.evaluate(async (bytes) => {
    const lab = document.querySelector('ember-lab');
    const file = (name, bytes) => new File([Uint8Array.from(bytes)], name);
    const { classes, seen } = await lab.predict([file('1.png', bytes), file('2.png', bytes)]);
    const refused = await lab.predict(file('3.png', [1, 2, 3])).catch(({ code, details }) => [code, details]);
    return { classes: classes.length, seen: seen.map(({ width }) => width), refused };
  }, bytes);

/** The class and the probabilities of picture files `{name, bytes}`: `{classes, probabilities}`. */
export const predictPictures = (page, files) =>
  page.evaluate(
    async (files) => {
      const made = files.map(({ name, bytes }) => new File([Uint8Array.from(bytes)], name));
      const { classes, probabilities } = await document.querySelector('ember-lab').predict(made);
      return { classes, probabilities };
    },
    files.map(({ name, bytes }) => ({ name, bytes: [...bytes] })),
  );
