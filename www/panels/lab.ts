/** What `embed.js` loads when a lab is wanted: the session, the elements, and the methods of the public contract. */

import type { BackendChoice, Control, Device, HistoryPoint, Json } from '../engine/protocol.js';
import { loadFiles } from '../lab/files.js';
import type { Emit, Status } from '../lab/lab_events.js';
import type { LabOptions } from '../lab/options.js';
import { pictureInputs, type PictureSource } from '../lab/picture_inputs.js';
import type { RunRecord } from '../lab/record.js';
import { exportRun } from '../lab/replay.js';
import { LabSession } from '../lab/session.js';
import './view.js';
import type { EmberLabView } from './view.js';

export type {
  BackendChoice,
  Control,
  Device,
  HistoryPoint,
  Json,
  LabOptions,
  PictureSource,
  RunRecord,
  Status,
  Emit,
};

/** A checkpoint as the contract shows it. */
export interface CheckpointInfo {
  step: number;
  epoch: number;
  bytes: Uint8Array;
}

/** A lab as the element holds it. */
export class Lab {
  private readonly session: LabSession;
  private readonly view: EmberLabView;

  /** Puts the parts into `root`; nothing is computed until `load`. */
  constructor(root: ShadowRoot, options: LabOptions, base: URL, emit: Emit) {
    this.session = new LabSession(options, base, emit);
    this.view = document.createElement('ember-lab-view') as EmberLabView;
    this.view.session = this.session;
    root.append(this.view);
  }

  get status(): Status {
    return this.session.status;
  }

  get device(): Device | null {
    return this.session.device;
  }

  get controls(): Control[] {
    return this.session.controls;
  }

  update(options: LabOptions): void {
    this.session.update(options);
  }

  load(): Promise<void> {
    return this.session.load();
  }

  start(): Promise<void> {
    return this.session.start();
  }

  pause(): Promise<void> {
    return this.session.pause();
  }

  step(count: number): Promise<void> {
    return this.session.step(count);
  }

  reset(): Promise<void> {
    return this.session.reset();
  }

  rewind(step: number): Promise<void> {
    return this.session.rewind(step);
  }

  evaluate(split: string): Promise<{ [metric: string]: number }> {
    return this.session.request('evaluate', { split });
  }

  predict(input: Json | PictureSource): Promise<Json> {
    const pictures = pictureInputs(input);
    return this.session.request('predict', pictures ? { input: null, pictures } : { input: input as Json });
  }

  inspect(what: string, options: Json, given?: PictureSource): Promise<Json> {
    const pictures = pictureInputs(given);
    return this.session.request('inspect', { what, options, ...(pictures ? { pictures } : {}) });
  }

  async history(): Promise<HistoryPoint[]> {
    await this.session.load();
    return this.session.runs.current!.points.map((point) => ({ ...point }));
  }

  async checkpoints(): Promise<CheckpointInfo[]> {
    await this.session.load();
    return this.session.runs.current!.checkpoints.map(({ step, epoch, bytes }) => ({
      step,
      epoch,
      bytes: bytes.slice(),
    }));
  }

  exportModel(format: string): Promise<Uint8Array> {
    return this.session.request('exportModel', { format });
  }

  importModel(bytes: Uint8Array): Promise<void> {
    return this.session.importModel(bytes);
  }

  exportRun(): Promise<RunRecord> {
    return exportRun(this.session);
  }

  loadFiles(files: Iterable<File>): Promise<void> {
    return loadFiles(this.session, files);
  }

  /** Ends the worker and takes the parts away. */
  close(): void {
    this.session.close();
    this.view.remove();
  }
}
