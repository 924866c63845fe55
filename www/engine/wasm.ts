/**
 * The wasm module as the worker sees it: bindings made by wasm-bindgen from src/web/engine.rs.
 *
 * A method of an engine must not be called while another call of the same engine is pending.
 */

import type {
  Control,
  Description,
  Goal,
  HistoryPoint,
  Json,
  Layer,
  Notice,
  Progress,
  Settings,
} from './protocol.js';

/** What an engine says of itself once open. */
export interface EngineOpened {
  controls: Control[];
  settings: Settings;
  address: [string, string][];
  notices: Notice[];
  description: Description;
  /** Name of the graphics adapter; empty on the CPU. */
  adapter: string;
  versions: { emberbook: string; burn: string };
}

/** One open lab. */
export interface Engine {
  opened(): EngineOpened;
  /** Trains at most `steps` steps; no step begins after `milliseconds`. */
  train(steps: number, milliseconds: number): Promise<Progress>;
  progress(): Progress;
  /** Recorded points whose step is at least `from`. */
  history(from: number): HistoryPoint[];
  goals(): Goal[];
  evaluate(split: string): Promise<{ [metric: string]: number }>;
  /** Uses the pictures up. */
  predict(input: Json, pictures: EnginePicture[]): Promise<Json>;
  /** Uses the pictures up. */
  inspect(what: string, options: Json, pictures: EnginePicture[]): Promise<Json>;
  checkpoint(): Promise<Uint8Array>;
  restore(bytes: Uint8Array): Promise<void>;
  export_model(format: string): Promise<Uint8Array>;
  import_model(bytes: Uint8Array): Promise<void>;
  free(): void;
}

/** A table of the reader's own in the module's memory. */
export interface EngineTable {
  /** Another handle to the same table: `open` uses a handle up. */
  share(): EngineTable;
  free(): void;
}

/** Files of a lesson in the module's memory. */
export interface EngineFiles {
  add_bytes(name: string, bytes: Uint8Array): void;
  add_picture(name: string, width: number, height: number, rgba: Uint8Array): void;
  /** Another handle to the same files: `open` uses a handle up. */
  share(): EngineFiles;
  free(): void;
}

/** Pictures of the reader's own in the module's memory: first added one by one, then finished, then used. */
export interface EnginePictures {
  /** `path` names the class by its folder; throws `bad_picture`. */
  add(path: string, width: number, height: number, rgba: Uint8Array): void;
  /** Parts the pictures into those for training and those held out; throws `bad_pictures`. */
  finish(seed: number): void;
  /** Another handle to the same pictures: `open` uses a handle up. */
  share(): EnginePictures;
  free(): void;
}

/** One picture to be predicted or looked at. */
export interface EnginePicture {
  free(): void;
}

/** What must be at hand before a lesson can be opened. */
export interface Needs {
  /** Names of files in the folder of data, such as `mnist_10k.bin`. */
  files: string[];
  /** Pixels on a side to which pictures of the reader's own are brought; null where they are not used. */
  picture_side: number | null;
  /** Seed of the parting into pictures for training and pictures held out. */
  seed: number;
}

/** The exports of `emberbook.js` in `pkg/trees`, `pkg/cpu` and `pkg/gpu`. */
export interface EngineModule {
  default(options: { module_or_path: Response | Promise<Response> }): Promise<unknown>;
  Engine: {
    open(
      lesson: string,
      layers: Layer[],
      device: 'cpu' | 'webgpu',
      table: EngineTable | undefined,
      files: EngineFiles | undefined,
      pictures: EnginePictures | undefined,
    ): Promise<Engine>;
    description(lesson: string, layers: Layer[]): Description;
    needs(lesson: string, layers: Layer[], has_pictures: boolean): Needs;
  };
  EngineTable: {
    /** Reads UTF-8 text as a lesson takes it; throws `bad_table`, and `unknown_file` where it takes none. */
    read(lesson: string, file: string, text: Uint8Array): EngineTable;
  };
  EngineFiles: { new (): EngineFiles };
  EnginePictures: {
    begin(name: string, side: number): EnginePictures;
  };
  EnginePicture: { new (name: string, width: number, height: number, rgba: Uint8Array): EnginePicture };
}
