/** Writes the record of a run. */

import type { RunRecord } from './record.js';
import type { LabSession } from './session.js';

/** The record of the current run as it stands. */
export async function exportRun(session: LabSession): Promise<RunRecord> {
  await session.load();
  const { settings, versions, device, description, picturesByBrowser } = session.opened!;
  const run = session.runs.current!;
  return {
    emberbook: { format: 1 },
    lesson: description.id,
    config: settings,
    seed: Number(settings['seed']),
    backend: device.kind,
    adapter: device.adapter,
    devices: run.devices,
    versions,
    steps: run.progress.step,
    ...(picturesByBrowser > 0 ? { pictures_by_browser: picturesByBrowser } : {}),
    history: run.history.points(),
  };
}
