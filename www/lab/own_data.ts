/** Data of the reader's own in one lab: taken in, checked, and given back. */

import type { EngineClient } from '../engine/client.js';
import { EmberError, failure } from '../engine/failure.js';
import type { Layer, OwnCheck, OwnData, OwnPictures, OwnTable } from '../engine/protocol.js';
import type { Opening } from './opening.js';
import { valuesOf } from './options.js';
import { sameValue } from './run.js';
import type { LabState } from './state.js';

/** Data before they have a key. */
export type GivenData = Omit<OwnTable, 'key'> | Omit<OwnPictures, 'key'>;

/** What the reader has brought. */
export class OwnDataBook {
  private nextKey = 1;

  constructor(
    private readonly state: LabState,
    private readonly opening: Opening,
    private readonly client: EngineClient,
  ) {}

  /** The data brought last, in use or not; null where there are none. */
  get data(): OwnData | null {
    return this.state.ownData;
  }

  /** Data with the key that tells them from others. */
  withKey<Given extends GivenData>(given: Given): Given & { key: number } {
    return { ...given, key: this.nextKey++ };
  }

  /**
   * Opens the lab on data of the reader's own; settings that do not speak of the data are kept. Rejects with
   * `bad_table`, `bad_picture`, `bad_pictures`, or `unknown_file` where the lab learns from none of this kind; the lab
   * and a run under way are then untouched.
   */
  async use(given: GivenData): Promise<OwnCheck> {
    const own = this.withKey(given);
    const check = await this.check(own);
    await this.opening.change(() => ({ layers: this.layersWithoutData(), own }));
    return check;
  }

  /** Goes back to the lesson's own data. */
  async drop(): Promise<void> {
    await this.opening.change(() => ({ layers: this.layersWithoutData(), own: null }));
  }

  /** Whether settings ask for data of the reader's own that are not there. */
  async misses(layers: Layer[]): Promise<boolean> {
    const { lesson } = this.state.options;
    return (await this.client.checkOwn({ lesson, layers, own: this.data })).missing;
  }

  private async check(own: OwnData): Promise<OwnCheck> {
    const { state } = this;
    try {
      await this.opening.idle;
      await state.load();
      const { kind, name: file } = own;
      if (state.opened!.description.accepts?.kind !== kind) {
        throw new EmberError(
          failure('unknown_file', `This lab learns from no ${kind} such as ${file}.`, { file }),
        );
      }
      const { lesson } = state.options;
      return await this.client.checkOwn({ lesson, layers: this.layersWithoutData(), own });
    } catch (thrown) {
      throw state.report(thrown);
    } finally {
      state.loading = null;
      state.topics.announce('status');
    }
  }

  /** The settings the reader has changed and those that lead, but for those that speak of the data. */
  private layersWithoutData(): Layer[] {
    const { controls, settings } = this.state.opened!;
    const kept = controls.filter(
      ({ name, default: usual, leads, of_data }) => !of_data && (leads || !sameValue(settings[name], usual)),
    );
    return [{ source: 'config', values: valuesOf(kept, settings) }];
  }
}
