/** The run record: everything needed to make a run again, and to see whether it came out the same. */

import { EmberError, failure, failureOf } from '../engine/failure.js';
import { isJsonObject, isRecord, jsonText, parseJson } from '../engine/json.js';
import type { Device, HistoryPoint, Json, Opened, Settings } from '../engine/protocol.js';
import { areDevices, type DeviceUse } from './device_use.js';

/** A run as JSON; `format` counts changes of this shape. */
export interface RunRecord {
  emberbook: { format: 1 };
  lesson: string;
  /** Every setting, the seed among them. */
  config: Settings;
  seed: number;
  /** The device it ended on. */
  backend: Device['kind'];
  adapter: string;
  /** All devices in order of step; records of older builds have no such list. */
  devices?: DeviceUse[];
  versions: Opened['versions'];
  /** Steps made, so that a run that was paused replays as far. */
  steps: number;
  /** Of the pictures it learned from, those that the browser decoded: another browser may make another run of them. */
  pictures_by_browser?: number;
  history: HistoryPoint[];
}

/** Of a record that was read, what is needed to make its run again. */
export interface ReadRecord extends Pick<RunRecord, 'config' | 'steps' | 'history'> {
  /** At least one. */
  devices: Pick<DeviceUse, 'from_step' | 'kind'>[];
  /** Names the computing module that made it, where it says so. */
  build: string | null;
}

/** Reads a record of the given lesson. Throws `bad_record` with what is wrong. */
export function parseRecord(text: string, lesson: string, file: string): ReadRecord {
  const reject = (reason: string): never => {
    throw new EmberError(failure('bad_record', `${file} is not a run record: ${reason}.`, { file, reason }));
  };
  let record: Json;
  try {
    record = parseJson(text);
  } catch (thrown) {
    return reject(`it is not JSON (${failureOf(thrown, 'unknown').message})`);
  }
  if (!isJsonObject(record) || !isMark(record['emberbook']))
    return reject('it does not carry the mark of a run record, format 1');
  const { config, history, steps, backend, versions } = record;
  if (record['lesson'] !== lesson)
    return reject(`it belongs to the lesson "${jsonText(record['lesson'])}", not to "${lesson}"`);
  if (config === undefined || !isJsonObject(config)) return reject('it has no settings');
  if (!Array.isArray(history) || !history.every(isPoint)) return reject('it has no history');
  if (typeof steps !== 'number' || !Number.isSafeInteger(steps) || steps < 0)
    return reject('it does not say how many steps');
  const build = isRecord(versions) && typeof versions['build'] === 'string' ? versions['build'] : null;
  const known = { config, history, steps, build };
  if (record['devices'] !== undefined) {
    const devices: unknown = record['devices'];
    return areDevices(devices) ? { ...known, devices } : reject('its devices are no list of them');
  }
  // Records of older builds have no such list.
  if (backend !== 'cpu' && backend !== 'webgpu') return reject('it names no device');
  return { ...known, devices: [{ from_step: 0, kind: backend }] };
}

function isMark(value: Json | undefined): boolean {
  return isRecord(value) && value['format'] === 1;
}

/** Whether a value has the form of a recorded point: a step, and a number or null under every name. */
function isPoint(value: unknown): value is HistoryPoint {
  const isNumber = (item: unknown): boolean => item === null || typeof item === 'number';
  return isRecord(value) && Number.isSafeInteger(value['step']) && Object.values(value).every(isNumber);
}

/**
 * The first step at which two histories differ, or null when they are equal bit for bit. Only the sign of a zero, which
 * JSON does not keep, makes no difference.
 */
export function firstDifference(recorded: HistoryPoint[], replayed: HistoryPoint[]): number | null {
  const length = Math.max(recorded.length, replayed.length);
  for (let i = 0; i < length; i++) {
    const one = recorded[i];
    const other = replayed[i];
    if (!one || !other) return (one ?? other)!.step;
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    for (const name of names) if (!isSame(one[name] ?? null, other[name] ?? null)) return one.step;
  }
  return null;
}

function isSame(one: number | null, other: number | null): boolean {
  return one === other || Object.is(one, other);
}
