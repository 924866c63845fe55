/**
 * A run as the browser keeps it from one visit to the next: its form, and the checks on what is read back.
 *
 * The points of the history are not kept beside the checkpoint: it holds them, bit for bit, and the engine gives
 * them back once it stands there.
 */

import type { Device, Opened, Settings } from '../../engine/protocol.js';
import { areDevices, type DeviceUse } from '../device_use.js';
import { isPicturesOfRun, type PicturesOfRun } from './kept_pictures.js';
import { sameValue, type Run } from '../run.js';

/** A table of the reader's own that a run was trained on; `key` names it among all that are kept. */
export interface KeptTable {
  name: string;
  bytes: Uint8Array;
  key: string;
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
  /** The reader's own pictures, likewise. */
  pictures: PicturesOfRun | null;
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
  origin: Pick<KeptRun, 'page' | 'writer' | 'table' | 'pictures'>,
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
    points: run.points.filter((point) => point.step < step).length,
    checkpoint: bytes,
  };
}

/**
 * A kept run as it was read, or null when it is too old or not of the form of a run of this lesson and page.
 * Nothing of it is trusted: settings and checkpoint are checked again by the engine that takes them.
 */
export function parseKeptRun(value: unknown, lesson: string, page: string, now: number): KeptRun | null {
  if (typeof value !== 'object' || value === null) return null;
  const run = value as Partial<Record<keyof KeptRun, unknown>>;
  const settings = plainSettings(run.settings);
  // Runs that were kept before there were these have one device, and no pictures that could be brought back.
  const { devices = [{ from_step: 0, kind: run.backend, adapter: '' }], pictures = null } = run;
  const isOfThisForm =
    run.format === 1 &&
    run.lesson === lesson &&
    run.page === page &&
    isText(run.writer) &&
    isText(run.build) &&
    (run.backend === 'cpu' || run.backend === 'webgpu') &&
    areDevices(devices) &&
    settings !== null &&
    typeof run.imported === 'boolean' &&
    typeof run.finished === 'boolean' &&
    isCount(run.saved) &&
    isCount(run.step) &&
    isCount(run.totalSteps) &&
    isCount(run.points) &&
    run.step > 0 &&
    run.step <= run.totalSteps &&
    isBytes(run.checkpoint) &&
    (run.table === null || isText(run.table)) &&
    (pictures === null || isPicturesOfRun(pictures));
  if (!isOfThisForm) return null;
  const age = now - (run.saved as number);
  if (age > LONGEST_KEPT_MS || age < -CLOCK_SLACK_MS) return null;
  return { ...(run as unknown as KeptRun), settings, devices, pictures };
}

/** A kept table as it was read, or null when it has not the form of one. */
export function parseKeptTable(value: unknown, key: string): KeptTable | null {
  if (typeof value !== 'object' || value === null) return null;
  const table = value as Partial<Record<keyof KeptTable, unknown>>;
  const { name, bytes } = table;
  return isText(name) && isBytes(bytes) && table.key === key ? { name, bytes, key } : null;
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
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.byteLength > 0 && value.byteLength <= LARGEST_BYTES;
}

/** Settings made anew from their JSON, so that nothing but plain values is left of what was read. */
function plainSettings(value: unknown): Settings | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  try {
    const json = JSON.stringify(value);
    return json.length <= LONGEST_SETTINGS ? (JSON.parse(json) as Settings) : null;
  } catch {
    // What refers to itself has no JSON.
    return null;
  }
}
