/**
 * Formats of pictures that are not read here, by name: what a phone or a camera made is refused with its format and what
 * to do, whatever ending its name has.
 */

/** Brands of an ISO media file that are HEIF with HEVC or an unnamed codec inside, as iPhones and some Androids write them. */
const HEIF_BRANDS = /^(hei[cxms]|hev[cxms]|mif[12]|msf1|miaf|MiHE)$/;

/** Beginnings of files, as characters at an offset; those of raw photographs before the TIFF that most of them are. */
const SIGNATURES: readonly (readonly [format: string, offset: number, characters: string])[] = [
  ['RAW', 8, 'CR\x02\0'],
  ['RAW', 0, 'IIRO'],
  ['RAW', 0, 'IIRS'],
  ['RAW', 0, 'MMOR'],
  ['RAW', 0, 'IIU\0'],
  ['RAW', 0, 'FUJIFILMCCD-RAW'],
  ['RAW', 0, 'FOVb'],
  ['TIFF', 0, 'II*\0'],
  ['TIFF', 0, 'MM\0*'],
  ['TIFF', 0, 'II+\0'],
  ['TIFF', 0, 'MM\0+'],
  ['JPEG XL', 0, '\xff\x0a'],
  ['JPEG XL', 4, 'JXL \r\n\x87\n'],
  ['JPEG 2000', 4, 'jP  \r\n\x87\n'],
  ['GIF', 0, 'GIF87a'],
  ['GIF', 0, 'GIF89a'],
  ['Photoshop', 0, '8BPS'],
  ['BMP', 0, 'BM'],
];

/** Endings of photographs that are not read here. */
const ENDINGS: readonly (readonly [format: string, endings: RegExp])[] = [
  ['HEIC', /\.(hei[cf]s?|hif)$/i],
  ['AVIF', /\.avifs?$/i],
  ['TIFF', /\.tiff?$/i],
  ['RAW', /\.(dng|cr[23w]|nef|nrw|arw|sr[2fw]|raf|orf|rw[2l]|pef|x3f|3fr|iiq)$/i],
  ['JPEG XL', /\.jxl$/i],
];

/** The format of a photograph that is not read here, by the ending of its name; null for any other file. */
export function otherFormatByName(path: string): string | null {
  return ENDINGS.find(([, endings]) => endings.test(path))?.[0] ?? null;
}

/** The format of a picture that is not read here, by its first bytes; null where they are of none that is known. */
export function otherFormatOf(bytes: Uint8Array): string | null {
  if (characters(bytes, 4, 4) === 'ftyp') return formatOfBrands(bytes);
  const found = SIGNATURES.find(([, offset, text]) => characters(bytes, offset, text.length) === text);
  return found?.[0] ?? null;
}

/** The major brand, its version, and the brands that the file is compatible with, as far as the first box goes. */
function formatOfBrands(bytes: Uint8Array): string | null {
  const size = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const brands = [characters(bytes, 8, 4)];
  for (let at = 16; at + 4 <= Math.min(size, bytes.length); at += 4) brands.push(characters(bytes, at, 4));
  if (brands[0] === 'crx ') return 'RAW';
  // An AVIF may call itself `mif1` first; nothing else names `avif` among its brands.
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'AVIF';
  return brands.some((brand) => HEIF_BRANDS.test(brand)) ? 'HEIC' : null;
}

function characters(bytes: Uint8Array, from: number, count: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + count));
}
