/** The speed of a run, and the one button that runs and pauses: the run bar, the dock and the figures share them. */

import type { LabSession } from '../../lab/session.js';
import { words } from '../../kit/words.js';

export const PACE_NAMES = ['slow', 'watch', 'full'] as const;
export type Pace = (typeof PACE_NAMES)[number];

/**
 * At most so many steps per second, and at least so many seconds for a whole run: what takes a hundred rounds, and not a
 * thousand steps, is to be looked at too.
 */
const LIMITS = {
  slow: { speed: 20, seconds: 60 },
  watch: { speed: 200, seconds: 6 },
} as const;
/** Seconds that a run is watched for where no pace was chosen. */
const LONGEST_WATCHED = 60;

/** Steps per second of a run of so many steps; 0 is as fast as the machine can. */
export function speedOf(pace: Pace, steps: number): number {
  if (pace === 'full') return 0;
  const { speed, seconds } = LIMITS[pace];
  return Math.min(speed, Math.max(1, steps) / seconds);
}

/** Seconds that a run of so many steps takes at a pace at the least, where a step costs so many milliseconds; 0 where that is not known. */
export function secondsOf(pace: Pace, steps: number, millisecondsPerStep = 0): number {
  const speed = speedOf(pace, steps);
  return Math.max(speed > 0 ? steps / speed : 0, (steps * millisecondsPerStep) / 1000);
}

/** The pace of a run for which none was chosen: one at which it ends while one looks on. */
export function usualPace(steps: number): Pace {
  return secondsOf('watch', steps) > LONGEST_WATCHED ? 'full' : 'watch';
}

const chosen = new WeakMap<LabSession, Pace>();

/** The pace that was chosen for a lab, or the usual one. */
export function paceOf(session: LabSession): Pace {
  return chosen.get(session) ?? usualPace(stepsOf(session));
}

/** Chooses the pace of a run under way and of those to come. */
export function choosePace(session: LabSession, pace: Pace): void {
  chosen.set(session, pace);
  if (session.status === 'training') session.setPace(speedOf(pace, stepsOf(session)));
}

/** What the button says. */
export function runText({ language, status, finished }: LabSession): string {
  if (status === 'training') return `❚❚ ${words(language, 'ui.run.pause')}`;
  return `▶ ${words(language, `ui.run.${finished ? 'again' : status === 'paused' ? 'resume' : 'start'}`)}`;
}

/** Pauses a run under way, else goes on; a finished run is run again from its beginning. */
export async function runOrPause(session: LabSession): Promise<void> {
  if (session.status === 'training') return session.pause();
  if (session.finished) await session.reset();
  return session.start(speedOf(paceOf(session), stepsOf(session)));
}

function stepsOf({ runs }: LabSession): number {
  return runs.current?.progress.totalSteps ?? 0;
}
