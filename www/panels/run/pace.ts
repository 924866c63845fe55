/** The speed of a run, and the one button that runs and pauses: the run bar, the dock and the figures share them. */

import type { LabSession } from '../../lab/session.js';
import { words } from '../../kit/words.js';

/** Speeds in steps per second; 0 is as fast as the machine can. */
export const PACES = { slow: 20, watch: 200, full: 0 } as const;
export type Pace = keyof typeof PACES;
export const PACE_NAMES: readonly Pace[] = ['slow', 'watch', 'full'];
/** Seconds that a run is watched for where no pace was chosen. */
const LONGEST_WATCHED = 60;

const chosen = new WeakMap<LabSession, Pace>();

/** The pace that was chosen for a lab; else one at which the run ends while one looks on. */
export function paceOf(session: LabSession): Pace {
  const steps = session.runs.current?.progress.totalSteps ?? 0;
  return chosen.get(session) ?? (steps > LONGEST_WATCHED * PACES.watch ? 'full' : 'watch');
}

/** Chooses the pace of a run under way and of those to come. */
export function choosePace(session: LabSession, pace: Pace): void {
  chosen.set(session, pace);
  if (session.status === 'training') session.setPace(PACES[pace]);
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
  return session.start(PACES[paceOf(session)]);
}
