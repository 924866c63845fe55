import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeWith, judgeEncoding, type TextEncoding } from './encoding.js';

/** Text in one of the encodings of one byte, by asking which byte stands for each sign. */
function encode(text: string, encoding: TextEncoding): Uint8Array {
  const signs = new Map<string, number>();
  for (let byte = 0; byte < 256; byte += 1) signs.set(decodeWith(encoding, Uint8Array.of(byte)) ?? '', byte);
  return Uint8Array.from([...text], (sign) => signs.get(sign) ?? assert.fail(`${sign} in ${encoding}`));
}

/** Text in one of the encodings of two bytes. */
function encodePairs(text: string, encoding: TextEncoding): Uint8Array {
  const signs = new Map<string, [number, number]>();
  for (let lead = 0x81; lead < 0xff; lead += 1) {
    for (let trail = 0x40; trail < 0xff; trail += 1) {
      const sign = decodeWith(encoding, Uint8Array.of(lead, trail));
      if (sign && [...sign].length === 1 && !signs.has(sign)) signs.set(sign, [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((sign) =>
      sign < '\u0080' ? [sign.charCodeAt(0)] : (signs.get(sign) ?? assert.fail(`${sign} in ${encoding}`)),
    ),
  );
}

const GERMAN = 'Größe,Höhe,Art\n1.0,9.0,Höhle\n4.0,7.0,Süd\n7.0,5.0,Wälder\n';
const FRENCH = 'prénom;âge;année\nFrançois;31;2°\nHélène;45;1°\n';
const RUSSIAN = 'город,население,область\nМосква,13,Центр\nКазань,1,Поволжье\nОмск,1,Сибирь\n';
const CHINESE = '城市,人口,类别\n上海,2487,直辖市\n沈阳,907,省会\n昆明,846,省会\n';
const TAIWANESE = '城市,人口,類別\n臺北,251,直轄市\n高雄,273,直轄市\n花蓮,32,縣\n';
const JAPANESE = '都市,人口,種類\n東京,1396,とうきょう\n大阪,275,おおさか\n札幌,197,さっぽろ\n';
const KOREAN = '도시,인구,종류\n서울,944,특별시\n부산,334,광역시\n대구,241,광역시\n';

test('the encoding of a table is found by what its text looks like', () => {
  const cases: [string, TextEncoding, Uint8Array][] = [
    ...(['windows-1252', 'cp437'] as const).map((encoding): [string, TextEncoding, Uint8Array] => [
      GERMAN,
      encoding,
      encode(GERMAN, encoding),
    ]),
    [FRENCH, 'windows-1252', encode(FRENCH, 'windows-1252')],
    ...(['windows-1251', 'ibm866', 'koi8-r'] as const).map((encoding): [string, TextEncoding, Uint8Array] => [
      RUSSIAN,
      encoding,
      encode(RUSSIAN, encoding),
    ]),
    [CHINESE, 'gb18030', encodePairs(CHINESE, 'gb18030')],
    [TAIWANESE, 'big5', encodePairs(TAIWANESE, 'big5')],
    [JAPANESE, 'shift_jis', encodePairs(JAPANESE, 'shift_jis')],
    [KOREAN, 'euc-kr', encodePairs(KOREAN, 'euc-kr')],
  ];
  for (const [text, encoding, bytes] of cases) {
    const judged = judgeEncoding(bytes);
    assert.deepEqual(
      [judged?.encoding, judged?.sure],
      [encoding, true],
      `${encoding}: ${judged?.likely.join()}`,
    );
    assert.equal(decodeWith(encoding, bytes), text);
  }
});

test('signs of four bytes do not stand against GB18030, wherever they stand', () => {
  const rare = Uint8Array.of(0x82, 0x30, 0x8e, 0x36, 0x0a);
  const bytes = Uint8Array.from([...encodePairs(CHINESE.repeat(40), 'gb18030'), ...rare]);
  assert.deepEqual([judgeEncoding(bytes)?.encoding, judgeEncoding(bytes)?.sure], ['gb18030', true]);
});

test('one word leaves doubt, and names what it may be', () => {
  // 长 and 宽 in GB18030 are signs of Big5 too.
  const judged = judgeEncoding(Uint8Array.of(0xb3, 0xa4, 0x2c, 0xbf, 0xed));
  assert.equal(judged?.encoding, 'gb18030');
  assert.equal(judged.sure, false);
  assert.ok(judged.likely.includes('big5'), judged.likely.join());
});

test('UTF-16 is known without its mark, and what is no text is known for it', () => {
  assert.equal(judgeEncoding(Buffer.from(GERMAN, 'utf16le'))?.encoding, 'utf-16le');
  assert.equal(judgeEncoding(Buffer.from(GERMAN, 'utf16le').swap16())?.encoding, 'utf-16be');
  assert.equal(judgeEncoding(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13)), null);
  assert.equal(judgeEncoding(Uint8Array.of(0x61, 0xff, 0xff, 0x0a)), null);
});
