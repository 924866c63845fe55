/**
 * A run as the browser keeps it from one visit to the next: its form, and the checks on what is read back.
 *
 * The points of the history are not kept beside the checkpoint: it holds them, bit for bit, and the engine gives
 * them back once it stands there.
 */

import { isJsonObject, isRecord, parseJson } from '../../engine/json.js';
import type { Device, Opened, Settings, TableReading } from '../../engine/protocol.js';
import { areDevices, type DeviceUse } from '../device_use.js';
import { parseFilesOfRun, type FilesOfRun } from './kept_files.js';
import { sameValue, type Run } from '../run.js';

/** A table of the reader's own that a run was trained on; `key` names it among all that are kept. */
export interface KeptTable {
  name: string;
  bytes: Uint8Array;
  key: string;
  /** What was chosen of how it is read; the engine takes of it what is a choice. */
  reading: TableReading;
}

/** A kept run; `format` counts changes of this shape. */
export interface KeptRun {
  format: 1;
  lesson: string;
  /** Path of the page's address, without its query: each page keeps one run. */
  page: string;
  /** Names the lab that wrote this, so that a lab in another tab is told apart. */
  writer: string;
  /** When it was written, in milliseconds since 1970. */
  saved: number;
  /** Names the computing module by content; only the same build goes on exactly. */
  build: string;
  /** The device it stands on. */
  backend: Device['kind'];
  /** All devices it was computed on. */
  devices: DeviceUse[];
  settings: Settings;
  /** Whether the weights at step 0 came from a file. */
  imported: boolean;
  step: number;
  totalSteps: number;
  finished: boolean;
  /** Points of the history that the checkpoint must give back. */
  points: number;
  checkpoint: Uint8Array;
  /** The reader's own table by its key; it is kept once, however often the run is. */
  table: string | null;
  /** The reader's own pictures, ratings or sequences, likewise. */
  files: FilesOfRun | null;
}

/** Kept runs older than this are removed. */
export const LONGEST_KEPT_MS = 30 * 24 * 3_600_000;

/** A checkpoint larger than this, or a table larger than the lab takes, is not of this book. */
const LARGEST_BYTES = 64 * 2 ** 20;
const LONGEST_TEXT = 1000;
const LONGEST_SETTINGS = 100_000;
/** A clock may have been put right meanwhile. */
const CLOCK_SLACK_MS = 24 * 3_600_000;

/** What is kept of a run at its last checkpoint. */
export function keptRun(
  run: Run,
  opened: Opened,
  origin: Pick<KeptRun, 'page' | 'writer' | 'table' | 'files'>,
): KeptRun | null {
  const checkpoint = run.checkpoints.at(-1);
  // One that would not be taken back is not kept: large networks have checkpoints of more than a hundred megabytes.
  if (!checkpoint || checkpoint.step === 0 || !isBytes(checkpoint.bytes)) return null;
  const { step, bytes } = checkpoint;
  const { totalSteps, finished } = run.progress;
  return {
    ...origin,
    format: 1,
    lesson: opened.description.id,
    saved: Date.now(),
    build: opened.versions.build,
    backend: opened.device.kind,
    devices: run.devices.filter(({ from_step }) => from_step < step),
    settings: run.settings,
    imported: run.imported,
    step,
    totalSteps,
    finished: finished && step === run.progress.step,
    points: run.history.sizeBefore(step),
    checkpoint: bytes,
  };
}

/**
 * A kept run as it was read, or null when it is too old or not of the form of a run of this lesson and page.
 * Nothing of it is trusted: settings and checkpoint are checked again by the engine that takes them.
 */
export function parseKeptRun(value: unknown, lesson: string, page: string, now: number): KeptRun | null {
  if (!isRecord(value)) return null;
  const { format, writer, saved, build, backend, imported, finished } = value;
  const { step, totalSteps, points, checkpoint, table } = value;
  const settings = plainSettings(value['settings']);
  // Runs that were kept before there were these have one device, and no files that could be brought back.
  const { devices = [{ from_step: 0, kind: backend, adapter: '' }], pictures = null } = value;
  // Where only pictures could be kept, they were called so.
  const { files: kept = pictures } = value;
  const files = kept === null ? null : parseFilesOfRun(kept);
  if (format !== 1 || value['lesson'] !== lesson || value['page'] !== page) return null;
  if (!isText(writer) || !isText(build) || (table !== null && !isText(table))) return null;
  if ((backend !== 'cpu' && backend !== 'webgpu') || !areDevices(devices) || settings === null) return null;
  if (typeof imported !== 'boolean' || typeof finished !== 'boolean') return null;
  if (!isCount(saved) || !isCount(step) || !isCount(totalSteps) || !isCount(points)) return null;
  if (step === 0 || step > totalSteps || !isBytes(checkpoint)) return null;
  if (kept !== null && files === null) return null;
  const age = now - saved;
  if (age > LONGEST_KEPT_MS || age < -CLOCK_SLACK_MS) return null;
  const known = { format, lesson, page, writer, saved, build, backend, devices, settings, imported } as const;
  return { ...known, step, totalSteps, finished, points, checkpoint, table, files };
}

/** A kept table as it was read, or null when it has not the form of one. */
export function parseKeptTable(value: unknown, key: string): KeptTable | null {
  if (!isRecord(value)) return null;
  const { name, bytes } = value;
  // Tables that were kept before there was a choice have none.
  const reading: TableReading = plainSettings(value['reading'] ?? {}) ?? {};
  return isText(name) && isBytes(bytes) && value['key'] === key ? { name, bytes, key, reading } : null;
}

/** Whether a lab as it was opened can go on exactly where the kept run stands. */
export function canGoOn(kept: KeptRun, { versions, device, settings }: Opened): boolean {
  const isSameSetting = (name: string): boolean => sameValue(kept.settings[name], settings[name]);
  return (
    kept.build === versions.build &&
    kept.backend === device.kind &&
    Object.keys({ ...kept.settings, ...settings }).every(isSameSetting)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_TEXT;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= LARGEST_BYTES;
}

/** Settings made anew from their JSON, so that nothing but plain values is left of what was read. */
function plainSettings(value: unknown): Settings | null {
  if (!isRecord(value)) return null;
  try {
    const json = JSON.stringify(value);
    if (json.length > LONGEST_SETTINGS) return null;
    const plain = parseJson(json);
    return isJsonObject(plain) ? plain : null;
  } catch {
    // What refers to itself has no JSON.
    return null;
  }
}
