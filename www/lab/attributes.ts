/** Reads the attributes of `<ember-lab>`. What cannot be used is replaced by its default and reported. */

import { isJsonObject, parseJson } from '../engine/json.js';
import type { BackendChoice, Settings } from '../engine/protocol.js';
import { levelNamed, type Level } from './level.js';
import type { AttributeNotice, LabOptions } from './options.js';

/** When a lab is fetched: at once, or when the reader asks for it. */
export type Load = 'eager' | 'click';

export const LAB_ATTRIBUTES = [
  'lesson',
  'lang',
  'backend',
  'seed',
  'config',
  'preset',
  'hide',
  'lock',
  'figure',
  'level',
  'load',
  'autostart',
];

/** What the element's attributes say, with the defaults for what they do not say. */
export function labOptions(element: HTMLElement): LabOptions {
  const notices: AttributeNotice[] = [];
  const config = readConfig(element.getAttribute('config'), notices);
  const seed = element.getAttribute('seed');
  return {
    lesson: element.getAttribute('lesson') ?? '',
    lang: readLanguage(element),
    backend: readBackend(element.getAttribute('backend'), notices),
    seed,
    config,
    preset: element.getAttribute('preset'),
    hide: listOf(element.getAttribute('hide')),
    lock: listOf(element.getAttribute('lock')),
    figure: element.getAttribute('figure')?.trim() || null,
    level: readLevel(element.getAttribute('level'), notices),
    // Of several labs on one of our pages the first has the address; a figure alone never has it.
    ownsAddress:
      document.documentElement.hasAttribute('data-emberbook') &&
      document.querySelector('ember-lab:not([figure])') === element,
    notices,
  };
}

/** Names parted by commas or spaces. */
export function listOf(value: string | readonly string[] | null): string[] {
  if (value === null) return [];
  return (typeof value === 'string' ? value.split(/[\s,]+/) : [...value]).filter((name) => name !== '');
}

function readLanguage(element: HTMLElement): LabOptions['lang'] {
  const near = element.getAttribute('lang') ?? element.parentElement?.closest('[lang]')?.getAttribute('lang');
  const tag = near || document.documentElement.lang || navigator.language;
  return /^zh\b/i.test(tag) ? 'zh' : 'en';
}

function readBackend(given: string | null, notices: AttributeNotice[]): BackendChoice {
  if (given === null || given === 'auto' || given === 'cpu' || given === 'webgpu') return given ?? 'auto';
  notices.push({ code: 'attribute_invalid', attribute: 'backend', given, used: 'auto' });
  return 'auto';
}

function readLevel(given: string | null, notices: AttributeNotice[]): Level | null {
  if (given === null || levelNamed(given)) return levelNamed(given);
  notices.push({ code: 'attribute_invalid', attribute: 'level', given, used: 'everything' });
  return 'everything';
}

function readConfig(given: string | null, notices: AttributeNotice[]): Settings | null {
  if (given === null || given.trim() === '') return null;
  try {
    const value = parseJson(given);
    if (isJsonObject(value)) return value;
  } catch {
    // Reported below, like JSON that is no object.
  }
  notices.push({ code: 'attribute_invalid', attribute: 'config', given: given.slice(0, 80), used: '{}' });
  return null;
}
