/** The status of a lab and the events of the public contract. */

import type { Device, Goal, Progress } from '../engine/protocol.js';

export type Status = 'idle' | 'loading' | 'ready' | 'training' | 'paused' | 'done' | 'error';

/** The events of the public contract, with their details. */
export interface LabEvents {
  'ember-ready': { device: Device };
  'ember-status': { status: Status };
  'ember-progress': Pick<Progress, 'step' | 'totalSteps' | 'epoch' | 'metrics'>;
  'ember-goal': Goal;
  'ember-completed': { score: number };
  'ember-error': { code: string; message: string };
}

/** Sends an event of the contract from the element. */
export type Emit = <Name extends keyof LabEvents>(name: Name, detail: LabEvents[Name]) => void;
