/** The filters of the bench, the document's rule for their weight, and the arithmetic behind one pixel. */

import type { FilterOptions, Orientation } from '../../generated/vision.js';

/** Nine numbers, row by row. */
export type Filter = Readonly<FilterOptions['filter']>;

/** Whether a value is nine numbers. */
export function isFilter(value: unknown): value is Filter {
  return Array.isArray(value) && value.length === 9 && value.every((item) => typeof item === 'number');
}

/** The filter with another number at a place. */
export function withNumber(filter: Filter, place: number, number: number): Filter {
  const numbers = filter.map((before, at) => (at === place ? number : before));
  return isFilter(numbers) ? numbers : filter;
}

/** Largest number of a filter, and largest weight, with either sign: src/lessons/vision/settings.rs. */
export const LARGEST_NUMBER = 1e9;

/** Filters by their keys under `ui.filter_bench.filters`; the first three are the document's. */
export const FILTERS: { readonly [id: string]: Filter } = {
  all_edges: [0, 1, 0, 1, -4, 1, 0, 1, 0],
  rows: [-1, -2, -1, 0, 0, 0, 1, 2, 1],
  columns: [-1, 0, 1, -2, 0, 2, -1, 0, 1],
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  blur: [1, 1, 1, 1, 1, 1, 1, 1, 1],
  emboss: [-2, -1, 0, -1, 1, 1, 0, 1, 2],
  identity: [0, 0, 0, 0, 1, 0, 0, 0, 0],
};

/** How many of {@link FILTERS} stand in the document. */
export const DOCUMENT_FILTERS = 3;

/** MD5 sums of the bytes that the document's code makes of its picture with each of its filters: filtered, then pooled. */
const DOCUMENT_SUMS: { readonly [id: string]: { output: string; pooled: string } } = {
  all_edges: { output: 'd5831f615407fd101be62bb4dfb429bf', pooled: 'b495e29cb9615742d0a88359f7a3f4e5' },
  rows: { output: '6e83e571ff454e6dcff306b7f18d9281', pooled: 'b30772085e4e35feac443450f0a65b7f' },
  columns: { output: '5467ce49bbe93739baec7e650ab60b35', pooled: '4996f613ce91b2171316b00aa5e2f398' },
};

/** The filter with which the document's code makes a picture of these very bytes, or null. */
export function documentsFilter(which: 'output' | 'pooled', md5: string): string | null {
  return Object.entries(DOCUMENT_SUMS).find(([, sums]) => sums[which] === md5)?.[0] ?? null;
}

/** The key of the filter with these numbers, or null. */
export function filterId(filter: readonly number[]): string | null {
  const found = Object.entries(FILTERS).find(([, known]) =>
    known.every((number, index) => number === filter[index]),
  );
  return found?.[0] ?? null;
}

/** The sum of a filter's numbers, without the dust of binary fractions. */
export function sumOf(filter: readonly number[]): number {
  return Number(filter.reduce((sum, number) => sum + number, 0).toFixed(9));
}

/** The document's rule: numbers that do not add up to 0 or 1 are weighted so that they add up to 1. */
export function ruleWeight(filter: readonly number[]): number {
  const sum = sumOf(filter);
  return sum === 0 || sum === 1 ? 1 : 1 / sum;
}

/** One of the nine products behind a pixel. */
export interface Product {
  pixel: number;
  /** Place of the number in the filter, counted row by row. */
  index: number;
  number: number;
  product: number;
}

/** How a pixel of the output came about. */
export interface Arithmetic {
  /** In the order of the picture, row by row; none at the border, which keeps the picture's own pixels. */
  products: Product[];
  sum: number;
  weighted: number;
  /** Between 0 and 255, before the fraction is cut off. */
  clipped: number;
}

/** What a filter makes of the neighbourhood of a pixel, in the order in which the worker adds it up. */
export function arithmeticAt(
  pixels: Uint8Array,
  { width, height }: { width: number; height: number },
  { row, column }: { row: number; column: number },
  { filter, weight, orientation }: { filter: readonly number[]; weight: number; orientation: Orientation },
): Arithmetic {
  const own = pixels[row * width + column]!;
  if (row === 0 || column === 0 || row === height - 1 || column === width - 1)
    return { products: [], sum: own, weighted: own, clipped: own };
  const products = Array.from({ length: 9 }, (_, place): Product => {
    const [down, right] = [Math.floor(place / 3), place % 3];
    const index = orientation === 'corrected' ? place : right * 3 + down;
    const pixel = pixels[(row + down - 1) * width + column + right - 1]!;
    const number = filter[index]!;
    return { pixel, index, number, product: pixel * number };
  });
  const sum = products.reduce((total, { product }) => total + product, 0);
  const weighted = sum * weight;
  return { products, sum, weighted, clipped: Math.min(255, Math.max(0, weighted)) };
}
