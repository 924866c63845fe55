/** Makes a picture of a page small: few colours and WebP without loss, or WebP with loss where that is much smaller. */

/**
 * Colours that are kept of a chart or a table; what lies between them are the edges of letters and lines. The second is for
 * what would be larger than most pictures are with the first.
 */
const COLORS = [16, 12];

/** Bytes of most pictures at most. */
const MOST = 15_000;

/** Share of its bytes that a picture with loss may keep at most before letters lose their edges for it. */
const WORTH = 0.7;
/** Bytes from which on the smaller one is taken. */
const LARGE = 30_000;

/** The WebP of a PNG, as bytes; `page` is a blank page of Chromium, which encodes. */
export async function smallPicture(page, png) {
  let [exact, lossy] = [];
  for (const colors of COLORS) {
    const encoded = await page.evaluate(inPage, [png.toString('base64'), colors]);
    [exact, lossy] = encoded.map((base64) => Buffer.from(base64, 'base64'));
    if (exact.length <= MOST) return exact;
  }
  const most = exact.length > LARGE ? exact.length : WORTH * exact.length;
  return lossy.length < most ? lossy : exact;
}

/** Runs in the page, so it uses nothing but itself. Gives the picture with few colours, and with loss, in base64. */
async function inPage([png, colors]) {
  const bytes = Uint8Array.from(atob(png), (sign) => sign.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const { width, height } = bitmap;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  const encode = async (quality) => {
    const blob = await new Promise((done) => canvas.toBlob(done, 'image/webp', quality));
    const url = await new Promise((done) => {
      const reader = Object.assign(new FileReader(), { onload: () => done(reader.result) });
      reader.readAsDataURL(blob);
    });
    return url.slice(url.indexOf(',') + 1);
  };
  const lossy = await encode(0.4);

  const image = context.getImageData(0, 0, width, height);
  const { data } = image;
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const color = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const channel = (color, index) => (color >> (16 - 8 * index)) & 255;
  /** A group of colours with its widest channel and how much is lost by drawing all as one. */
  const box = (members) => {
    const spans = [0, 1, 2].map((index) => {
      const values = members.map(([color]) => channel(color, index));
      return Math.max(...values) - Math.min(...values);
    });
    const span = Math.max(...spans);
    const weight = members.reduce((sum, [, count]) => sum + count, 0);
    return { members, widest: spans.indexOf(span), loss: span * weight ** 0.3 };
  };
  // In slices: a photograph has more colours than a call takes arguments.
  const all = [...counts].sort((one, other) => other[1] - one[1]).slice(0, 60_000);
  // Letters and surfaces are all but grey, and must not get the tint of a picture beside them.
  const isGrey = ([color]) => {
    const values = [0, 1, 2].map((index) => channel(color, index));
    return Math.max(...values) - Math.min(...values) < 28;
  };
  const boxes = [all.filter(isGrey), all.filter((one) => !isGrey(one))]
    .filter(({ length }) => length > 0)
    .map(box);
  while (boxes.length < colors) {
    boxes.sort((one, other) => other.loss - one.loss);
    const [{ members, widest, loss }] = boxes;
    if (loss === 0) break;
    members.sort((one, other) => channel(one[0], widest) - channel(other[0], widest));
    const half = members.reduce((sum, [, count]) => sum + count, 0) / 2;
    let [split, sum] = [0, 0];
    while (split < members.length - 1 && sum + members[split][1] <= half) sum += members[split++][1];
    split = Math.max(split, 1);
    boxes.splice(0, 1, box(members.slice(0, split)), box(members.slice(split)));
  }
  const kept = new Map();
  for (const { members } of boxes) {
    // The commonest colour of a group stays as it is: surfaces and the colours of classes keep theirs.
    const [common] = members.reduce((most, one) => (one[1] > most[1] ? one : most));
    for (const [color] of members) kept.set(color, common);
  }
  for (let at = 0; at < data.length; at += 4) {
    const color = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    const to = kept.get(color) ?? color;
    [data[at], data[at + 1], data[at + 2], data[at + 3]] = [to >> 16, (to >> 8) & 255, to & 255, 255];
  }
  context.putImageData(image, 0, 0);
  return [await encode(1), lossy];
}
