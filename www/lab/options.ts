/** What the element's attributes and, on our own pages, the address say of a lab; and the layers made of it. */

import type { BackendChoice, Control, Json, Layer, Opened, Settings } from '../engine/protocol.js';
import type { LanguageCode } from '../kit/words.js';
import type { Level } from './level.js';

/** The parts of a lab, by the names `hide` takes. */
export const PARTS = [
  'story',
  'data',
  'model',
  'settings',
  'run',
  'charts',
  'inside',
  'predict',
  'judgement',
  'mistakes',
  'experiments',
  'goals',
  'code',
  'export',
  'share',
] as const;
export type Part = (typeof PARTS)[number];

/** A value that could not be used: shown to the reader with what stands in its place. */
export interface AttributeNotice {
  code: 'attribute_invalid';
  attribute: string;
  given: string;
  used: string;
}

/** What the element says. */
export interface LabOptions {
  lesson: string;
  lang: LanguageCode;
  backend: BackendChoice;
  /** As text; the engine reads and checks it. */
  seed: string | null;
  config: Settings | null;
  preset: string | null;
  hide: readonly string[];
  lock: readonly string[];
  /** The one figure that is shown in place of the whole lab, by its name in texts. */
  figure: string | null;
  /** How many settings stand open at first; null where the element does not say. */
  level: Level | null;
  /** Whether the page is the book's own and this lab may read and write its address. */
  ownsAddress: boolean;
  /** Attributes that could not be used. */
  notices: readonly AttributeNotice[];
}

/** Parameters of the address that are not settings. */
const NOT_SETTINGS = new Set(['lang', 'backend', 'preset', 'level']);

/** The layers of settings, weakest first: preset, config and attributes, address. */
export function layersOf(options: LabOptions): Layer[] {
  const address = options.ownsAddress ? new URLSearchParams(location.search) : new URLSearchParams();
  const layers: Layer[] = [];
  const preset = address.get('preset') ?? options.preset;
  if (preset) layers.push({ source: 'preset', values: { name: preset } });
  const config: { [name: string]: Json } = { ...options.config };
  if (options.seed !== null) config['seed'] = options.seed;
  layers.push({ source: 'config', values: config });
  const fromAddress = [...address].filter(
    ([name]) => !NOT_SETTINGS.has(name) && !options.lock.includes(name),
  );
  if (fromAddress.length > 0) layers.push({ source: 'address', values: Object.fromEntries(fromAddress) });
  return layers;
}

/**
 * The layers of a preset that the reader chooses: config, seed and locked settings stay as they are, and so does the
 * setting that leads the others, which says whose preset is meant.
 */
export function presetLayers(
  name: string,
  { config, lock }: LabOptions,
  { settings, controls }: Pick<Opened, 'settings' | 'controls'>,
): Layer[] {
  // What the element says of its own data does not hold for data the reader has chosen since.
  const isOfData = ({ name, of_data }: Control): boolean => of_data && config !== null && name in config;
  const kept = controls.filter(
    (control) => control.leads || lock.includes(control.name) || isOfData(control),
  );
  const values = { ...config, ...valuesOf(kept, settings), seed: settings['seed'] ?? null };
  return [
    { source: 'preset', values: { name } },
    { source: 'config', values },
  ];
}

/**
 * The layers for the settings as they are with some changed. Where one that leads is among these, the others begin
 * at the defaults that follow it; seed and locked settings stay.
 */
export function changedLayers(
  changes: Settings,
  { lock }: Pick<LabOptions, 'lock'>,
  { settings, controls }: Pick<Opened, 'settings' | 'controls'>,
): Layer[] {
  const leads = controls.some(
    (control) => control.leads && control.name in changes && changes[control.name] !== settings[control.name],
  );
  const staying = controls.filter(({ name }) => !leads || name === 'seed' || lock.includes(name));
  return [{ source: 'config', values: { ...valuesOf(staying, settings), ...changes } }];
}

/** Whether what the element says now asks for another lab than what it said before. */
export function asksForOther(before: LabOptions, now: LabOptions): boolean {
  const asked = ({ lesson, backend, seed, config, preset }: LabOptions): string =>
    JSON.stringify([lesson, backend, seed, config, preset]);
  return asked(before) !== asked(now);
}

/**
 * The layers when the element says something else than before. A preset and a config speak of all settings; a seed and
 * a backend do not, and leave those that the reader has changed as they are.
 */
export function updatedLayers(
  before: LabOptions,
  now: LabOptions,
  opened: Pick<Opened, 'settings' | 'controls'>,
): Layer[] {
  const all = ({ lesson, config, preset }: LabOptions): string => JSON.stringify([lesson, config, preset]);
  // An address of ours carries what the reader has changed, and stands above the element.
  if (now.ownsAddress || all(before) !== all(now)) return layersOf(now);
  const standard = opened.controls.find(({ name }) => name === 'seed')?.default ?? null;
  const seed = now.seed ?? now.config?.['seed'] ?? standard;
  const changes: Settings = before.seed === now.seed ? {} : { seed };
  return changedLayers(changes, now, opened);
}

/** The values of some settings. */
export function valuesOf(controls: readonly Control[], settings: Settings): Settings {
  return Object.fromEntries(controls.map(({ name }) => [name, settings[name]!]));
}

/** The backend asked for: by the address of our own page, or by the element. */
export function backendOf(options: LabOptions): BackendChoice {
  const asked = options.ownsAddress ? new URLSearchParams(location.search).get('backend') : null;
  return asked === 'cpu' || asked === 'webgpu' || asked === 'auto' ? asked : options.backend;
}

/** This page's address with the given settings in it, and all else that it carries kept. */
export function addressWith(declared: readonly string[], settings: readonly [string, string][]): string {
  const url = new URL(location.href);
  for (const name of [...declared, 'preset']) url.searchParams.delete(name);
  for (const [name, value] of settings) url.searchParams.set(name, value);
  // Commas stand for themselves in a query, and `hidden=8,4` is easier to read aloud than `8%2C4`.
  url.search = url.search.replaceAll('%2C', ',');
  return url.href;
}

/** This page's address without a parameter. */
export function addressWithout(name: string): string {
  const url = new URL(location.href);
  url.searchParams.delete(name);
  url.search = url.search.replaceAll('%2C', ',');
  return url.href;
}
