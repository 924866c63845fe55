/** A failure as a sentence, for where it stands beside its cause and not among the messages of the lab. */

import { failureOf } from '../engine/failure.js';
import { Messages, sentence } from './notices.js';
import type { Language } from '../kit/words.js';

/** The same sentence as the messages of the lab would have. */
export function failureText(language: Language, thrown: unknown): string {
  const messages = new Messages();
  messages.addFailure(failureOf(thrown, 'unknown'));
  return sentence(language, messages.list[0]!);
}
