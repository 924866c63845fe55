/**
 * Which encoding bytes are in that are no UTF-8, judged over all of them by what the text would look like: signs that are
 * common in a language, letters of one script in a word, capitals at its beginning. Short and strange texts leave doubt,
 * which is said.
 */

/** Encodings by the names that `TextDecoder` has for them; it does not know `cp437`. */
export const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-kr',
  'windows-1252',
  'cp437',
  'windows-1251',
  'ibm866',
  'koi8-r',
] as const;
export type TextEncoding = (typeof ENCODINGS)[number];

/** What was found of bytes. */
export interface Judgement {
  encoding: TextEncoding;
  /** Whether no other encoding is nearly as likely. */
  sure: boolean;
  /** The likely ones, the likeliest first. */
  likely: TextEncoding[];
}

/** Less than this is no text in that encoding. */
const LEAST_SCORE = 0.5;
/** From this on, and so far above the next, an encoding is sure. */
const SURE_SCORE = 0.8;
const SURE_LEAD = 0.25;
/** Bytes of lines that are judged; in these are all lines that tell encodings apart, as long as there is room. */
const MOST_BYTES = 2 ** 20;

/** Judges bytes that are not UTF-8; null where they are text in no encoding known here. */
export function judgeEncoding(bytes: Uint8Array): Judgement | null {
  const wide = utf16Of(bytes);
  if (wide) return { encoding: wide, sure: true, likely: [wide] };
  // Pictures and other files have it; no text does in these encodings.
  if (bytes.includes(0)) return null;
  const telling = linesBeyondAscii(bytes);
  const scored = Object.entries(SCORES)
    .map(([name, score]) => ({ encoding: encodingNamed(name)!, score: score(telling) }))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((one, other) => other.score - one.score)
    .filter(({ encoding }) => decodeWith(encoding, bytes) !== null);
  const [best, next] = scored;
  if (!best) return null;
  const sure = best.score >= SURE_SCORE && best.score - (next?.score ?? 0) >= SURE_LEAD;
  return { encoding: best.encoding, sure, likely: scored.map(({ encoding }) => encoding) };
}

