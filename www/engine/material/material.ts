/** What a lab is opened with beside its settings, in the memory of the module it runs in. */

import { DataFiles } from './data_files.js';
import { OwnPictureSets, type PictureCount } from './own_pictures.js';
import type { EngineUrls, FromWorker, Layer, OwnPictures, OwnTable } from '../protocol.js';
import { OwnTables } from './tables.js';
import type { EngineFiles, EngineModule, EnginePictures, EngineTable } from '../wasm.js';

/** What a lab is opened with. */
export interface MaterialRequest {
  lesson: string;
  layers: Layer[];
  urls: EngineUrls;
  table?: OwnTable | null;
  pictures?: OwnPictures | null;
}

/** Handles for one `open`, which uses them up. */
export interface MaterialHandles {
  table: EngineTable | undefined;
  files: EngineFiles | undefined;
  pictures: EnginePictures | undefined;
}

/** The material of this worker. */
export class Material {
  private readonly tables = new OwnTables();
  private readonly files: DataFiles;
  private readonly pictures: OwnPictureSets;

  constructor(post: (message: FromWorker) => void) {
    const tell =
      (unit: 'bytes' | 'pictures') =>
      (file: string, loaded: number, total: number): void =>
        post({ event: 'loading', unit, file, loaded, total });
    this.files = new DataFiles(tell('bytes'));
    this.pictures = new OwnPictureSets(tell('pictures'));
  }

  /**
   * Brings into a module's memory what a lab with these settings needs, and gives handles to it.
   *
   * Throws `unknown_lesson`, `data_not_loaded`, `bad_table`, `bad_picture`, `bad_pictures`.
   */
  async handles(module: EngineModule, request: MaterialRequest): Promise<MaterialHandles> {
    const { files, own } = await this.bring(module, request);
    // The one that can fail comes first: a handle that is made and not used would never be freed.
    return {
      table: this.tables.handle(module, request.lesson, request.table),
      files: files?.share(),
      pictures: own?.handle.share(),
    };
  }

  /** As `handles`, without any: what is brought waits in the module. */
  async bring(
    module: EngineModule,
    { lesson, layers, urls, pictures }: MaterialRequest,
  ): Promise<{ files: EngineFiles | null; own: { handle: EnginePictures } | null }> {
    const needs = module.Engine.needs(lesson, layers, Boolean(pictures));
    const files = await this.files.inModule(module, needs.files, urls.data);
    return { files, own: await this.pictures.inModule(module, pictures, needs) };
  }

  /** Reads a table without using it. Throws `bad_table`. */
  checkTable(module: EngineModule, lesson: string, table: OwnTable): void {
    this.tables.handle(module, lesson, table)!.free();
  }

  /** Reads pictures without using them; null where a lab with these settings does not take any. */
  async checkPictures(
    module: EngineModule,
    { lesson, layers, pictures }: { lesson: string; layers: Layer[]; pictures: OwnPictures },
  ): Promise<PictureCount | null> {
    const needs = module.Engine.needs(lesson, layers, true);
    const read = await this.pictures.inModule(module, pictures, needs);
    return read && { pictures: read.pictures, ignored: read.ignored };
  }

  /** A lab stands with the material of this request: what only earlier ones needed may go. */
  settle({ pictures }: MaterialRequest): void {
    this.files.forgetFetched();
    if (!pictures) this.pictures.release();
  }
}
