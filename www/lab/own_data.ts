/** Data of the reader's own in one lab: taken in, checked, and given back. */

import type { EngineClient } from '../engine/client.js';
import { EmberError, failure } from '../engine/failure.js';
import type {
  DoubtfulNames,
  Json,
  Layer,
  OwnCheck,
  OwnData,
  OwnPictures,
  OwnRatings,
  OwnSequences,
  OwnTable,
  Settings,
  TableLook,
} from '../engine/protocol.js';
import type { Opening } from './opening.js';
import { layersOf, valuesOf } from './options.js';
import { sameValue } from './run.js';
import type { LabState } from './state.js';

/** Data before they have a key. */
export type GivenData =
  Omit<OwnTable, 'key'> | Omit<OwnPictures, 'key'> | Omit<OwnRatings, 'key'> | Omit<OwnSequences, 'key'>;

/** What the reader has brought. */
export class OwnDataBook {
  private nextKey = 1;
  /** Names in zips whose encoding is not certain, by the key of the data. */
  private readonly doubtful = new Map<number, DoubtfulNames>();

  constructor(
    private readonly state: LabState,
    private readonly opening: Opening,
    private readonly client: EngineClient,
  ) {}

  /** The data brought last, in use or not; null where there are none. */
  get data(): OwnData | null {
    return this.state.ownData;
  }

  /** Names in the zip in use that may be in one encoding or in another. */
  get doubtfulNames(): DoubtfulNames | null {
    return this.doubtful.get(this.data?.key ?? 0) ?? null;
  }

  /** Reads the pictures in use again, with another encoding for the names in their zips. Rejects as `use`. */
  async readNamesIn(encoding: DoubtfulNames['encoding']): Promise<void> {
    const { data } = this;
    if (data?.kind === 'pictures') await this.use({ ...data, encoding });
  }

  /** Data with the key that tells them from others. */
  withKey<Given extends GivenData>(given: Given): Given & { key: number } {
    return { ...given, key: this.nextKey++ };
  }

  /**
   * Opens the lab on data of the reader's own; settings that do not speak of the data are kept, and those given are
   * laid over them. Rejects with
   * `bad_table`, `bad_picture`, `bad_pictures`, `bad_ratings`, `missing_file`, `bad_sequences`, or `unknown_file` where the
   * lab learns from none of this kind; the lab and a run under way are then untouched.
   */
  async use(given: GivenData, settings: Settings = {}): Promise<OwnCheck> {
    const own = this.withKey(given);
    const check = await this.check(own);
    // Known before panels are told of the data.
    if (check.names) this.doubtful.set(own.key, check.names);
    await this.opening.change(() => ({ layers: [...this.layersWithoutData(), ...layerOf(settings)], own }));
    return check;
  }

  /**
   * What a table is taken for, before anything is changed. Rejects with `bad_table` where it is none, and with
   * `unknown_file` where the lab learns from no table.
   */
  async lookAt(table: Omit<OwnTable, 'key'>): Promise<TableLook> {
    await this.opening.idle;
    await this.state.load();
    this.checkKind(table);
    const { kind: _, ...args } = table;
    return this.client.request('lookAtTable', { lesson: this.state.options.lesson, ...args });
  }

  /**
   * The columns of a table that the address, `config` or attributes name; nothing where they name one that it does not
   * have: they speak of another table then.
   */
  askedOf({ columns }: TableLook): Settings {
    const names = new Set(columns.map(({ name }) => name));
    let asked: Settings = {};
    for (const { values } of layersOf(this.state.options)) asked = { ...asked, ...values };
    const ofColumns = this.state.controls.filter(({ name, of_data, type }) => {
      return of_data && name !== 'dataset' && (type === 'choice' || type === 'subset') && name in asked;
    });
    const listOf = (value: Json | undefined): unknown[] =>
      typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : [value];
    const fits = ofColumns.every(({ name, type }) => {
      const value = asked[name];
      return (type === 'choice' ? [value] : listOf(value)).every((one) => names.has(String(one).trim()));
    });
    return fits ? valuesOf(ofColumns, asked) : {};
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
      this.checkKind(own);
      const { lesson } = state.options;
      return await this.client.checkOwn({ lesson, layers: this.layersWithoutData(), own });
    } catch (thrown) {
      throw state.report(thrown);
    } finally {
      state.loading = null;
      state.topics.announce('status');
    }
  }

  private checkKind({ kind, name: file }: Pick<OwnData, 'kind' | 'name'>): void {
    if (this.state.opened!.description.accepts?.kind === kind) return;
    throw new EmberError(
      failure('unknown_file', `This lab learns from no ${kind} such as ${file}.`, { file }),
    );
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

function layerOf(values: Settings): Layer[] {
  return Object.keys(values).length > 0 ? [{ source: 'config', values }] : [];
}
