/** What a lab is opened with beside its settings, in the memory of the module it runs in. */

import { DataFiles } from './data_files.js';
import { OwnDataSets, type ReadOwn } from './own.js';
import type { DecodePicture } from './picture_decoder.js';
import type { EngineUrls, FromWorker, Layer, OwnCheck, OwnData } from '../protocol.js';
import type { EngineFiles, EngineModule, EnginePlan } from '../wasm.js';

/** What a lab is opened with. */
export interface MaterialRequest {
  lesson: string;
  layers: Layer[];
  urls: EngineUrls;
  own?: OwnData | null;
}

/** The material of this worker. */
export class Material {
  private readonly files: DataFiles;
  private readonly own: OwnDataSets;

  /** `decoderAt` gives a decoder, whose module lies at one of the addresses. */
  constructor(
    post: (message: FromWorker) => void,
    private readonly decoderAt: (urls: EngineUrls) => DecodePicture,
  ) {
    const tell =
      (unit: 'bytes' | 'pictures' | 'unpacked') =>
      (file: string, loaded: number, total: number): void =>
        post({ event: 'loading', unit, file, loaded, total });
    this.files = new DataFiles(tell('bytes'));
    this.own = new OwnDataSets(tell('pictures'), tell('unpacked'));
  }

  /**
   * Plans a lab with these settings in a module: they are resolved here and nowhere else.
   *
   * Throws `unknown_lesson`, `unknown_file`, `missing_file`, `bad_table`, `bad_pictures`, `bad_ratings`, `bad_sequences`,
   * `bad_picture`.
   */
  async plan(module: EngineModule, request: MaterialRequest): Promise<EnginePlan> {
    const { lesson, layers } = request;
    const taken = await this.take(module, request);
    return module.Engine.plan(lesson, layers, taken?.handle.share());
  }

  /**
   * Brings what a plan needs into the module's memory; gives the handle to the files, which opening uses up.
   *
   * Throws `data_not_loaded`, `bad_picture`, `bad_pictures`.
   */
  async bring(
    module: EngineModule,
    plan: EnginePlan,
    { urls }: MaterialRequest,
  ): Promise<EngineFiles | undefined> {
    const needs = plan.needs();
    const files = await this.files.inModule(module, needs.files, urls.data);
    await this.own.read(module, needs, this.decoderAt(urls));
    return files?.share();
  }

  /** Reads the reader's own data without using them. Throws what `plan` and `bring` throw. */
  async check(module: EngineModule, request: MaterialRequest): Promise<OwnCheck> {
    const taken = await this.take(module, request);
    const plan = await this.plan(module, request);
    await this.own.read(module, plan.needs(), this.decoderAt(request.urls));
    const missing = plan.misses_own();
    plan.free();
    const { ignored = 0, names = null } = taken?.list ?? {};
    return { taken: taken?.handle.size() ?? 0, ignored, missing, names };
  }

  private take(module: EngineModule, { lesson, own, urls }: MaterialRequest): Promise<ReadOwn | null> {
    return this.own.take(module, lesson, own, this.decoderAt(urls));
  }

  /** How many of the reader's pictures in a module the browser has decoded. */
  decodedByBrowser(module: EngineModule): number {
    return this.own.byBrowser(module);
  }

  /** A lab stands with the material of this request: what only earlier ones needed may go. */
  settle({ own }: MaterialRequest): void {
    this.files.forgetFetched();
    if (!own) this.own.release();
  }
}
