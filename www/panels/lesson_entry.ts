/**
 * What a lesson brings to the lab beside the parts that all lessons share: its words, the parts that show its kind of
 * data and of model, and an element for each of its looks. *When* something shows is said by the lesson's description;
 * *what* it is stands here. Each lesson's `index.ts` declares one, and the lab imports that of its lesson alone.
 */

import type { TemplateResult } from 'lit';
import type { WordsLoader } from '../kit/words.js';
import type { InsideOf, LessonId } from '../lab/looks.js';
import type { LabSession } from '../lab/session.js';
import type { SettingLevels } from './settings/panel_settings.js';

/** Draws an element bound to the session. */
export type Draw = (session: LabSession) => TemplateResult;

/** A look inside. */
export interface LookElement {
  draw: Draw;
  /** Whether it needs more room across than half the lab. */
  wide: boolean;
  /** Fetches the element when it is first shown, where it does not come with the entry. */
  load?: () => Promise<unknown>;
}

/** What the lesson brings. */
export interface LessonEntry {
  words: WordsLoader;
  parts: {
    /** Its own data, as the part `data`. */
    data?: Draw;
    /** The reader's data in place of them. */
    own?: Draw;
    model?: Draw;
    predict?: Draw;
    /** What the lesson's page begins with, where no other look shows its kind of learning at first sight. */
    front?: Draw;
    /** What belongs to the programs of the code view: the tables that they read. */
    beside_code?: Draw;
    /** Rows or pictures beside the judgement of the whole, one at a time. */
    samples?: Draw;
    /** The pictures that a model judged at `moment` takes for another class; without it mistakes are rows. */
    wrong?: (session: LabSession, split: string, moment: string) => TemplateResult;
  };
  /** Why a finished run ended before its time, as a sentence; null where it did not. */
  ended?: (session: LabSession) => string | null;
  /** Elements in place of the inputs of settings, by name; null where another one's element holds it too. */
  settings?: { readonly [name: string]: Draw | null };
  /** Which settings stand open at the levels below everything; names of models that are not chosen count for nothing. */
  levels: SettingLevels;
  /** By the names in the description. */
  looks: { readonly [id: string]: LookElement };
}

/** What one lesson brings: an element for each look that its description may list, and no other. */
export interface EntryOf<Lesson extends LessonId> extends LessonEntry {
  looks: { readonly [Name in InsideOf<Lesson>]: LookElement };
}

/** A part whose script comes after the first screen: its element is there at once and comes to life then. */
export const afterwards =
  (load: () => Promise<unknown>, draw: Draw): Draw =>
  (session) => {
    load().catch((thrown: unknown) => session.report(thrown));
    return draw(session);
  };

/** A look that has room in half the lab. */
export const look = (draw: Draw): LookElement => ({ draw, wide: false });

/** A look that takes the lab's whole width. */
export const wide = (draw: Draw): LookElement => ({ draw, wide: true });

/** A look whose script is large and not the first thing a reader opens: it is fetched when it is first shown. */
export const later = (load: () => Promise<unknown>, element: LookElement): LookElement => ({
  ...element,
  load,
});
