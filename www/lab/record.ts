/** The run record: everything needed to make a run again, and to see whether it came out the same. */

import { EmberError, failure } from '../engine/failure.js';
import type { Device, HistoryPoint, Opened, Settings } from '../engine/protocol.js';
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
  history: HistoryPoint[];
}

/** Reads a record of the given lesson. Throws `bad_record` with what is wrong. */
export function parseRecord(text: string, lesson: string, file: string): RunRecord {
  const reject = (reason: string): never => {
    throw new EmberError(failure('bad_record', `${file} is not a run record: ${reason}.`, { file, reason }));
  };
  let record: Partial<RunRecord>;
  try {
    record = JSON.parse(text) as Partial<RunRecord>;
  } catch (thrown) {
    return reject(`it is not JSON (${(thrown as Error).message})`);
  }
  if (record?.emberbook?.format !== 1) return reject('it does not carry the mark of a run record, format 1');
  if (record.lesson !== lesson)
    return reject(`it belongs to the lesson "${record.lesson}", not to "${lesson}"`);
  if (typeof record.config !== 'object' || record.config === null || Array.isArray(record.config))
    return reject('it has no settings');
  if (!Array.isArray(record.history) || !record.history.every(isPoint)) return reject('it has no history');
  if (!Number.isSafeInteger(record.steps) || record.steps! < 0)
    return reject('it does not say how many steps');
  if (record.devices !== undefined && !areDevices(record.devices))
    return reject('its devices are no list of them');
  if (record.devices === undefined && record.backend !== 'cpu' && record.backend !== 'webgpu')
    return reject('it names no device');
  return record as RunRecord;
}

/** Whether a value has the form of a recorded point: a step, and a number or null under every name. */
function isPoint(value: unknown): value is HistoryPoint {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const isNumber = (item: unknown): boolean => item === null || typeof item === 'number';
  return Number.isSafeInteger((value as Partial<HistoryPoint>).step) && Object.values(value).every(isNumber);
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
