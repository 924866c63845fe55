/**
 * What `embed.js` loads when a lab is wanted: the session, the elements, and the methods of the public contract. What is
 * the lesson's own comes from `lessons/<id>/index.js`, and of the words only the language shown is loaded.
 */

import { EmberError, failure, failureOf } from '../engine/failure.js';
import { unlessLate } from '../engine/stall.js';
import type {
  BackendChoice,
  Control,
  Device,
  Figures,
  HistoryPoint,
  Json,
  TableLook,
} from '../engine/protocol.js';
import { survivesJson } from '../engine/json.js';
import { LESSON_MODULES } from '../generated/lessons.js';
import { inFrontOf, loadLanguage, type Language } from '../kit/words.js';
import type { Emit, Status } from '../lab/lab_events.js';
import type { LessonEntry } from './lesson_entry.js';
import type { LabOptions } from '../lab/options.js';
import { pictureInputs, type PictureSource } from '../lab/picture_inputs.js';
import type { RunRecord } from '../lab/record.js';
import { LabSession } from '../lab/session.js';
import './view.js';
import type { EmberLabView } from './view.js';

export type {
  BackendChoice,
  Control,
  Device,
  Figures,
  HistoryPoint,
  Json,
  LabOptions,
  PictureSource,
  RunRecord,
  TableLook,
  Status,
  Emit,
};

/** A checkpoint as the contract shows it. */
export interface CheckpointInfo {
  step: number;
  epoch: number;
  bytes: Uint8Array;
}

/** What a lab needs of its lesson and language before it can show anything. */
interface Spoken {
  entry: LessonEntry | null;
  language: Language;
}

/** Loads the lesson's entry and the words. Rejects with `module_not_loaded` or `download_stalled`. */
async function load({ lesson, lang }: LabOptions, base: URL): Promise<Spoken> {
  const url = new URL(`lessons/${lesson}/index.js`, base).href;
  // A lesson that there is not is refused by the engine, which names those that there are.
  const entry = Object.hasOwn(LESSON_MODULES, lesson)
    ? import(url).then((module: { entry: LessonEntry }) => module.entry)
    : Promise.resolve(null);
  const language = loadLanguage(
    lang,
    entry.then((loaded) => loaded?.words ?? null),
  );
  try {
    const [loaded, spoken] = await unlessLate(url, Promise.all([entry, language]));
    return { entry: loaded, language: spoken };
  } catch (thrown) {
    const known = failureOf(thrown, 'module_not_loaded');
    if (known.code === 'download_stalled') throw new EmberError(known);
    throw new EmberError(
      failure('module_not_loaded', `The lesson ${url} could not be loaded: ${known.message}`, { url }),
    );
  }
}

/** What would break the engine that reads it is refused before. Throws `bad_input`. */
function checkSurvivesJson(value: unknown): void {
  if (survivesJson(value)) return;
  throw new EmberError(failure('bad_input', 'What was asked holds itself, or more than can be read.'));
}

/** A lab as the element holds it. */
export class Lab {
  private readonly session: LabSession;
  private readonly view: EmberLabView;
  /** What the element said last; its words may still be on their way. */
  private wanted: LabOptions;
  /** Settles once the session has taken up what the element said last. */
  private updated: Promise<void> = Promise.resolve();
  private releaseText: (() => void) | null = null;
  private isClosed = false;

  /** A lab in `root`; nothing is computed until `load`. Rejects with `module_not_loaded`. */
  static async create(root: ShadowRoot, options: LabOptions, base: URL, emit: Emit): Promise<Lab> {
    // Where no text stands before them the parts are wanted at once: fetched beside the words, not behind them.
    if (!options.ownsAddress && options.figure === null) void import('./whole.js').catch(() => undefined);
    return new Lab(root, options, base, emit, await load(options, base));
  }

  private constructor(
    root: ShadowRoot,
    options: LabOptions,
    base: URL,
    emit: Emit,
    { entry, language }: Spoken,
  ) {
    this.wanted = options;
    this.session = new LabSession(options, base, language, emit);
    this.view = document.createElement('ember-lab-view');
    this.view.session = this.session;
    this.bring(options.lesson, entry);
    root.replaceChildren(this.view);
    if (options.ownsAddress && entry) void this.bindText(root.host, entry);
    void this.complete(language);
  }

