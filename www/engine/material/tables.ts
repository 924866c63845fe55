/** The reader's own table in the memory of a module: read once, used by every lab opened with it. */

import type { OwnTable } from '../protocol.js';
import type { EngineModule, EngineTable } from '../wasm.js';

/** The table read last, module by module. */
export class OwnTables {
  private readonly read = new Map<EngineModule, { key: string; table: EngineTable }>();

  /** A handle for one `open`, or undefined without a table. Throws `bad_table` and `unknown_file`; the table before is kept then. */
  handle(module: EngineModule, lesson: string, own: OwnTable | null | undefined): EngineTable | undefined {
    if (!own) return undefined;
    const known = this.read.get(module);
    // Each lesson reads a table in its own way.
    const key = `${lesson} ${own.key}`;
    if (known?.key === key) return known.table.share();
    const table = module.EngineTable.read(lesson, own.name, own.bytes);
    known?.table.free();
    this.read.set(module, { key, table });
    return table.share();
  }
}
