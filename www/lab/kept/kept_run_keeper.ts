/**
 * Keeps the current run in the browser as it goes, and offers the one kept at an earlier visit.
 *
 * Only the lab that has the address of one of the book's own pages keeps its run; inside a page of somebody else,
 * or in an iframe, nothing is stored. Whatever the store refuses, the lab goes on: one notice says so.
 */

import type { Device, Opened, OwnData, Settings } from '../../engine/protocol.js';
import {
  bytesOfFiles,
  filesIn,
  filesOfRun,
  isSetOf,
  setOfKept,
  type FilesOfRun,
  type KeptFiles,
  type OwnFiles,
} from './kept_files.js';
import { canGoOn, keptRun, type KeptRun, type KeptTable } from './kept_run.js';
import { readFiles, readRun, readTable, removeRun, tidy, writeRun } from './kept_run_store.js';
import type { Run } from '../run.js';
import type { OwnDataBook } from '../own_data.js';
import type { LabState } from '../state.js';

/** Least time between two writings of a run under way, in milliseconds. */
const PERIOD_MS = 1000;
/** Of the page's time, writing takes at most one part in so many. */
const SHARE_OF_TIME = 50;
/** Of the disk's time likewise: the weights of a large network are many megabytes. */
const SHARE_OF_DISK = 10;

/** What the keeper asks of the lab when the reader takes an offer up. */
export interface KeptRunTaker {
  /** Opens the lab where the kept run stood, on data of the reader's own where it learned from some. */
  takeUp(kept: KeptRun, own: OwnData | null): Promise<void>;
  /** Opens the lab with the settings of the run alone. */
  applyRecord(config: Settings, backend: Device['kind']): Promise<void>;
}

/** Keeps the runs of one lab. */
export class RunKeeper {
  /** The run of an earlier visit, as long as the reader has not said what to do with it. */
  offer: KeptRun | null = null;

