/**
 * What the page and the worker say to each other, and the shapes the engine (src/web/engine.rs) answers with.
 *
 * One worker holds one lab. A request carries an id and is answered once, by a result or by an error;
 * requests are carried out one after the other, except that those which only read (`history`, `evaluate`,
 * `predict`, `inspect`, `checkpoint`, `exportModel`, the checks) may come between two steps of a run.
 * While a run trains, the worker also sends events.
 */

import type {
  Control,
  Description,
  GoalStatus as Goal,
  Json,
  LabError as EngineFailure,
  Layer,
  Notice,
  OwnTableDescription as TableLook,
  PicturesDescription,
  Progress,
  Settings,
  TableReading,
} from '../generated/engine.js';
import type { TextEncoding } from './encoding.js';

export type {
  Control,
  Description,
  Experiment,
  ExperimentGoal,
  Doubt,
  GoalStatus as Goal,
  Json,
  Kind,
  LabError as EngineFailure,
  Layer,
  Measure,
  Notice,
  OwnTableDescription as TableLook,
  PicturesDescription,
  Progress,
  Selection,
  Settings,
  TableReading,
  Variant,
} from '../generated/engine.js';

/** Where the pictures of a lesson come from. */
export type PictureOrigin = PicturesDescription['origin'];

/** A recorded point: training points hold `loss`, evaluation points `dev_loss` and `dev_accuracy`. */
export type HistoryPoint = { step: number; epoch: number } & { [metric: string]: number | null };

/** Recorded points in columns: metrics that are recorded together, one value for each of them, point by point. */
export interface HistoryColumns {
  metrics: string[];
  steps: Uint32Array;
  epochs: Uint32Array;
  /** One that is not finite stands for null. */
  values: Float64Array;
}

/** Figures of a split by name, such as `loss`; null for one that is not finite. */
export type Figures = { [metric: string]: number | null };

/** Where wasm modules and data lie; resolved on the page, because a Blob worker has no base address. */
export interface EngineUrls {
  pictures: { bindings: string; wasm: string };
  trees: { bindings: string; wasm: string };
  cpu: { bindings: string; wasm: string };
  recommenders: { bindings: string; wasm: string };
  sequences: { bindings: string; wasm: string };
  gpu: { bindings: string; wasm: string };
  /** Folder of the files that lessons learn from; ends in a slash. */
  data: string;
}

export type ModuleName = Exclude<keyof EngineUrls, 'data'>;

/** The modules that open lessons. */
export type EngineName = Exclude<ModuleName, 'pictures'>;

export type BackendChoice = 'auto' | 'cpu' | 'webgpu';

/** The device a lab trains on, and why: `reason` is a key under `device.reasons` in the language files. */
export interface Device {
  kind: 'cpu' | 'webgpu';
  /** Name of the adapter, such as "NVIDIA ampere"; empty on the CPU. */
  adapter: string;
  reason:
    | 'small_model'
    | 'no_webgpu'
    | 'no_adapter'
    | 'software_adapter'
    | 'asked_for'
    | 'gpu_failed'
    | 'adapter_found'
    | 'no_tensors'
    /** There is an adapter, but the module for it is still being built, or could not be built. */
    | 'gpu_building'
    | 'gpu_not_built'
    /** Both devices were timed, and the GPU was the faster one; `timing` holds the figures. */
    | 'measured_faster'
    /** Both devices were timed, and the GPU was not the faster one. */
    | 'measured_slower'
    /** The reader has moved the run here. */
    | 'moved'
    /** The GPU was lost, and the run goes on here. */
    | 'device_lost';
  /** Whether the adapter computes on the CPU (SwiftShader, llvmpipe). */
  software: boolean;
  /** Milliseconds per step of this lab on either device, where both were timed. */
  timing: { cpu: number; webgpu: number } | null;
}

/** Why a lab trains on its device. */
export type DeviceGrounds = Pick<Device, 'reason' | 'timing'>;

/** Answer to `open`. */
export interface Opened {
  controls: Control[];
  settings: Settings;
  /** Settings that differ from the default, as the address carries them. */
  address: [string, string][];
  notices: Notice[];
  description: Description;
  device: Device;
  progress: Progress;
  goals: Goal[];
  /** Versions for the run record: emberbook, burn. `build` names the wasm module by content. */
  versions: { emberbook: string; burn: string; build: string };
  /** How many of the reader's pictures it learns from the browser has decoded: in another one they may differ. */
  picturesByBrowser: number;
}

