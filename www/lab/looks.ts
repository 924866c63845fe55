/** Looks inside by lesson: what each takes and answers, as Rust declares it (`www/generated`). */

import type { Insides, Looks } from '../generated/looks.js';

/** Ids of the lessons. */
export type LessonId = keyof Looks;

/** Names of the looks of a lesson. */
export type LookOf<Lesson extends LessonId> = keyof Looks[Lesson] & string;

/** Names of the looks of any lesson. */
export type LookName = { [Lesson in LessonId]: LookOf<Lesson> }[LessonId];

/** The looks of this name, of all lessons that have one. */
export type LooksNamed<What extends LookName> = {
  [Lesson in LessonId]: What extends keyof Looks[Lesson] ? Looks[Lesson][What] : never;
}[LessonId];

/** What a look takes. */
export type OptionsOf<Look> = Look extends { options: infer Options extends object } ? Options : never;

/** What a look answers. */
export type AnswerOf<Look> = Look extends { answer: infer Answer } ? Answer : never;

/** What a look of this name answers, in whichever lesson. */
export type AnswerTo<What extends LookName> = AnswerOf<LooksNamed<What>>;

/** Names that the description of a lesson may list in `inside`. */
export type InsideOf<Lesson extends LessonId> = Insides[Lesson];
