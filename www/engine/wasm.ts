/**
 * The wasm module as the worker sees it: bindings made by wasm-bindgen from src/web/engine.rs.
 *
 * A method of an engine must not be called while another call of the same engine is pending.
 */

import type { Needs, PickedFiles } from '../generated/engine.js';
import type {
  Control,
  Description,
  EngineFailure,
  Figures,
  Goal,
  HistoryColumns,
  Json,
  Layer,
  Notice,
  Progress,
  Settings,
  TableLook,
  TableReading,
} from './protocol.js';

export type { Needs };

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
  history(from: number): HistoryColumns[];
  goals(): Goal[];
  evaluate(split: string): Promise<Figures>;
  /** Uses the pictures up. */
  predict(input: Json | object, pictures: EnginePicture[]): Promise<Json>;
  /** Uses the pictures up. */
  inspect(what: string, options: Json | object, pictures: EnginePicture[]): Promise<Json>;
  checkpoint(): Promise<Uint8Array>;
  restore(bytes: Uint8Array): Promise<void>;
  export_model(format: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Answers what the reader should know of the weights, or null. */
  import_model(bytes: Uint8Array): Promise<EngineFailure | null>;
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

/** Data of the reader's own in the module's memory, decoded as a lesson takes them. */
export interface EngineOwn {
  /** Begins to read pictures at a size; each is then added, and the last one finished. */
  begin_pictures(side: number, seed: number): void;
  /** Throws `bad_picture`, `bad_pictures`. */
  add_picture(path: string, width: number, height: number, rgba: Uint8Array): void;
  /** Throws `bad_pictures`. */
  finish_pictures(): void;
  /** Rows, pictures or ratings, or how many times somebody took something. */
  size(): number;
  /** Another handle to the same data: a plan uses a handle up. */
  share(): EngineOwn;
  free(): void;
}

/** Sequences of the reader's own that are being read. */
export interface EngineSequences {
  /** Takes vectors, whose file says by its name what they stand for; throws `bad_sequences`. */
  add_vectors(path: string, bytes: Uint8Array): void;
  /** The places of the pictures that are of an item, by the paths of all; throws `bad_sequences`. */
  pick_pictures(paths: string[]): Uint32Array;
  /** Takes a picture that was picked; throws `bad_picture`. */
  add_picture(path: string, width: number, height: number, rgba: Uint8Array): void;
  /** The sequences; uses the reading up. Throws `bad_sequences`. */
  finish(): EngineOwn;
  free(): void;
}

/** One picture to be predicted or looked at. */
export interface EnginePicture {
  free(): void;
}

/** What the choice of a device rests on: src/lessons/plan.rs `Hints`. */
export interface Hints {
  /** Whether the lab computes with tensors, and so can use a GPU. */
  tensors: boolean;
  /** Whether the model is so small that the CPU is faster than any GPU. */
  small: boolean;
  pipelines: number;
  milliseconds_per_step: number | null;
}

/** A lab whose settings are resolved, before it is opened. */
export interface EnginePlan {
  needs(): Needs;
  hints(): Hints;
  /** Whether the settings ask for data of the reader's own that were not given. */
  misses_own(): boolean;
  /** Opens the lab; uses the plan and the files up. */
  open(files: EngineFiles | undefined, device: 'cpu' | 'webgpu'): Promise<Engine>;
  free(): void;
}

/** What the bindings of every module export. */
export interface WasmModule {
  default(options: { module_or_path: WebAssembly.Module }): Promise<unknown>;
}

/** The exports of `emberbook.js` in `pkg/pictures`, made from src/web/pictures.rs. */
export interface PicturesModule extends WasmModule {
  DecodedPicture: {
    /** Decodes a PNG or a JPEG, resized to a side where there is one; throws `bad_picture`. */
    decode(
      name: string,
      bytes: Uint8Array,
      side: number | undefined,
    ): {
      readonly width: number;
      readonly height: number;
      /** Uses the picture up. */
      into_rgba(): Uint8Array;
    };
  };
}

/** The exports of `emberbook.js` in `pkg/trees`, `pkg/cpu`, `pkg/recommenders`, `pkg/sequences` and `pkg/gpu`. */
export interface EngineModule extends WasmModule {
  Engine: {
    /** Resolves the settings for data of the reader's own, whose handle it uses up; throws `bad_table`. */
    plan(lesson: string, layers: Layer[], own: EngineOwn | undefined): EnginePlan;
  };
  /** A module has the methods for the kinds of data that its lessons take. */
  EngineOwn: {
    /** Reads UTF-8 text as a lesson takes it; throws `bad_table`, and `unknown_file` where it takes none. */
    table(lesson: string, name: string, text: Uint8Array, reading: TableReading): EngineOwn;
    /** What such a text is taken for; throws as `table` for what is no table, and keeps nothing. */
    look_at_table(lesson: string, name: string, text: Uint8Array, reading: TableReading): TableLook;
    /** Takes in pictures by their paths; throws `bad_pictures`, and `unknown_file` where the lesson takes none. */
    pictures(lesson: string, name: string, paths: string[]): EngineOwn;
    /**
     * The places of the files with ratings, by the paths and numbers of bytes of all; throws `missing_file`, `bad_ratings`,
     * and `unknown_file` where the lesson takes none.
     */
    pick_ratings(lesson: string, name: string, paths: string[], sizes: Float64Array): Uint32Array;
    /** Reads ratings from the files that were picked; throws as `pick_ratings`. */
    ratings(lesson: string, name: string, paths: string[], contents: Uint8Array[]): EngineOwn;
    /** The files that sequences are read from, likewise; throws `bad_sequences`. */
    pick_sequences(lesson: string, name: string, paths: string[], sizes: Float64Array): PickedFiles;
    /** Begins to read sequences from the tables that were picked; throws `bad_table`, `bad_sequences`. */
    sequences(lesson: string, name: string, paths: string[], contents: Uint8Array[]): EngineSequences;
  };
  EngineFiles: { new (): EngineFiles };
  EnginePicture: { new (name: string, width: number, height: number, rgba: Uint8Array): EnginePicture };
}
