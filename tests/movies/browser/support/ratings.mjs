/**
 * Made-up ratings in the form of ml-1m, which may not be passed on. The large ones are made and zipped in the page:
 * drivers take long to carry large files.
 */

/** Of the size of ml-1m. */
export const LARGE = { users: 6_040, films: 3_883, ratings: 1_000_209 };
/** A second's work for any model. */
export const SMALL = { users: 60, films: 80, ratings: 1_800 };

/** The files of a table by their names, in Latin-1; each user rates as many films as any other, up to one, none twice. */
export function ratingsFiles({ users, films, ratings }) {
  let state = 1;
  const below = (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  // Titles have an é, which is one byte; all else is ASCII.
  const latin1 = (parts) => {
    const text = parts.join('');
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    return bytes;
  };
  const ages = [1, 18, 25, 35, 45, 50, 56];
  const genres = ['Action', "Children's", 'Comedy', 'Drama', 'Sci-Fi', 'War'];
  const ids = Array.from({ length: films }, (_, film) => film + 1 + Math.floor(film / 56));
  const ofUsers = Array.from({ length: users }, (_, user) => {
    const gender = below(10) < 3 ? 'F' : 'M';
    return `${user + 1}::${gender}::${ages[below(7)]}::${below(21)}::0${user}\n`;
  });
  const ofFilms = ids.map((id) => {
    const genre = `${genres[below(3)]}|${genres[3 + below(3)]}`;
    return `${id}::Caf\u00e9 ${id}, The (${1919 + below(82)})::${genre}\n`;
  });
  let step = 1;
  while (films % step !== 1) step += 1;
  const lines = [];
  for (let user = 0; user < users; user += 1) {
    const count = Math.floor(ratings / users) + (user < ratings % users ? 1 : 0);
    const first = below(films);
    for (let place = 0; place < count; place += 1) {
      const film = ids[(first + place * step) % films];
      lines.push(`${user + 1}::${film}::${1 + below(5)}::${956_703_932 + below(89_750_678)}\n`);
    }
  }
  return {
    'ml-1m/README': latin1(['made up']),
    'ml-1m/ratings.dat': latin1(lines),
    'ml-1m/users.dat': latin1(ofUsers),
    'ml-1m/movies.dat': latin1(ofFilms),
  };
}

/** A zip of files, packed by the browser. */
async function zipOf(files) {
  const table = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
  const checksum = (bytes) => {
    let crc = 0xffffffff;
    for (const byte of bytes) crc = table[(crc ^ byte) & 0xff] ^ (crc >>> 8);
    return ~crc >>> 0;
  };
  // Numbers of two bytes and of four, least byte first.
  const numbers = (...values) =>
    Uint8Array.from(
      values.flatMap(([value, width]) =>
        Array.from({ length: width }, (_, at) => (value >>> (8 * at)) & 0xff),
      ),
    );
  const parts = [];
  const list = [];
  let at = 0;
  for (const [path, content] of Object.entries(files)) {
    const stream = new Blob([content]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const packed = new Uint8Array(await new Response(stream).arrayBuffer());
    const name = new TextEncoder().encode(path);
    const sizes = [
      [checksum(content), 4],
      [packed.length, 4],
      [content.length, 4],
      [name.length, 2],
      [0, 2],
    ];
    const head = numbers([0x04034b50, 4], [20, 2], [0, 2], [8, 2], [0, 4], ...sizes);
    const line = numbers(
      [0x02014b50, 4],
      [20, 2],
      [20, 2],
      [0, 2],
      [8, 2],
      [0, 4],
      ...sizes,
      [0, 4],
      [0, 4],
      [0, 2],
      [at, 4],
    );
    parts.push(head, name, packed);
    list.push(line, name);
    at += head.length + name.length + packed.length;
  }
  const count = Object.keys(files).length;
  const size = list.reduce((sum, { length }) => sum + length, 0);
  return new Blob([
    ...parts,
    ...list,
    numbers([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [size, 4], [at, 4], [0, 2]),
  ]);
}

/**
 * Takes a zip of made-up ratings into the lab; `{error, seconds, told}` with the words of the worker on how much was
 * unpacked. The page must keep its workers (workers.mjs).
 */
export const loadMadeRatings = (page, shape) =>
  page.evaluate(
    `async (shape) => {
      ${ratingsFiles}
      ${zipOf}
      const told = [];
      const hear = ({ data }) => {
        if (data.event === 'loading' && data.unit === 'unpacked') told.push([data.loaded, data.total]);
      };
      const file = new File([await zipOf(ratingsFiles(shape))], 'ml-1m.zip');
      const worker = emberWorkers.at(-1);
      worker.addEventListener('message', hear);
      const began = performance.now();
      let error = null;
      await document.querySelector('ember-lab').load([file]).catch(({ code, message, details }) => {
        error = { code: code ?? null, message: String(message), details: details ?? {} };
      });
      worker.removeEventListener('message', hear);
      return { error, seconds: (performance.now() - began) / 1000, told, bytes: file.size };
    }`,
    shape,
  );
