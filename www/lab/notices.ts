/** What the lab has to say to the reader outside its panels: values replaced, results of a replay, errors. */

import type { EngineFailure, Notice } from '../engine/protocol.js';
import type { AttributeNotice } from './options.js';
import { findWords, words, type Fill, type Language } from '../kit/words.js';

/** A message that stays until it is dismissed or no longer true. */
export interface Message {
  id: number;
  kind: 'error' | 'warning' | 'good';
  /** Key of the sentence, under `notices`, `errors` or `ui.messages`. */
  key: string;
  fill: Fill;
  /** English sentence, shown where the language files have none. */
  fallback: string;
  /** What the reader can try again. */
  again?: () => Promise<void>;
  /** Whether it was a change of the lab that failed, which is as it was. */
  wentBack?: boolean;
}

/** What may succeed later, when a file arrives or another worker is started. */
const PASSING =
  /^(download_stalled|module_(not_loaded|building)|data_(not_loaded|missing)|worker_\w+|engine_panic|device_lost|gpu_failed|unknown)$/;

/** What the reasons of a failure are named after, where each has a sentence. */
const DATA_FAILURES = new Map([
  ['bad_table', 'table'],
  ['bad_picture', 'picture'],
  ['bad_pictures', 'pictures'],
  ['bad_ratings', 'ratings'],
  ['bad_sequences', 'sequences'],
]);

/** The messages shown now. */
export class Messages {
  list: Message[] = [];
  private nextId = 1;

  /** Adds a message, in place of one with the same key and the same facts. */
  add(
    kind: Message['kind'],
    key: string,
    fill: Fill = {},
    fallback = '',
    more: Pick<Message, 'again' | 'wentBack'> = {},
  ): void {
    const same = JSON.stringify(fill);
    this.list = this.list.filter((other) => other.key !== key || JSON.stringify(other.fill) !== same);
    this.list.push({ id: this.nextId++, kind, key, fill, fallback, ...more });
  }

  /** `again` is offered for what may succeed later. */
  addFailure({ code, message, details }: EngineFailure, again?: () => Promise<void>, wentBack = false): void {
    // A bad file says what is wrong with it; each reason has a sentence of its own.
    const { reason } = details;
    const data = DATA_FAILURES.get(code);
    const key = data !== undefined && typeof reason === 'string' ? `${data}_${reason}` : code;
    const offered = again && PASSING.test(code) ? { again } : {};
    this.add('error', `errors.${key}`, { ...details }, message, { ...offered, wentBack });
  }

  addNotice(notice: Notice | AttributeNotice): void {
    const { code, ...fill } = notice;
    const key = code === 'attribute_invalid' ? 'ui.messages.attribute_invalid' : `notices.${code}`;
    this.add('warning', key, fill);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((message) => message.id !== id);
  }

  /** Drops the errors: something has worked since. */
  clearErrors(): void {
    this.list = this.list.filter(({ kind }) => kind !== 'error');
  }

  /** Drops what was said of settings: the lab is being opened with others. */
  clearSettings(): void {
    this.list = this.list.filter(({ key }) => !key.startsWith('notices.'));
  }
}

/** The sentence of a message. */
export function sentence(language: Language, { key, fill, fallback, wentBack }: Message): string {
  const named: Fill = { ...fill };
  // A setting is named as the panel names it.
  if (typeof fill['setting'] === 'string') {
    named['setting'] = findWords(language, `controls.${fill['setting']}.label`) ?? fill['setting'];
  }
  const said = findWords(language, key, named) ?? (fallback || words(language, 'errors.unknown'));
  return wentBack ? words(language, 'ui.messages.went_back', { said }) : said;
}
