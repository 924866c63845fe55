/** Writes the record of a run, and makes a recorded run again. */

import { firstDifference, parseRecord, type RunRecord } from './record.js';
import type { LabSession } from './session.js';

/** The record of the current run as it stands. */
export async function exportRun(session: LabSession): Promise<RunRecord> {
  await session.load();
  const { settings, versions, device, description } = session.opened!;
  const run = session.runs.current!;
  return {
    emberbook: { format: 1 },
    lesson: description.id,
    config: settings,
    seed: Number(settings['seed']),
    backend: device.kind,
    adapter: device.adapter,
    versions,
    steps: run.progress.step,
    history: run.points,
  };
}

/**
 * Makes a recorded run again with its settings and says whether the history came out equal bit for bit.
 * Rejects with `bad_record`; the lab is then as it was.
 */
export async function replayRun(session: LabSession, text: string, file: string): Promise<void> {
  const record = parseRecord(text, session.options.lesson, file);
  await session.applyRecord(record.config, record.backend);
  if (record.steps > 0) await session.step(record.steps);
  const step = firstDifference(record.history, session.runs.current!.points);
  const sameBuild = record.versions?.build === session.opened!.versions.build;
  const fill = { file, step: step ?? 0, steps: record.steps };
  if (step === null) session.messages.add('good', 'ui.messages.replay_equal', fill);
  else if (sameBuild) session.messages.add('warning', 'ui.messages.replay_differs', fill);
  else session.messages.add('warning', 'ui.messages.replay_other_build', fill);
  session.topics.announce('notices');
}
