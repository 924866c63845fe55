/** The pictures a lesson's model learns from, as `inspect('pictures')` answers, and what they are called. */

import type { PicturesDescription } from '../../engine/protocol.js';
import type { PictureData } from '../../kit/picture_data.js';
import type { LabSession } from '../../lab/session.js';

export type Pictures = PicturesDescription;

/** Parts of the pictures: those learned from, and those held out. */
export const PICTURE_SPLITS = ['train', 'test'] as const;
export type PictureSplit = (typeof PICTURE_SPLITS)[number];

/** A picture with its place in its part, its class, and where it comes from: an icon and its set, or a path. */
export interface LabelledPicture extends PictureData {
  index: number;
  label: number;
  origin: string;
}

/** Some of the pictures of a part. */
export interface PicturesPage {
  /** Pictures of the part. */
  total: number;
  /** Pictures by part and class. */
  counts: Record<PictureSplit, number[]>;
  pictures: LabelledPicture[];
}

/** Which pictures are asked for: as they stand, or as many of each class, one class after the other. */
export interface PicturesQuestion {
  split: PictureSplit;
  from: number;
  count: number;
  order: 'order' | 'classes';
}

/** Asks for some of the pictures. */
export function askForPictures(session: LabSession, question: PicturesQuestion): Promise<PicturesPage> {
  const answer = session.request('inspect', { what: 'pictures', options: { ...question } });
  return answer as Promise<unknown> as Promise<PicturesPage>;
}
