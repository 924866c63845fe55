/** The reader's own data of one lab: a table or pictures, taken in, checked, and given back. */

import type { EngineClient } from '../engine/client.js';
import { EmberError, failure } from '../engine/failure.js';
import type { Layer, OwnPictures, OwnTable, Requests } from '../engine/protocol.js';
import type { Opening } from './opening.js';
import { valuesOf } from './options.js';
import { sameValue } from './run.js';
import type { LabSession } from './session.js';

/** Settings whose values speak of the data at hand: of the columns and rows of a table, or of whose pictures. */
const DATA_SETTINGS: ReadonlySet<string> = new Set([
  'dataset',
  'label_column',
  'features',
  'drop_columns',
  'categorical_feature',
  'train_size',
  'eval_steps',
]);

/** What the reader has brought. */
export class OwnData {
  /** The reader's own table, where one was brought. */
  table: OwnTable | null = null;
  /** The reader's own pictures, where some were brought. */
  pictures: OwnPictures | null = null;
  private nextKey = 1;

  constructor(
    private readonly session: LabSession,
    private readonly opening: Opening,
    private readonly client: EngineClient,
  ) {}

  /** A table or a set of pictures with the key that tells it from others. */
  withKey<Data extends object>(data: Data): Data & { key: number } {
    return { ...data, key: this.nextKey++ };
  }

  /**
   * Opens the lab on a table of the reader's own, given as UTF-8 text; settings that do not speak of the table are
   * kept. Rejects with `bad_table`; the lab and a run under way are then untouched.
   */
  async useTable(name: string, bytes: Uint8Array): Promise<void> {
    const table = this.withKey({ name, bytes });
    try {
      await this.session.request('checkTable', { lesson: this.session.options.lesson, table });
    } catch (thrown) {
      throw this.session.report(thrown);
    }
    await this.opening.change(() => ({ layers: this.layersWithoutData(), table }));
  }

  /** Goes back to the lesson's own data. */
  async dropTable(): Promise<void> {
    await this.opening.change(() => ({ layers: this.layersWithoutData(), table: null }));
  }

  /**
   * Opens the lab on pictures of the reader's own, files of a folder or zips, and says so; settings that do not speak
   * of the data are kept. Rejects with `bad_picture`, `bad_pictures`, or `unknown_file` where the lab learns from no
   * pictures of one's own; the lab and a run under way are then untouched.
   */
  async usePictures(name: string, files: OwnPictures['files']): Promise<void> {
    const pictures = this.withKey({ name, files });
    const { ignored, ...read } = await this.checkPictures(pictures);
    await this.opening.change(() => ({ layers: this.layersWithoutData(), pictures }));
    const key = ignored > 0 ? 'ui.own_pictures.taken_some' : 'ui.own_pictures.taken';
    this.session.messages.add('good', key, { name, pictures: read.pictures, ignored });
    this.session.topics.announce('notices');
  }

  /** Goes back to the lesson's own pictures. */
  async dropPictures(): Promise<void> {
    await this.opening.change(() => ({ layers: this.layersWithoutData(), pictures: null }));
  }

  private async checkPictures(pictures: OwnPictures): Promise<Requests['checkPictures']['result']> {
    const { session } = this;
    try {
      await this.opening.idle;
      await session.load();
      const { name: file } = pictures;
      if (!session.opened!.description.pictures?.own) {
        throw new EmberError(
          failure('unknown_file', `This lab learns from no pictures such as ${file}.`, { file }),
        );
      }
      const { lesson } = session.options;
      return await this.client.checkPictures({ lesson, layers: this.layersWithoutData(), pictures });
    } catch (thrown) {
      throw session.report(thrown);
    } finally {
      session.loading = null;
      session.topics.announce('status');
    }
  }

  /** The settings the reader has changed and those that lead, but for those that speak of the data. */
  private layersWithoutData(): Layer[] {
    const { controls, settings } = this.session.opened!;
    const kept = controls.filter(
      ({ name, default: usual, leads }) =>
        !DATA_SETTINGS.has(name) && (leads || !sameValue(settings[name], usual)),
    );
    return [{ source: 'config', values: valuesOf(kept, settings) }];
  }
}
