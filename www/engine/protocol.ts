/**
 * What the page and the worker say to each other, and the shapes the engine (src/web/engine.rs) answers with.
 *
 * One worker holds one lab. A request carries an id and is answered once, by a result or by an error;
 * requests are carried out one after the other, except that those which only read (`history`, `evaluate`,
 * `predict`, `inspect`, `checkpoint`, `exportModel`, the checks) may come between two steps of a run.
 * While a run trains, the worker also sends events.
 */

/** A value that survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Where wasm modules and data lie; resolved on the page, because a Blob worker has no base address. */
export interface EngineUrls {
  trees: { bindings: string; wasm: string };
  cpu: { bindings: string; wasm: string };
  gpu: { bindings: string; wasm: string };
  /** Folder of the files that lessons learn from; ends in a slash. */
  data: string;
}

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

/** One declared setting: src/controls.rs `Control`. */
export type Control = {
  name: string;
  default: Json;
  /** Key under `units`, or null for a pure number. */
  unit: string | null;
  /** Where in the panel it stands; `inside` is chosen at the look inside that shows it. */
  group: 'data' | 'model' | 'training' | 'evaluation' | 'inside';
  /** The value that repeats a mistake of the document, where the setting is such a switch. */
  as_written: Json;
  /** The options of another choice with which the setting has a meaning; null where it always has one. */
  only_with: { setting: string; options: string[] } | null;
  /** Whether the defaults of other settings follow this one: when it changes, they are not carried along. */
  leads: boolean;
} & (
  | { type: 'integer'; min: number; max: number }
  | { type: 'number'; min: number; max: number; logarithmic: boolean }
  | { type: 'choice'; options: string[] }
  | { type: 'integer_list' | 'number_list'; min: number; max: number; min_items: number; max_items: number }
  | { type: 'subset'; options: string[]; min_items: number }
);

export type Settings = { [name: string]: Json };

/** Values from one source, weakest first: preset, config (with attributes), address (values as text). */
export interface Layer {
  source: 'preset' | 'config' | 'address';
  values: { [name: string]: Json };
}

/** A value that was replaced by the default: src/controls.rs `Notice`. `code` is a key under `notices`. */
export interface Notice {
  code: 'setting_out_of_range' | 'setting_unknown' | 'table_missing' | 'pictures_missing';
  setting: string;
  given: string;
  used: string;
  expected: string;
}

/** What a lesson shows, without naming the lesson in the page's code: src/lessons/mod.rs `Description`. */
export interface Description {
  id: string;
  /** Parts of a lab that have something to show with the settings at hand. */
  parts: string[];
  /** Whether the lesson computes with tensors (and can use WebGPU). */
  tensors: boolean;
  /** Whether the model is so small that `auto` takes the CPU whatever the GPU. */
  small: boolean;
  /** Seconds one step may take on the CPU of a weak machine; a worker silent for longer is given up. */
  longest_step: number;
  /** WebGPU pipelines that a first step compiles, about. */
  pipelines: number;
  /** What training will take, estimated for one laptop core; null where it is too little to speak of. */
  cost: { milliseconds_per_step: number; training_bytes: number; steps: number } | null;
  /** Metrics of the history, each drawn on one chart. */
  metrics: { name: string; chart: string; split: 'train' | 'dev' | 'test' }[];
  /** Charts in the order shown; `scale` is the one to begin with; `range` fixes the vertical axis. */
  charts: { id: string; scale: 'linear' | 'log'; range: [number, number] | null }[];
  /** Splits `evaluate` takes. */
  splits: string[];
  /** The table the model learns from; `ranges` are in the unit named. Null when the lesson has none. */
  table: {
    features: { name: string; unit: string; min: number; max: number; mean: number }[];
    /** Names of the classes, keys under `classes`. */
    classes: string[];
    rows: number;
  } | null;
  /** How a table of the reader's is read; `none` where the lesson takes none. */
  tables: 'none' | 'numbers' | 'mixed';
  /** Formats a model is written in. */
  formats: string[];
  /** The reader's own table, where the lab learns from one: src/lessons/mod.rs `OwnTableDescription`. */
  own: {
    file: string;
    rows: number;
    /** src/data/own_table/column.rs `Column`. */
    columns: ({
      name: string;
      missing: number;
      /** The first rows of the file with a missing value. */
      missing_rows: number[];
      /** Whether the column can be the label. */
      label: boolean;
      /** Whether the column can be a feature. */
      feature: boolean;
    } & ({ kind: 'number'; min: number; max: number; mean: number } | { kind: 'text'; distinct: number }))[];
  } | null;
  /** The pictures the model learns from; null when the lesson has none. */
  pictures: PicturesDescription | null;
  /** Looks inside that the lesson offers for the model chosen, in the order shown. */
  inside: string[];
  goals: string[];
  experiments: Experiment[];
  presets: string[];
}

