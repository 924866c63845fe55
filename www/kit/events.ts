/** The elements that events are about, checked: what a listener is handed is any `EventTarget` to the compiler. */

/** Throws `TypeError` where the target is no such element: the listener is bound to something else then. */
function elementOf<T extends Element>(target: EventTarget | null, type: new () => T): T {
  if (target instanceof type) return target;
  throw new TypeError(`The event came from something else than ${type.name}.`);
}

/** The field whose value has changed. */
export const inputOf = ({ target }: Event): HTMLInputElement => elementOf(target, HTMLInputElement);

export const selectOf = ({ target }: Event): HTMLSelectElement => elementOf(target, HTMLSelectElement);

export const textAreaOf = ({ target }: Event): HTMLTextAreaElement => elementOf(target, HTMLTextAreaElement);

export const videoOf = ({ target }: Event): HTMLVideoElement => elementOf(target, HTMLVideoElement);

/** Whatever element was met. */
export const targetOf = ({ target }: Event): Element => elementOf(target, Element);

/** The element that listens. */
export const listenerOf = ({ currentTarget }: Event): Element => elementOf(currentTarget, Element);

/** Which of the choices a text is. Throws `RangeError` where it is none of them: they are all that is offered. */
export function oneOf<T extends string>(choices: readonly T[], text: string): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new RangeError(`“${text}” is none of ${choices.join(', ')}.`);
  return found;
}
