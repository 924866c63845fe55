/** On what a run was computed: the device, and the step from which it was used. */

import type { Device } from '../engine/protocol.js';

/** The device of the steps from one on; steps count from 0. */
export interface DeviceUse {
  from_step: number;
  kind: Device['kind'];
  /** Empty on the CPU. */
  adapter: string;
}

/** Whether a value from outside is a list of devices in order of step, the first from step 0 on. */
export function areDevices(value: unknown): value is DeviceUse[] {
  if (!Array.isArray(value) || !value.every(isUse)) return false;
  return value.length > 0 && value.every(({ from_step }, index) => follows(from_step, value[index - 1]));
}

function isUse(value: Partial<Record<keyof DeviceUse, unknown>> | null): value is DeviceUse {
  return (
    (value?.kind === 'cpu' || value?.kind === 'webgpu') &&
    typeof value.adapter === 'string' &&
    Number.isSafeInteger(value.from_step)
  );
}

function follows(step: number, before: DeviceUse | undefined): boolean {
  return before ? step > before.from_step : step === 0;
}
