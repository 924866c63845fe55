// Written from the Rust types by `cargo xtask types` (src/typescript.rs). Do not edit.

/** Which filter is laid on the picture, and how. */
export type FilterOptions = {
/** Nine numbers, row by row. */
filter: [number, number, number, number, number, number, number, number, number],
/** What the sum is multiplied by; 1 where nothing is said. */
weight?: number,
/** Whether rows of the filter are rows of the picture. */
orientation?: Orientation,
/** Whether the output is pooled too. */
pool?: boolean, };

/** What a filter makes of a picture. */
export type Filtered = {
/** The picture in gray. */
original: PictureAnswer, output: PictureAnswer,
/** The output, half as wide and high, where that was asked for. */
pooled: PictureAnswer | null,
/** Sums of all pixels. */
sums: OfOutput<number>,
/** The md5 of all pixels, as the document's code gives it. */
md5: OfOutput<string>, };

/** Something about the output and, where there is one, the pooled output. */
export type OfOutput<T> = { output: T, pooled: T | null, };

/** Which neighbour a number of the filter belongs to. */
export type Orientation = "as_written" | "corrected";

/** A picture as the page reads it. */
export type PictureAnswer = { width: number, height: number,
/** 1 for gray, 3 for red, green and blue. */
channels: number,
/** Bytes of the pixels, row by row, in base64. */
pixels: string, };

/** Looks inside by name. */
export interface VisionLooks {
  filter: { options: FilterOptions; answer: Filtered };
}