/** Data of the reader's own in place of a lesson's, as they were given: what is in them only the engine knows. */
export type OwnData = OwnTable | OwnPictures | OwnRatings | OwnSequences;

/** A file and its place inside the folder that was chosen. */
export interface PlacedBlob {
  path: string;
  blob: Blob;
}

/** A table as UTF-8 text; the key tells one from another. */
export interface OwnTable {
  kind: 'table';
  name: string;
  key: number;
  bytes: Uint8Array;
  /** What was chosen of how it is read. */
  reading: TableReading;
}

/** Pictures with a class each, by the names of their folders; the key tells one from another. */
export interface OwnPictures {
  kind: 'pictures';
  name: string;
  key: number;
  /** Pictures, or zips of them. */
  files: PlacedBlob[];
  /** What names in zips are read in that do not say their encoding, where that was chosen. */
  encoding?: TextEncoding;
}

/** Ratings of films in the files of a published table; the key tells one set from another. */
export interface OwnRatings {
  kind: 'ratings';
  name: string;
  key: number;
  /** The files, or a zip of them. */
  files: PlacedBlob[];
}

/** Who took which item after which, with what is known of the items; the key tells one set from another. */
export interface OwnSequences {
  kind: 'sequences';
  name: string;
  key: number;
  /** Tables, vectors and pictures, or zips of them. */
  files: PlacedBlob[];
}

/** Names in a zip that may be in one encoding or in another. */
export interface DoubtfulNames {
  /** What they were read in. */
  encoding: TextEncoding;
  /** The likely encodings, the likeliest first, with some names as each reads them. */
  likely: { encoding: TextEncoding; sample: string }[];
}

/** What a check of the reader's own data has found. */
export interface OwnCheck {
  /** Rows, pictures or ratings, or how many times somebody took something. */
  taken: number;
  /** Files that were left out. */
  ignored: number;
  /** Whether the settings ask for data of the reader's own, and none are given. */
  missing: boolean;
  /** Names in a zip whose encoding is not certain. */
  names: DoubtfulNames | null;
}

/** A picture to be predicted or looked at: a file, or pixels. */
export type PictureInput = { name: string; blob: Blob } | { name: string; image: ImageData };

/** Milliseconds per step on either device; null where the lab cannot be opened there. */
export interface DeviceComparison {
  cpu: number | null;
  webgpu: number | null;
  /** Name of the adapter; empty where there is none. */
  adapter: string;
}

/** Weights taken from a file. */
export interface Imported {
  progress: Progress;
  /** What the reader should know of them, such as `other_ranges`; null where there is nothing. */
  remark: EngineFailure | null;
}

/** Requests by name: what each takes and what it answers. */
export interface Requests {
  /** Loads the module the backend asks for and opens a lab; a lab already open is closed, unless this one fails. */
  open: {
    args: {
      lesson: string;
      layers: Layer[];
      backend: BackendChoice;
      urls: EngineUrls;
      own?: OwnData | null;
      /** Why this backend, where the reason is known already; told as the reason of the device opened. */
      because?: DeviceGrounds;
      /** Trains without sending points and checkpoints; only how far it is. */
      quiet?: boolean;
    };
    result: Opened;
  };
  /**
   * Reads the reader's own data for a lab with these settings without using them, so that bad ones are refused before
   * anything is changed. Rejects with `unknown_file` where such a lab takes none of this kind.
   */
  checkOwn: {
    args: { lesson: string; layers: Layer[]; own: OwnData | null; urls: EngineUrls };
    result: OwnCheck;
  };
  /** What a table would be taken for when it is read so. Rejects with `bad_table` for what is no table. */
  lookAtTable: { args: { lesson: string } & Omit<OwnTable, 'kind' | 'key'>; result: TableLook };
  /**
   * Takes the lab to the other kind of device, at the step where it stands. When that cannot be had, the lab stays
   * as it is: `gpu_failed`, and while the module for the GPU is not built `module_building` or `module_not_built`.
   */
  move: { args: { backend: Device['kind'] }; result: Opened };
  /** Times the open lab on both devices, in labs of their own. */
  compareDevices: { args: Record<string, never>; result: DeviceComparison };
  /**
   * Trains until the end of the run, until `steps` more steps are done, or until `pause`.
   * `pace` holds the run to so many steps per second; 0 is as fast as the machine can.
   */
  train: { args: { steps?: number; pace?: number }; result: Progress };
  /** Whether the worker is there; answered at once, out of turn. */
  ping: { args: Record<string, never>; result: null };
  /** Ends a `train` under way at the next step; answered at once, out of turn. */
  pause: { args: Record<string, never>; result: null };
  /** Changes the pace of a `train` under way; answered at once, out of turn. */
  pace: { args: { pace: number }; result: null };
  history: { args: { from: number }; result: HistoryColumns[] };
  /** One recorded metric over the steps at which it was recorded; NaN where it was not finite. */
  series: { args: { metric: string }; result: { steps: Float64Array; values: Float64Array } };
  /** Null stands for a figure that is not finite. */
  evaluate: { args: { split: string }; result: Figures };
  /** `input` is a value that survives JSON. */
  predict: { args: { input: Json | object; pictures?: PictureInput[] }; result: Json };
  /** `options` are a value that survives JSON. */
  inspect: { args: { what: string; options: Json | object; pictures?: PictureInput[] }; result: Json };
  checkpoint: { args: Record<string, never>; result: Uint8Array };
  /** Goes to a checkpoint of the open lab; answers the progress there. */
  restore: { args: { bytes: Uint8Array }; result: Progress };
  exportModel: { args: { format: string }; result: Uint8Array<ArrayBuffer> };
  importModel: { args: { bytes: Uint8Array }; result: Imported };
}

