/**
 * What the page and the worker say to each other, and the shapes the engine (src/web/engine.rs) answers with.
 *
 * One worker holds one lab. A request carries an id and is answered once, by a result or by an error;
 * requests are carried out one after the other, except that those which only read (`history`, `evaluate`,
 * `predict`, `inspect`, `checkpoint`, `exportModel`) may come between two steps of a run.
 * While a run trains, the worker also sends events.
 */

/** A value that survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Where the two wasm modules lie; resolved on the page, because a Blob worker has no base address. */
export interface EngineUrls {
  cpu: { bindings: string; wasm: string };
  gpu: { bindings: string; wasm: string };
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
    | 'no_tensors';
  /** Whether the adapter computes on the CPU (SwiftShader, llvmpipe). */
  software: boolean;
}

/** One declared setting: src/controls.rs `Control`. */
export type Control = {
  name: string;
  default: Json;
  /** Key under `units`, or null for a pure number. */
  unit: string | null;
  group: 'data' | 'model' | 'training' | 'evaluation';
  /** The value that repeats a mistake of the document, where the setting is such a switch. */
  as_written: Json;
  /** The options of another choice with which the setting has a meaning; null where it always has one. */
  only_with: { setting: string; options: string[] } | null;
} & (
  | { type: 'integer'; min: number; max: number }
  | { type: 'number'; min: number; max: number; logarithmic: boolean }
  | { type: 'choice'; options: string[] }
  | { type: 'integer_list'; min: number; max: number; min_items: number; max_items: number }
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
  code: 'setting_out_of_range' | 'setting_unknown' | 'table_missing';
  setting: string;
  given: string;
  used: string;
  expected: string;
}

/** What a lesson shows, without naming the lesson in the page's code: src/lessons/mod.rs `Description`. */
export interface Description {
  id: string;
  /** Whether the lesson computes with tensors (and can use WebGPU). */
  tensors: boolean;
  /** Whether the model is so small that `auto` takes the CPU whatever the GPU. */
  small: boolean;
  /** Seconds one step may take on the CPU of a weak machine; a worker silent for longer is given up. */
  longest_step: number;
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
  /** Looks inside that the lesson offers for the model chosen, in the order shown. */
  inside: string[];
  goals: string[];
  experiments: Experiment[];
  presets: string[];
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

/** How far a run has come: src/lab.rs `Progress`. */
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
      /** Trains without sending points and checkpoints; only how far it is. */
      quiet?: boolean;
    };
    result: Opened;
  };
  /** Reads a table without using it, so that a bad one is refused before anything is changed. */
  checkTable: { args: { table: OwnTable }; result: null };
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
  predict: { args: { input: Json }; result: Json };
  inspect: { args: { what: string; options: Json }; result: Json };
  checkpoint: { args: Record<string, never>; result: Uint8Array };
  /** Goes to a checkpoint of the open lab; answers the progress there. */
  restore: { args: { bytes: Uint8Array }; result: Progress };
  exportModel: { args: { format: string }; result: Uint8Array };
  importModel: { args: { bytes: Uint8Array }; result: Progress };
}

export type RequestName = keyof Requests;

/** An error as it crosses: src/lab.rs `LabError`. `code` is a key under `errors` in the language files. */
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
  /** Loading: bytes of the wasm module so far. */
  | { event: 'loading'; loaded: number; total: number; module: 'cpu' | 'gpu' }
  /** The wasm module panicked or the GPU is gone: this worker is of no more use. `request` was under way. */
  | { event: 'fatal'; error: EngineFailure; request?: number };
