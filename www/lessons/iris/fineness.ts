/** How finely the planes of the lesson are judged, and by what their borders are found. */

import type { LabSession } from '../../lab/session.js';
import type { Lead } from '../../looks/rows/plane.js';

/** Cells along each side of a plane: while it trains, and when there is time for borders without stairs. */
export interface Fineness {
  training: number;
  idle: number;
}

export function cellsNow({ status }: LabSession, { training, idle }: Fineness): number {
  return status === 'training' ? training : idle;
}

/** What the certainty of a model of the lesson is. */
export function leadOf(model: unknown): Lead {
  return model === 'svm' ? 'decision' : 'probability';
}