export type RequestName = keyof Requests;

/** A request as it is sent. */
export interface RequestTo<Name extends RequestName> {
  id: number;
  name: Name;
  args: Requests[Name]['args'];
}

/** The answer to a request that was carried out. */
export interface AnswerTo<Name extends RequestName> {
  id: number;
  name: Name;
  result: Requests[Name]['result'];
}

/** The answer to a request that failed. */
export interface Refusal {
  id: number;
  name: RequestName;
  error: EngineFailure;
}

/** All that is said to a worker, told apart by `name`. */
export type ToWorker = { [Name in RequestName]: RequestTo<Name> }[RequestName];

/** All answers of a worker, told apart by `name`. */
export type Answer = { [Name in RequestName]: AnswerTo<Name> }[RequestName];

/** What a worker says unasked, told apart by `event`. */
export type WorkerMessage =
  /** The first word of a worker: it runs, and holds the lock of its name where there are locks. */
  | { event: 'up'; locked: boolean }
  /** While training, at most every 33 ms: what was recorded since the last event. */
  | {
      event: 'progress';
      progress: Progress;
      history: HistoryColumns[];
      goals: Goal[];
      stepsPerSecond: number;
    }
  /** While training, at least once a second, and when a run pauses or ends. */
  | { event: 'checkpoint'; step: number; epoch: number; bytes: Uint8Array }
  /**
   * Loading: bytes so far of a wasm module or of a file of the lesson, or pictures so far of those the reader has
   * brought, or bytes unpacked so far of the ratings or sequences, or
   * crates so far of a module that is still being built; `total`
   * is 0 where it is not known.
   */
  | {
      event: 'loading';
      loaded: number;
      total: number;
      unit: 'bytes' | 'pictures' | 'unpacked' | 'crates';
      /** Of a module that is still being built: for how long, and whether others are built before it. */
      built?: { seconds: number; waits: boolean };
      module?: ModuleName;
      /** The file of the lesson, or the file of the reader's that is being read. */
      file?: string;
    }
  /** The worker needs a module, which the page compiles once for all its labs; answered by a `ModuleAnswer`. */
  | { event: 'module_wanted'; module: ModuleName }
  /** Before and during the first step on a GPU: pipelines compiled so far, of about so many. */
  | { event: 'compiling'; pipelines: number; expected: number }
  /** The wasm module panicked or the GPU is gone: this worker is of no more use. `request` was under way. */
  | { event: 'fatal'; error: EngineFailure; request?: number };

/** The page's answer to `module_wanted`, out of turn. Without a module the worker compiles it for itself. */
export type ModuleAnswer = { module: ModuleName } & (
  { compiled: WebAssembly.Module; build: string } | { compiled: null } | { error: EngineFailure }
);

/** All that a worker says. */
export type FromWorker = Answer | Refusal | WorkerMessage;