  /** Fetches the words that the first figure did without. */
  private async complete(language: Language): Promise<void> {
    if (!language.whole) return;
    try {
      const whole = await unlessLate('words', language.whole());
      if (!this.isClosed && this.session.language === language) this.session.speak(whole);
    } catch (thrown) {
      this.session.report(thrown);
    }
  }

  /** Makes the text of the lesson's page act on this lab. */
  private async bindText(lab: Element, entry: LessonEntry): Promise<void> {
    try {
      const { bindText } = await import('./text/text.js');
      if (!this.isClosed) this.releaseText = bindText(lab, this.session, entry);
    } catch (thrown) {
      this.session.report(thrown);
    }
  }

  get status(): Status {
    return this.session.status;
  }

  get device(): Device | null {
    return this.session.device;
  }

  get controls(): Control[] {
    return this.session.controls;
  }

  /** Takes up what the element says now; in another language, or for another lesson, once its words are there. */
  update(options: LabOptions): void {
    const { session, wanted } = this;
    this.wanted = options;
    if (options.lang === wanted.lang && options.lesson === wanted.lesson) {
      this.updated = this.updated.then(() => session.update(options, session.language));
      return;
    }
    const again = (): Promise<void> => {
      this.update(options);
      return this.updated;
    };
    this.updated = this.updated
      .then(() => load(options, session.base))
      .then(({ language, entry }) => {
        this.bring(options.lesson, entry);
        const undo = (): void => void (this.wanted = { ...this.wanted, lesson: wanted.lesson });
        const isSame = options.lesson === wanted.lesson;
        const spoken = isSame ? language : inFrontOf(language, session.language);
        session.update(options, spoken, isSame ? null : { undo, again });
        void this.complete(spoken);
      })
      .catch((thrown: unknown) => {
        // The lab stays as it was; asked again, it tries again.
        this.wanted = wanted;
        session.report(thrown, again, true);
      });
  }

  private bring(lesson: string, entry: LessonEntry | null): void {
    if (entry) this.view.entries = new Map(this.view.entries).set(lesson, entry);
  }

  /** Resolves when what the element said last is in force and the lab can start. */
  async load(): Promise<void> {
    await this.updated;
    return this.session.load();
  }

  start(): Promise<void> {
    return this.session.start();
  }

  pause(): Promise<void> {
    return this.session.pause();
  }

  step(count: number): Promise<void> {
    return this.session.step(count);
  }

  reset(): Promise<void> {
    return this.session.reset();
  }

  rewind(step: number): Promise<void> {
    return this.session.rewind(step);
  }

  evaluate(split: string): Promise<Figures> {
    return this.session.request('evaluate', { split: String(split) });
  }

  async predict(input: Json | PictureSource): Promise<Json> {
    const pictures = pictureInputs(input);
    if (!pictures) checkSurvivesJson(input);
    return this.session.request('predict', pictures ? { input: null, pictures } : { input });
  }

  async inspect(what: string, options: Json, given?: PictureSource): Promise<Json> {
    const pictures = pictureInputs(given);
    checkSurvivesJson(options);
    return this.session.request('inspect', {
      what: String(what),
      options,
      ...(pictures ? { pictures } : {}),
    });
  }

  async history(): Promise<HistoryPoint[]> {
    await this.session.settled();
    return this.session.runs.current!.history.points();
  }

  async checkpoints(): Promise<CheckpointInfo[]> {
    await this.session.settled();
    return this.session.runs.current!.checkpoints.map(({ step, epoch, bytes }) => ({
      step,
      epoch,
      bytes: bytes.slice(),
    }));
  }

  exportModel(format: string): Promise<Uint8Array> {
    return this.session.request('exportModel', { format: String(format) });
  }

  async importModel(bytes: Uint8Array): Promise<void> {
    if (!(bytes instanceof Uint8Array))
      throw new EmberError(failure('bad_input', 'importModel takes the bytes of a file.'));
    return this.session.importModel(bytes);
  }

  async exportRun(): Promise<RunRecord> {
    await this.session.settled();
    const { exportRun } = await import('../lab/export_run.js');
    return exportRun(this.session);
  }

  async loadFiles(files: Iterable<File>): Promise<TableLook | null> {
    // A list of a form is emptied when somebody else chooses.
    const given = [...files];
    const { loadFiles } = await import('../lab/files.js');
    return loadFiles(this.session, given);
  }

  /** Ends the worker and takes the parts away. */
  close(): void {
    this.isClosed = true;
    this.releaseText?.();
    this.session.close();
    this.view.remove();
  }
}