/** Text from bytes; null where they are not in that encoding. A byte-order mark is left out. */
export function decodeWith(encoding: TextEncoding, bytes: Uint8Array): string | null {
  if (encoding === 'cp437') return decodeCp437(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** An encoding by its name, in large or small letters; null where it is not known here. */
export function encodingNamed(name: string): TextEncoding | null {
  return ENCODINGS.find((encoding) => encoding === name.toLowerCase()) ?? null;
}

/** UTF-16 by its mark, or by the zeros that every second byte of plain letters has. */
function utf16Of(bytes: Uint8Array): TextEncoding | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const looked = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  looked.forEach((byte, place) => (zeros[place % 2]! += byte === 0 ? 1 : 0));
  const [even, odd] = zeros;
  if (odd! * 8 > looked.length && even! * 20 < odd!) return 'utf-16le';
  if (even! * 8 > looked.length && odd! * 20 < even!) return 'utf-16be';
  return null;
}

/** The lines with a byte beyond ASCII. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = [];
  let size = 0;
  for (let start = 0; start < bytes.length && size < MOST_BYTES;) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found + 1;
    const line = bytes.subarray(start, end);
    if (line.some((byte) => byte > 0x7f)) {
      kept.push(line);
      size += line.length;
    }
    start = end;
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const line of kept) {
    all.set(line, at);
    at += line.length;
  }
  return all;
}

/** How much the text looks like one in that encoding, from 0 to 1. */
const SCORES: { readonly [name: string]: (bytes: Uint8Array) => number } = {
  gb18030: scoreGb,
  big5: scoreBig5,
  shift_jis: scoreShiftJis,
  'euc-kr': scoreEucKr,
  'windows-1252': (bytes) => scoreLatin(decodeWith('windows-1252', bytes) ?? ''),
  // Its blank that does not break is the byte 255, which other files are full of.
  cp437: (bytes) => scoreLatin(decodeCp437(bytes).replaceAll('\u00a0', '\u2400')),
  'windows-1251': (bytes) => scoreCyrillic(decodeWith('windows-1251', bytes) ?? ''),
  ibm866: (bytes) => scoreCyrillic(decodeWith('ibm866', bytes) ?? ''),
  'koi8-r': (bytes) => scoreCyrillic(decodeWith('koi8-r', bytes) ?? ''),
};

const between = (byte: number | undefined, low: number, high: number): boolean =>
  byte !== undefined && byte >= low && byte <= high;

const isLetter = (byte: number | undefined): boolean => between((byte ?? 0) | 0x20, 0x61, 0x7a);

/** Goes through signs of two bytes; `judge` says of each whether it is a common one, or how long another is. */
function scorePairs(
  bytes: Uint8Array,
  judge: (lead: number, trail: number, place: number) => boolean | number,
): { score: number; pairs: number } {
  let good = 0;
  let pairs = 0;
  for (let place = 0; place < bytes.length;) {
    const lead = bytes[place]!;
    if (lead < 0x80) {
      place += 1;
      continue;
    }
    const found = judge(lead, bytes[place + 1] ?? 0, place);
    pairs += 1;
    if (typeof found === 'number') place += found;
    else {
      good += found ? 1 : 0;
      place += 2;
    }
  }
  return { score: pairs > 0 ? good / pairs : 0, pairs };
}

/** Characters of the first level of GB 2312, which nearly all of a modern text are, and punctuation. */
function scoreGb(bytes: Uint8Array): number {
  let rare = 0;
  const { score, pairs } = scorePairs(bytes, (lead, trail) => {
    // A sign of four bytes is as rare as it is certain.
    if (between(lead, 0x81, 0xfe) && between(trail, 0x30, 0x39)) {
      rare += 1;
      return 4;
    }
    return between(trail, 0xa1, 0xfe) && (between(lead, 0xb0, 0xd7) || between(lead, 0xa1, 0xa3));
  });
  return pairs > rare ? (score * pairs) / (pairs - rare) : 0;
}

/** Characters of Big5's first level. About half of their second bytes are below 0x80, those of GB 2312 never. */
function scoreBig5(bytes: Uint8Array): number {
  let low = 0;
  const { score, pairs } = scorePairs(bytes, (lead, trail) => {
    low += between(trail, 0x40, 0x7e) ? 1 : 0;
    return between(lead, 0xa1, 0xc6) && (between(trail, 0x40, 0x7e) || between(trail, 0xa1, 0xfe));
  });
  return low > 0 || pairs < 3 ? score : score * 0.6;
}

/** Kana and the kanji of the first level; a kanji does not follow a Latin letter. */
function scoreShiftJis(bytes: Uint8Array): number {
  return scorePairs(bytes, (lead, trail, place) => {
    if (between(lead, 0xa1, 0xdf)) return 1;
    const isTrail = between(trail, 0x40, 0x7e) || between(trail, 0x80, 0xfc);
    const isKanji = between(lead, 0x88, 0x97) && !isLetter(bytes[place - 1]);
    const isKana =
      (lead === 0x82 && between(trail, 0x4f, 0xf1)) || (lead === 0x83 && between(trail, 0x40, 0x96));
    return isTrail && (isKanji || isKana || (lead === 0x81 && between(trail, 0x41, 0x9a)));
  }).score;
}

/** Syllables of KS X 1001. Chinese in GB 2312 has other first bytes too, once there are a few. */
function scoreEucKr(bytes: Uint8Array): number {
  const { score, pairs } = scorePairs(
    bytes,
    (lead, trail) => between(trail, 0xa1, 0xfe) && between(lead, 0xb0, 0xc8),
  );
  return score === 1 && pairs >= 12 ? 1.3 : score * 0.5;
}

const LATIN_WORD = /[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽžŸ]+/g;
const LATIN_SIGN = /[\u00a0«»°±²³µ·¼½¾ªº€£§©®™“”„‘’–—…•×‰¢¥]/;

/** Words in which letters beyond ASCII stand among others, and the usual signs outside of words. */
function scoreLatin(text: string): number {
  let all = 0;
  let good = 0;
  for (const word of text.match(LATIN_WORD) ?? []) {
    const beyond = word.replace(/[A-Za-z]/g, '').length;
    all += beyond;
    const inCase = /^.\p{Ll}*$/u.test(word) || word === word.toUpperCase();
    if (inCase && beyond * 2 <= word.length) good += beyond;
  }
  const rest = text.replace(LATIN_WORD, ' ');
  for (const sign of rest) {
    if (sign < '\u0080') continue;
    all += 1;
    if (LATIN_SIGN.test(sign)) good += 1;
  }
  return all > 0 ? good / all : 0;
}

/** Words of Cyrillic letters alone, in one case behind the first, with the letters that are common. */
function scoreCyrillic(text: string): number {
  let all = 0;
  let good = 0;
  let common = 0;
  for (const word of text.match(/[A-Za-z\u0400-\u04ff]+/g) ?? []) {
    const letters = word.replace(/[A-Za-z]/g, '');
    all += letters.length;
    const inCase = /^.\p{Ll}*$/u.test(word) || word === word.toUpperCase();
    if (letters.length < word.length || !inCase) continue;
    good += letters.length;
    common += letters.replace(/[^оеаинтсрвлкОЕАИНТСРВЛК]/g, '').length;
  }
  for (const sign of text.replace(/[\u0400-\u04ff]/g, '')) if (sign > '\u007f' && sign !== '№') all += 1;
  if (all === 0 || good === 0) return 0;
  return (good / all) * Math.min(1, common / good / 0.4);
}

/** The upper half of code page 437: DOS, and names in old zip archives. */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function decodeCp437(bytes: Uint8Array): string {
  const pieces: string[] = [];
  // As many at once as a call takes arguments.
  for (let at = 0; at < bytes.length; at += 8192) {
    const codes = [...bytes.subarray(at, at + 8192)];
    pieces.push(
      String.fromCharCode(...codes.map((byte) => (byte < 128 ? byte : CP437.charCodeAt(byte - 128)))),
    );
  }
  return pieces.join('');
}
