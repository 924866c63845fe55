/** The pictures a lesson's model learns from, as `inspect('pictures')` answers, and what they are called. */

import type { PicturesDescription } from '../../engine/protocol.js';
import type { AnswerTo } from '../../lab/looks.js';
import type { LabSession } from '../../lab/session.js';

export type Pictures = PicturesDescription;

/** Parts of the pictures: those learned from, and those held out. */
export const PICTURE_SPLITS = ['train', 'test'] as const;
export type PictureSplit = (typeof PICTURE_SPLITS)[number];

/** Some of the pictures of a part. */
export type PicturesPage = AnswerTo<'pictures'>;
export type LabelledPicture = PicturesPage['pictures'][number];

/** Which pictures are asked for: as they stand, or as many of each class, one class after the other. */
export interface PicturesQuestion {
  split: PictureSplit;
  from: number;
  count: number;
  order: 'order' | 'classes';
}

/** Asks for some of the pictures. */
export function askForPictures(session: LabSession, question: PicturesQuestion): Promise<PicturesPage> {
  return session.inspectAny('pictures', question);
}
