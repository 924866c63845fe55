/** What can be asked of a lab: requests that leave it as it is, each with the type of its answer. */

import type { EngineClient, PlainRequest } from '../engine/client.js';
import type { Json, PictureInput, Requests } from '../engine/protocol.js';
import type { Looks, Predictions } from '../generated/looks.js';
import type { AnswerOf, AnswerTo, LessonId, LookName, LookOf, LooksNamed, OptionsOf } from './looks.js';
import { LabState } from './state.js';

export abstract class LabQuestions extends LabState {
  protected abstract readonly client: Pick<EngineClient, 'request'>;

  /** Resolves when a setting changed just before is in force, or has failed, and the lab is open. */
  abstract settled(): Promise<void>;

  /** A request that leaves the lab as it is. */
  async request<Name extends PlainRequest>(
    name: Name,
    args: Requests[Name]['args'],
  ): Promise<Requests[Name]['result']> {
    await this.settled();
    return this.client.request(name, args);
  }

  /**
   * A look inside of a lesson; its answer gets its type here and nowhere else. Rejects with `EmberError`; throws where
   * another lesson is open, whose look of this name answers otherwise.
   */
  inspect<Lesson extends LessonId, What extends LookOf<Lesson>>(
    lesson: Lesson,
    what: What,
    options: OptionsOf<Looks[Lesson][What]>,
    pictures?: PictureInput[],
  ): Promise<AnswerOf<Looks[Lesson][What]>> {
    return this.look(what, options, pictures, lesson);
  }

  /** A look of the open lesson, whichever that is, for panels that lessons share: answered by any lesson that has it. */
  inspectAny<What extends LookName>(
    what: What,
    options: OptionsOf<LooksNamed<What>>,
    pictures?: PictureInput[],
  ): Promise<AnswerTo<What>> {
    return this.look(what, options, pictures);
  }

  /**
   * What the model of a lesson predicts; the answer gets its type here. Rejects with `EmberError`; throws where another
   * lesson is open.
   */
  async predict<Lesson extends keyof Predictions>(lesson: Lesson, input: Json): Promise<Predictions[Lesson]> {
    await this.settled();
    this.checkLesson(lesson, 'A prediction');
    const answer: unknown = await this.client.request('predict', { input });

    // eslint-disable-next-line no-restricted-syntax -- the types of answers are written from what the engine serialises
    return answer as Predictions[Lesson];
  }

  private checkLesson(lesson: LessonId, what: string): void {
    const { id } = this.opened!.description;
    if (id !== lesson) throw new Error(`${what} of the lesson ${lesson} was asked of ${id}.`);
  }

  private async look<Answer>(
    what: string,
    options: object,
    pictures: PictureInput[] = [],
    lesson?: LessonId,
  ): Promise<Answer> {
    await this.settled();
    if (lesson !== undefined) this.checkLesson(lesson, `The look ${what}`);
    const given = pictures.length > 0 ? { pictures } : {};
    const answer: unknown = await this.client.request('inspect', { what, options, ...given });

    // eslint-disable-next-line no-restricted-syntax -- the types of answers are written from what the engine serialises
    return answer as Answer;
  }
}
