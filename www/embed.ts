/**
 * The one script a page includes: registers `<ember-lab>`.
 *
 * The element is thin: it holds the attributes and methods of the public contract (README) and loads `panels/lab.js`,
 * with everything else, when the lab is wanted.
 */

import { labOptions, LAB_ATTRIBUTES, listOf, type Load } from './lab/attributes.js';
import { LEVELS, type Level } from './lab/level.js';
import type {
  BackendChoice,
  CheckpointInfo,
  Control,
  Device,
  Figures,
  HistoryPoint,
  Json,
  Lab,
  PictureSource,
  RunRecord,
  Status,
  TableLook,
} from './panels/lab.js';
import { showPoster, stylePoster, type PosterState } from './app/poster.js';

/** The folder of the site; this script lies in it. */
const BASE = new URL('.', import.meta.url);

/** A lab in a page. */
export class EmberLab extends HTMLElement {
  static observedAttributes = LAB_ATTRIBUTES;

  private readonly root = this.attachShadow({ mode: 'open' });
  private lab: Lab | null = null;
  private labPromise: Promise<Lab> | null = null;
  private importing = false;
  /** What the poster says, where one stands in the lab's place. */
  private poster: PosterState | null = null;
  private updateScheduled = false;
  private readyPromise!: Promise<void>;
  private settleReady!: { resolve: () => void; reject: (reason: unknown) => void };

  constructor() {
    super();
    stylePoster(this.root);
    this.renewReady();
  }

  connectedCallback(): void {
    this.takeEarlyProperties();
    if (this.lab || this.labPromise) return;
    if (this.whenToLoad() === 'eager' || this.autostart) void this.loadByItself();
    else this.showPoster('invitation');
  }

  disconnectedCallback(): void {
    // Moving the element takes it out and puts it in again; only what stays out is closed.
    setTimeout(() => {
      if (!this.isConnected) this.close();
    });
  }

  attributeChangedCallback(): void {
    if (this.updateScheduled || !(this.lab || this.poster)) return;
    this.updateScheduled = true;
    // One update for all attributes that are set together.
    queueMicrotask(() => {
      this.updateScheduled = false;
      // A poster speaks the language of the page too.
      if (this.lab) this.lab.update(labOptions(this));
      else if (this.poster) this.showPoster(this.poster);
    });
  }

  get lesson(): string {
    return this.getAttribute('lesson') ?? '';
  }
  set lesson(value: string) {
    this.setAttribute('lesson', value);
  }

  override get lang(): string {
    return this.getAttribute('lang') ?? '';
  }
  override set lang(value: string) {
    this.reflect('lang', value, ['zh', 'en']);
  }

  get backend(): BackendChoice {
    return labOptions(this).backend;
  }
  set backend(value: BackendChoice) {
    this.reflect('backend', value, ['auto', 'cpu', 'webgpu']);
  }

  get seed(): number | null {
    const seed = this.getAttribute('seed');
    return seed === null ? null : Number(seed);
  }
  set seed(value: number | null) {
    if (value !== null && (!Number.isInteger(value) || value < 0)) {
      throw new RangeError(`seed is a whole number from 0, or null; it was set to ${value}`);
    }
    this.reflect('seed', value === null ? null : String(value));
  }

  get config(): { [name: string]: Json } | null {
    return labOptions(this).config;
  }
  set config(value: { [name: string]: Json } | null) {
    if (typeof value !== 'object' || Array.isArray(value))
      throw new TypeError('config is an object, or null');
    this.reflect('config', value === null ? null : JSON.stringify(value));
  }

  get preset(): string | null {
    return this.getAttribute('preset');
  }
  set preset(value: string | null) {
    this.reflect('preset', value);
  }

  get hide(): string[] {
    return listOf(this.getAttribute('hide'));
  }
  set hide(value: string[] | string) {
    this.reflect('hide', listOf(value).join(','));
  }

