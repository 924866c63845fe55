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
  predict(input: Json): Promise<Json>;
  inspect(what: string, options: Json): Promise<Json>;
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

/** The exports of `pkg/cpu/emberbook.js` and `pkg/gpu/emberbook.js`. */
export interface EngineModule {
  default(options: { module_or_path: Response | Promise<Response> }): Promise<unknown>;
  Engine: {
    open(
      lesson: string,
      layers: Layer[],
      device: 'cpu' | 'webgpu',
      table: EngineTable | undefined,
    ): Promise<Engine>;
    description(lesson: string): Description;
  };
  EngineTable: {
    /** Reads UTF-8 text; throws `bad_table`. */
    read(file: string, text: Uint8Array): EngineTable;
  };
}
