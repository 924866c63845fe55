/** A small poster of a film, drawn by us from its title and genres: the pictures of the studios are not ours to show. */

import { css, html, svg, type TemplateResult } from 'lit';

/** Of a genre: the hue of its posters, and its sign in a square of 40. */
interface Look {
  hue: number;
  sign: string;
}

const LOOKS: ReadonlyMap<string, Look> = new Map([
  ['Action', { hue: 12, sign: 'M22 4 10 22h8l-4 14 16-20h-9z' }],
  ['Adventure', { hue: 95, sign: 'M3 34 15 12l6 11 5-8 11 19z' }],
  [
    'Animation',
    {
      hue: 190,
      sign: 'M20 6a7 7 0 1 1 0 14 7 7 0 1 1 0-14zM11 21a7 7 0 1 1 0 14 7 7 0 1 1 0-14zM29 21a7 7 0 1 1 0 14 7 7 0 1 1 0-14z',
    },
  ],
  [
    'Children',
    { hue: 48, sign: 'M20 5c7 0 10 5 10 10 0 6-6 11-10 13-4-2-10-7-10-13C10 10 13 5 20 5zM19 29h2v7h-2z' },
  ],
  ['Comedy', { hue: 36, sign: 'M6 19a14 14 0 0 0 28 0h-5a9 9 0 0 1-18 0zM11 8h5v5h-5zM24 8h5v5h-5z' }],
  ['Crime', { hue: 215, sign: 'M7 5h4v30H7zM14.5 5h4v30h-4zM22 5h4v30h-4zM29.5 5h4v30h-4z' }],
  [
    'Documentary',
    { hue: 160, sign: 'M20 6a14 14 0 1 1 0 28 14 14 0 1 1 0-28zm0 7a7 7 0 1 0 0 14 7 7 0 1 0 0-14z' },
  ],
  ['Drama', { hue: 262, sign: 'M18.5 6a14 14 0 0 0 0 28zM21.5 6a14 14 0 0 1 0 28z' }],
  ['Fantasy', { hue: 285, sign: 'm20 4 4 12h12l-10 7 4 12-10-7-10 7 4-12-10-7h12z' }],
  ['Film-Noir', { hue: 230, sign: 'M5 7h30v4H5zM5 14.5h30v4H5zM5 22h30v4H5zM5 29.5h30v4H5z' }],
  ['Horror', { hue: 350, sign: 'M5 9h30v6l-4 14-4-14h-3l-4 18-4-18h-3l-4 14-4-14z' }],
  ['Musical', { hue: 320, sign: 'm14 8 18-4v22a5 5 0 1 1-4-5V12l-10 2v16a5 5 0 1 1-4-5z' }],
  ['Mystery', { hue: 245, sign: 'M20 4a9 9 0 0 1 4 17l4 15H12l4-15a9 9 0 0 1 4-17z' }],
  [
    'Romance',
    { hue: 335, sign: 'M20 35C7 25 5 18 5 14a7.5 7.5 0 0 1 15-2 7.5 7.5 0 0 1 15 2c0 4-2 11-15 21z' },
  ],
  [
    'Sci-Fi',
    { hue: 205, sign: 'M20 9a11 11 0 1 1 0 22 11 11 0 1 1 0-22zM1 27C7 20 33 10 39 13c-4 7-32 17-38 14z' },
  ],
  [
    'Thriller',
    { hue: 0, sign: 'M3 20c9-14 25-14 34 0-9 14-25 14-34 0zm17-6a6 6 0 1 0 0 12 6 6 0 1 0 0-12z' },
  ],
  ['War', { hue: 75, sign: 'M5 33 20 7l15 26zM20 17l-6 11h12z' }],
  ['Western', { hue: 26, sign: 'M7 23a13 13 0 0 1 26 0zM3 26h34v3H3zM3 32h34v3H3z' }],
]);

const SIGNS = [...LOOKS.values()].map(({ sign }) => sign);

/** Where the second colour lies: a corner or a half of the poster. */
const FIELDS = ['M0 56V30L40 14v42z', 'M0 0h40L0 40z', 'M40 0v56H12z', 'M0 56V0l28 56z'];

/** A whole number that a text gives, the same everywhere. */
export function numberOf(text: string): number {
  let number = 7;
  for (const sign of text) number = (number * 31 + sign.codePointAt(0)!) % 1_000_003;
  return number;
}

/** The look of a genre; one that no published file has gets one by its name. */
export function lookOf(genre: string): Look {
  // In ml-1m they are “Children's”.
  const known = LOOKS.get(genre.replace(/['’]s$/, ''));
  if (known) return known;
  const number = numberOf(genre);
  return { hue: (number * 47) % 360, sign: SIGNS[number % SIGNS.length]! };
}

/** The first letter or sign of a title, without the articles that lists put behind it or leave in front. */
export function initialOf(title: string): string {
  const [first] = title.replace(/^(?:the|a|an)\s+/i, '').match(/[\p{L}\p{N}]/u) ?? ['•'];
  return first.toUpperCase();
}

export const posterStyles = css`
  .poster {
    flex: none;
    width: 1.5rem;
    height: 2.1rem;
    border-radius: 0.125rem;
  }
`;

/** The poster; the title stands beside it, so it says nothing to those who do not see it. */
export function poster(title: string, genres: readonly string[]): TemplateResult {
  const [first, second] = [lookOf(genres[0] ?? title), lookOf(genres[1] ?? genres[0] ?? title)];
  const field = FIELDS[numberOf(title) % FIELDS.length]!;
  return html`<svg class="poster" viewBox="0 0 40 56" aria-hidden="true">
    <rect width="40" height="56" fill=${`hsl(${first.hue} 45% 30%)`}></rect>
    <path d=${field} fill=${`hsl(${second.hue} 50% 20%)`}></path>
    <path d=${first.sign} fill=${`hsl(${first.hue} 70% 72%)`} fill-rule="evenodd"></path>
    ${svg`<text x="4" y="52" font-size="15" font-weight="700" fill="#fff">${initialOf(title)}</text>`}
  </svg>`;
}