/** Where the pictures of a lesson come from. */
export type PictureOrigin = 'mnist' | 'composed' | 'faces' | 'own' | 'ascent';

/** Pictures of one size, and what can be done with further ones: src/lessons/mod.rs `PicturesDescription`. */
export interface PicturesDescription {
  /** Names of the classes, keys under `classes`. */
  classes: string[];
  height: number;
  width: number;
  channels: number;
  /** Pictures for training, and pictures held out. */
  train: number;
  test: number;
  /** Whether a drawing can be predicted. */
  drawing: boolean;
  /** Whether pictures from files can be predicted. */
  upload: boolean;
  /** Whether the lab can learn from pictures of the reader's own. */
  own: boolean;
  /** What the reader's own pictures are called, where they are in use. */
  own_name: string | null;
  origin: PictureOrigin;
}

/** Many runs side by side, and how they are judged: src/lessons/experiment.rs `Experiment`. */
export interface Experiment {
  /** Key under `experiments`. */
  id: string;
  seeds: number;
  variants: Variant[];
  /** Which of the reader's settings hold; the others stand at their defaults. */
  keep: { kind: 'all' } | { kind: 'only'; names: string[] };
  /** The first is the headline. */
  measures: Measure[];
  selection: Selection | null;
  /** The goal it judges. */
  goal: ExperimentGoal | null;
  /** A recorded metric whose curves are laid over each other. */
  curves: string | null;
  /** Seconds the whole takes on one laptop core with the default settings. */
  seconds: number;
}

/** One of the things compared; `settings` are laid over those kept. */
export interface Variant {
  /** Key under `experiments.<id>.variants`. */
  id: string;
  settings: Settings;
}

/** A number measured of each run: src/lessons/experiment.rs `MeasureSource`. `id` is a key under `measures`. */
export type Measure = { id: string } & (
  | { kind: 'figure'; split: string; metric: string }
  | { kind: 'steps_to'; loss: number }
  | { kind: 'milliseconds_per_step' }
  | { kind: 'loss_noise' }
  | { kind: 'inspected'; what: string; name: string }
);

/** How one variant is chosen: by means compared in this order; `report` is measured of the chosen one alone. */
export interface Selection {
  by: { measure: string; largest: boolean }[];
  report: Measure;
}

/** A goal that an experiment judges, and no single run. */
export type ExperimentGoal = { id: string } & (
  | { kind: 'finished' }
  | { kind: 'answered' }
  | { kind: 'mean_at_least'; measure: string; least: number; given: Settings }
);

/** How far a run has come: src/progress.rs `Progress`. */
export interface Progress {
  step: number;
  totalSteps: number;
  /** Counted from 1. */
  epoch: number;
  totalEpochs: number;
  metrics: { [metric: string]: number | null };
  finished: boolean;
  diverged: boolean;
}

/** A recorded point: training points hold `loss`, evaluation points `dev_loss` and `dev_accuracy`. */
export type HistoryPoint = { step: number; epoch: number } & { [metric: string]: number | null };

export interface Goal {
  id: string;
  passed: boolean;
  value: number | null;
}

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
}

/** A table of the reader's own, as UTF-8 text; the key tells one from another. */
export interface OwnTable {
  name: string;
  bytes: Uint8Array;
  key: number;
}