  private readonly writer = Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) =>
    part.toString(36),
  ).join('-');
  private readonly stopListening: () => void;
  /** What the store is known to hold: what was read at first, or what this lab wrote last. */
  private known: Pick<KeptRun, 'writer' | 'saved'> | null = null;
  private keptRun: Run | null = null;
  private keptStep = 0;
  private keptTable: string | null = null;
  private keptFiles: string | null = null;
  /** The key of each set of files in the store; null for one that cannot be kept. */
  private readonly fileKeys = new WeakMap<OwnFiles, string | null>();
  private writing = false;
  private nextTime = 0;
  private replacedTold = false;
  private refused = false;

  constructor(
    private readonly state: LabState,
    private readonly own: OwnDataBook,
    private readonly lab: KeptRunTaker,
  ) {
    this.stopListening = state.topics.listen(['progress', 'status'], this.keepWhenDue);
    addEventListener('pagehide', this.keepNow);
    if (this.keeps) void this.look();
  }

  /** Whether this lab may keep its runs. */
  private get keeps(): boolean {
    return this.state.options.ownsAddress && window.top === window && !this.refused;
  }

  /** Whether the offered run can go on exactly, as far as can be told before the lab is opened for it. */
  get offerIsExact(): boolean {
    const { opened } = this.state;
    if (!this.offer || !opened) return false;
    // A run on the other kind of device has another module, whose build shows only when it is loaded.
    if (this.offer.backend !== opened.device.kind) return true;
    return canGoOn({ ...this.offer, settings: opened.settings }, opened);
  }

  /** The files that the reader has to choose again before the offered run can go on, where they are not kept. */
  get neededFiles(): FilesOfRun | null {
    const files = this.offer?.files ?? null;
    return files !== null && files.key === null && !isSetOf(files, this.state.ownData) ? files : null;
  }

  /** Goes on with the offered run, or starts again with its settings where this build cannot. */
  async takeUp(): Promise<void> {
    const kept = this.offer;
    if (!kept) return;
    this.answered();
    try {
      const own = await this.readOwn(kept);
      if (own === 'gone') return this.askAgain(kept);
      await this.lab.takeUp(kept, own);
      this.keptRun = this.state.runs.current;
      this.keptStep = this.keptRun!.progress.step;
    } catch (thrown) {
      this.offer = kept;
      this.state.report(thrown);
    }
  }

  /** The data of the reader's own that were kept with a run; `gone` where they were removed meanwhile. */
  private async readOwn({ table, files, settings }: KeptRun): Promise<OwnData | null | 'gone'> {
    const { own } = this;
    if (table !== null) {
      const read = await readTable(table);
      if (read) {
        const { name, bytes, reading } = read;
        return own.withKey({ kind: 'table', name, bytes, reading });
      }
      // It may have been loaded without being learned from.
      return (await own.misses([{ source: 'config', values: settings }])) ? 'gone' : null;
    }
    if (!files || files.key === null) return null;
    const read = await readFiles(files.kind, files.key);
    if (!read) return 'gone';
    const set = own.withKey(setOfKept(read));
    // They are in the store already.
    this.fileKeys.set(set, files.key);
    this.keptFiles = files.key;
    return set;
  }

  /** The run stays offered; the reader is asked for the data. */
  private askAgain(kept: KeptRun): void {
    if (kept.files) this.offer = { ...kept, files: { ...kept.files, key: null } };
    else {
      this.offer = kept;
      this.state.messages.add('warning', 'ui.kept.table_gone');
    }
    this.state.topics.announce('notices');
  }

  /** Begins with the settings of the offered run, which stays offered: with them comes the place to choose files. */
  async useSettings(): Promise<void> {
    const { settings, backend } = this.offer!;
    await this.lab.applyRecord(settings, backend).catch(() => undefined);
  }

  /** Removes the offered run. */
  async forget(): Promise<void> {
    const kept = this.offer;
    if (!kept) return;
    this.answered();
    // What of the reader's own was kept for it goes at once.
    await removeRun(kept).then(tidy).catch(this.refuse);
  }

  /** Ends the keeping; what is kept stays. */
  close(): void {
    this.keepNow();
    this.stopListening();
    removeEventListener('pagehide', this.keepNow);
  }

  private async look(): Promise<void> {
    const { lesson } = this.state.options;
    try {
      const found = await readRun(lesson, location.pathname);
      this.known = found;
      this.offer = found;
      if (found) this.state.topics.announce('notices');
      await tidy();
    } catch {
      // Told when there is something to keep, and only then.
    }
  }

  private answered(): void {
    this.offer = null;
    this.state.topics.announce('notices');
  }

  /** Training is told of many times a second; a run that comes to rest is kept at once. */
  private readonly keepWhenDue = (): void => {
    const atRest = this.state.status !== 'training';
    if (!this.writing && (atRest || performance.now() >= this.nextTime)) this.keepNow();
  };

  /** Keeps the run unless it stands where it was kept already. Also called when the page is left. */
  private readonly keepNow = (): void => {
    const { runs, opened } = this.state;
    const run = runs.current;
    const step = run?.checkpoints.at(-1)?.step ?? 0;
    if (!this.keeps || !run || !opened || step === 0) return;
    if (run === this.keptRun && step === this.keptStep) return;
    const began = performance.now();
    const table = this.table();
    const kept = keptRun(run, opened, {
      page: location.pathname,
      writer: this.writer,
      table: table?.key ?? null,
      files: this.filesOf(run, opened),
    });
    if (!kept) return;
    this.keptRun = run;
    this.keptStep = step;
    void this.write(kept, table?.key === this.keptTable ? null : table, filesIn(run.own));
    const now = performance.now();
    this.nextTime = now + Math.max(PERIOD_MS, (now - began) * SHARE_OF_TIME);
  };

  /** The reader's own table, where the lab has one in use; its key is its own among the tables of all labs. */
  private table(): KeptTable | null {
    const data = this.state.ownData;
    if (data?.kind !== 'table') return null;
    const { name, bytes, reading } = data;
    return { name, bytes, reading, key: `${this.writer} ${data.key}` };
  }

  /** The reader's own pictures, ratings or sequences, where the run learns from some. */
  private filesOf({ own }: Run, { description }: Opened): FilesOfRun | null {
    const files = filesIn(own);
    const inUse =
      files?.kind === 'pictures' ? description.pictures?.own_name : description.own?.kind === files?.kind;
    if (!files || !inUse) return null;
    const known = this.fileKeys.get(files);
    return filesOfRun(files, known === undefined ? `${this.writer} ${files.key}` : known);
  }

  private async write(kept: KeptRun, table: KeptTable | null, set: OwnFiles | null): Promise<void> {
    this.writing = true;
    const began = performance.now();
    let files: KeptFiles | null = null;
    try {
      const key = kept.files?.key ?? null;
      if (set && key !== null && key !== this.keptFiles) {
        files = await bytesOfFiles(set, key);
        if (!files) kept = { ...kept, files: this.withoutKey(set) };
      }
      const replaced = await writeRun(kept, table, files);
      this.keptTable = kept.table;
      this.keptFiles = kept.files?.key ?? null;
      if (replaced) this.tellOfOtherTab(replaced);
      this.known = kept;
    } catch (thrown) {
      if (!set || !files) this.refuse(thrown);
      else {
        // There may be room for the run alone.
        this.withoutKey(set);
        this.keptStep = 0;
      }
    } finally {
      this.writing = false;
      const now = performance.now();
      this.nextTime = Math.max(this.nextTime, now + (now - began) * SHARE_OF_DISK);
    }
    // A run that came to rest meanwhile tells of it no second time.
    this.keepWhenDue();
  }

  /** A set that cannot be kept; the run is, and says so when it is offered. */
  private withoutKey(set: OwnFiles): FilesOfRun {
    this.fileKeys.set(set, null);
    return filesOfRun(set, null);
  }

  /** The last run to be kept stays; that one of another tab had to go is said once. */
  private tellOfOtherTab({ writer, saved, step, totalSteps }: KeptRun): void {
    const isKnown = writer === this.writer || (writer === this.known?.writer && saved === this.known.saved);
    if (isKnown) return;
    // That tab may have removed the table and the files of this one.
    this.keptTable = null;
    this.keptFiles = null;
    if (this.replacedTold) return;
    this.replacedTold = true;
    this.state.messages.add('warning', 'ui.kept.replaced', { step, total: totalSteps });
    this.state.topics.announce('notices');
  }

  /** A private window, no room, a store that is blocked: told once, and not tried again. */
  private readonly refuse = (thrown: unknown): void => {
    if (this.refused) return;
    this.refused = true;
    console.warn('Emberbook: the run cannot be kept in this browser.', thrown);
    this.state.messages.add('warning', 'ui.kept.refused');
    this.state.topics.announce('notices');
  };
}