  get lock(): string[] {
    return listOf(this.getAttribute('lock'));
  }
  set lock(value: string[] | string) {
    this.reflect('lock', listOf(value).join(','));
  }

  get level(): Level | null {
    return labOptions(this).level;
  }
  set level(value: Level | null) {
    this.reflect('level', value, LEVELS);
  }

  get figure(): string | null {
    return this.getAttribute('figure');
  }
  set figure(value: string | null) {
    this.reflect('figure', value);
  }

  /**
   * Takes files in, one after the other: weights (`.safetensors`, `.bpk`), run records (`.json`), tables (`.csv`,
   * `.tsv`, `.txt`); and pictures, those of a folder or of zips together. Of a table the guess is taken, which is the
   * answer, with what may be meant otherwise.
   *
   * The contract has one name for this method and for the attribute that says when the lab is fetched: reading
   * the property gives the method, setting it to `eager` or `click` sets the attribute.
   */
  get load(): (files: Iterable<File>) => Promise<TableLook | null> {
    return async (files) => (await this.opened()).loadFiles(files);
  }
  set load(value: Load) {
    this.reflect('load', value, ['eager', 'click']);
  }

  get autostart(): boolean {
    return this.hasAttribute('autostart');
  }
  set autostart(value: boolean) {
    this.toggleAttribute('autostart', value);
  }

  /** `idle`, `loading`, `ready`, `training`, `paused`, `done` or `error`. */
  get status(): Status {
    if (this.importing) return 'loading';
    return this.lab?.status ?? 'idle';
  }

  /** What the lab computes on and why; null until it is ready. */
  get device(): Device | null {
    return this.lab?.device ?? null;
  }

  /** The declared settings; empty until the lab is ready. */
  get controls(): Control[] {
    return this.lab?.controls ?? [];
  }

  /** Resolves when the lab can start; rejects when an attempt to load it has failed. */
  get ready(): Promise<void> {
    return this.readyPromise;
  }

  /** Loads the lab if need be and trains to the end of the run, or until paused. */
  async start(): Promise<void> {
    return (await this.opened()).start();
  }

  /** Pauses at the next step. */
  async pause(): Promise<void> {
    return (await this.opened()).pause();
  }

  /** Trains `count` steps. */
  async step(count = 1): Promise<void> {
    if (!Number.isInteger(count) || count < 1)
      throw new RangeError(`step takes a whole number from 1, not ${count}`);
    return (await this.opened()).step(count);
  }

  /** Back to step 0 with the same settings. */
  async reset(): Promise<void> {
    return (await this.opened()).reset();
  }

  /** Goes to the last checkpoint at or before a step. */
  async rewind(step: number): Promise<void> {
    return (await this.opened()).rewind(step);
  }

  /** The metrics on a part of the data. */
  async evaluate(split: string): Promise<Figures> {
    return (await this.opened()).evaluate(split);
  }

  /** What the model says of an input, whose form is the lesson's own, or of pictures. */
  async predict(input: Json | PictureSource): Promise<Json> {
    return (await this.opened()).predict(input);
  }

  /** A look inside, at a picture where one is given; the names are the lesson's own. */
  async inspect(what: string, options: Json = {}, picture?: PictureSource): Promise<Json> {
    return (await this.opened()).inspect(what, options, picture);
  }

  /** Every recorded point of the current run. */
  async history(): Promise<HistoryPoint[]> {
    return (await this.opened()).history();
  }

  /** The checkpoints kept of the current run. */
  async checkpoints(): Promise<CheckpointInfo[]> {
    return (await this.opened()).checkpoints();
  }

  /** The weights as a file. */
  async exportModel(format: string): Promise<Uint8Array> {
    return (await this.opened()).exportModel(format);
  }

  /** Takes weights from a file; the run starts anew from them. */
  async importModel(bytes: Uint8Array | ArrayBuffer): Promise<void> {
    return (await this.opened()).importModel(bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes);
  }

