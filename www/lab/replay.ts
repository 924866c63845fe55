/** Makes a recorded run again; loaded when a record is. */

import { EmberError, failure } from '../engine/failure.js';
import { firstDifference, parseRecord } from './record.js';
import type { LabSession } from './session.js';

/**
 * Makes a recorded run again with its settings, on its devices one after the other, and says whether the history came out equal bit for bit.
 * Rejects with `bad_record`, or `own_data_missing` where the run learned from data of the reader's own that are not
 * loaded; the lab is then as it was.
 */
export async function replayRun(session: LabSession, text: string, file: string): Promise<void> {
  const record = parseRecord(text, session.options.lesson, file);
  await session.load();
  if (await session.own.misses([{ source: 'config', values: record.config }])) {
    // On other data the run would be another one, and the comparison would say nothing.
    const message = `${file} is the record of a run on data of the reader's own, which are not loaded.`;
    throw session.report(new EmberError(failure('own_data_missing', message, { file })));
  }
  const [first, ...further] = record.devices;
  await session.applyRecord(record.config, first!.kind);
  for (const { kind, from_step } of further) {
    if (!(await stepTo(session, Math.min(from_step, record.steps)))) break;
    // Where it cannot be moved, the reader is told, and the run goes on where it is.
    await session.moveTo(kind).catch(() => undefined);
  }
  await stepTo(session, record.steps);
  const step = firstDifference(record.history, session.runs.current!.history.points());
  const sameBuild = record.build === session.opened!.versions.build;
  const fill = { file, step: step ?? 0, steps: record.steps };
  if (step === null) session.messages.add('good', 'ui.messages.replay_equal', fill);
  else if (sameBuild) session.messages.add('warning', 'ui.messages.replay_differs', fill);
  else session.messages.add('warning', 'ui.messages.replay_other_build', fill);
  session.topics.announce('notices');
}

/** Trains up to a step; false where the run ended or was paused before. */
async function stepTo(session: LabSession, step: number): Promise<boolean> {
  const run = session.runs.current!;
  if (run.progress.step < step) await session.step(step - run.progress.step);
  return run.progress.step >= step;
}