/** Pictures of the reader's own with a class each, by the names of their folders; the key tells one from another. */
export interface OwnPictures {
  name: string;
  key: number;
  /** Pictures, or zips of them; `path` is the place inside the folder that was chosen. */
  files: { path: string; blob: Blob }[];
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

/** Requests by name: what each takes and what it answers. */
export interface Requests {
  /** Loads the module the backend asks for and opens a lab; a lab already open is closed, unless this one fails. */
  open: {
    args: {
      lesson: string;
      layers: Layer[];
      backend: BackendChoice;
      urls: EngineUrls;
      table?: OwnTable | null;
      pictures?: OwnPictures | null;
      /** Why this backend, where the reason is known already; told as the reason of the device opened. */
      because?: DeviceGrounds;
      /** Trains without sending points and checkpoints; only how far it is. */
      quiet?: boolean;
    };
    result: Opened;
  };
  /** Reads a table without using it, so that a bad one is refused before anything is changed. */
  checkTable: { args: { lesson: string; table: OwnTable }; result: null };
  /**
   * Reads pictures for a lab with these settings without using them, so that bad ones are refused before anything
   * is changed. Answers how many there are, and how many other files were left out.
   */
  checkPictures: {
    args: { lesson: string; layers: Layer[]; pictures: OwnPictures; urls: EngineUrls };
    result: { pictures: number; ignored: number };
  };
  /**
   * Takes the lab to the other kind of device, at the step where it stands. When that cannot be had, the lab stays
   * as it is: `gpu_failed`.
   */
  move: { args: { backend: Device['kind'] }; result: Opened };
  /** Times the open lab on both devices, in labs of their own. */
  compareDevices: { args: Record<string, never>; result: DeviceComparison };
  /**
   * Trains until the end of the run, until `steps` more steps are done, or until `pause`.
   * `pace` holds the run to so many steps per second; 0 is as fast as the machine can.
   */
  train: { args: { steps?: number; pace?: number }; result: Progress };
  /** Ends a `train` under way at the next step; answered at once, out of turn. */
  pause: { args: Record<string, never>; result: null };
  /** Changes the pace of a `train` under way; answered at once, out of turn. */
  pace: { args: { pace: number }; result: null };
  history: { args: { from: number }; result: HistoryPoint[] };
  /** One recorded metric over the steps at which it was recorded; NaN where it was not finite. */
  series: { args: { metric: string }; result: { steps: Float64Array; values: Float64Array } };
  evaluate: { args: { split: string }; result: { [metric: string]: number } };
  predict: { args: { input: Json; pictures?: PictureInput[] }; result: Json };
  inspect: { args: { what: string; options: Json; pictures?: PictureInput[] }; result: Json };
  checkpoint: { args: Record<string, never>; result: Uint8Array };
  /** Goes to a checkpoint of the open lab; answers the progress there. */
  restore: { args: { bytes: Uint8Array }; result: Progress };
  exportModel: { args: { format: string }; result: Uint8Array };
  importModel: { args: { bytes: Uint8Array }; result: Progress };
}

export type RequestName = keyof Requests;

/** An error as it crosses: src/error.rs `LabError`. `code` is a key under `errors` in the language files. */
export interface EngineFailure {
  code: string;
  message: string;
  details: { [name: string]: Json };
}

export type ToWorker = {
  [Name in RequestName]: { id: number; name: Name; args: Requests[Name]['args'] };
}[RequestName];

export type FromWorker =
  | { id: number; result: unknown }
  | { id: number; error: EngineFailure }
  /** While training, at most every 33 ms: the new points since the last event. */
  | { event: 'progress'; progress: Progress; points: HistoryPoint[]; goals: Goal[]; stepsPerSecond: number }
  /** While training, at least once a second, and when a run pauses or ends. */
  | { event: 'checkpoint'; step: number; epoch: number; bytes: Uint8Array }
  /**
   * Loading: bytes so far of a wasm module or of a file of the lesson, or pictures so far of those the reader has
   * brought; `total` is 0 where it is not known.
   */
  | {
      event: 'loading';
      loaded: number;
      total: number;
      unit: 'bytes' | 'pictures';
      module?: 'trees' | 'cpu' | 'gpu';
      /** The file of the lesson, or the file that a picture was read from. */
      file?: string;
    }
  /** Before and during the first step on a GPU: pipelines compiled so far, of about so many. */
  | { event: 'compiling'; pipelines: number; expected: number }
  /** The wasm module panicked or the GPU is gone: this worker is of no more use. `request` was under way. */
  | { event: 'fatal'; error: EngineFailure; request?: number };