  /** The record of the current run, which `load` replays. */
  async exportRun(): Promise<RunRecord> {
    return (await this.opened()).exportRun();
  }

  /** At once on the book's own pages, and elsewhere when the reader asks, unless the attribute says otherwise. */
  private whenToLoad(): Load {
    const load = this.getAttribute('load');
    if (load === 'eager' || load === 'click') return load;
    return document.documentElement.hasAttribute('data-emberbook') ? 'eager' : 'click';
  }

  private async opened(): Promise<Lab> {
    const lab = await this.imported();
    await this.openLab(lab);
    return lab;
  }

  private async openLab(lab: Lab): Promise<void> {
    try {
      await lab.load();
      this.settleReady.resolve();
    } catch (thrown) {
      this.settleReady.reject(thrown);
      this.renewReady();
      throw thrown;
    }
  }

  /** Fetches `panels/lab.js` and puts the parts in place. */
  private imported(): Promise<Lab> {
    if (!this.isConnected)
      return Promise.reject(new Error('<ember-lab> works only while it is in a document'));
    this.labPromise ??= this.importLab().catch((thrown: unknown) => {
      this.labPromise = null;
      if (this.isConnected) this.showPoster('failed');
      this.settleReady.reject(thrown);
      this.renewReady();
      throw thrown;
    });
    return this.labPromise;
  }

  private async importLab(): Promise<Lab> {
    this.importing = true;
    this.showPoster('loading');
    try {
      const { href } = new URL('panels/lab.js', BASE);
      const module = await Promise.race([labModule(href), tooLate(href)]);
      const emit = (name: string, detail: unknown): void => {
        this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
      };
      const options = labOptions(this);
      const lab = await module.Lab.create(this.root, options, BASE, emit);
      if (!this.isConnected) {
        lab.close();
        throw new Error('<ember-lab> was taken out of the document');
      }
      this.lab = lab;
      this.poster = null;
      // What was changed while it was on its way.
      if (JSON.stringify(labOptions(this)) !== JSON.stringify(options)) lab.update(labOptions(this));
      return lab;
    } finally {
      this.importing = false;
    }
  }

  private async loadByItself(): Promise<void> {
    try {
      const lab = await this.opened();
      if (this.autostart) await lab.start();
    } catch {
      // The lab, or the poster, has told the reader; nobody else has asked.
    }
  }

  private showPoster(state: PosterState): void {
    this.poster = state;
    const { lang, figure } = labOptions(this);
    showPoster(this.root, lang, state, figure !== null, () => void this.loadByItself());
  }

  private close(): void {
    this.lab?.close();
    this.lab = null;
    this.labPromise = null;
    this.renewReady();
  }

  private renewReady(): void {
    this.readyPromise = new Promise((resolve, reject) => (this.settleReady = { resolve, reject }));
    // A failure is told by `ember-error` and on the page too; who does not wait for `ready` need not catch it.
    this.readyPromise.catch(() => undefined);
  }

  private reflect(attribute: string, value: string | null, allowed?: readonly string[]): void {
    if (value === null) return this.removeAttribute(attribute);
    if (allowed && !allowed.includes(value)) {
      throw new RangeError(`${attribute} is one of ${allowed.join(', ')}; it was set to ${value}`);
    }
    this.setAttribute(attribute, value);
  }

  /** Properties set before the script was there lie on the element itself and hide the accessors. */
  private takeEarlyProperties(): void {
    for (const name of LAB_ATTRIBUTES) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

/** Rejects when a script has had a minute to arrive; the reader can try again then. */
function tooLate(href: string): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`${href} does not arrive`)), 60_000));
}

async function labModule(href: string): Promise<{ Lab: typeof Lab }> {
  return (await import(href)) as { Lab: typeof Lab };
}

if (!customElements.get('ember-lab')) customElements.define('ember-lab', EmberLab);
