/** How long it takes to put a part of the pictures before the model, so that nobody waits for it unasked. */

import type { Opened } from '../../engine/protocol.js';

/** Share of a training step that the way forward takes: about half, the rest is the way back. */
const FORWARD = 0.5;

/** Seconds for the pictures of a part on one laptop core, about; 0 where the lesson has no estimate. */
export function judgingSeconds({ description, settings }: Opened, split: string): number {
  const { cost, pictures } = description;
  if (!cost || !pictures) return 0;
  const count = split === 'train' ? pictures.train : pictures.test;
  const batch = Math.min(Number(settings['batch_size']) || pictures.train, pictures.train);
  return (FORWARD * (count / batch) * cost.milliseconds_per_step) / 1000;
}
