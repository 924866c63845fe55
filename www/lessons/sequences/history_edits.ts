/** What can be done to a history by hand. Each gives another history and leaves the one before as it was. */

/** A history with a step behind it; of too many the oldest go. */
export function withStep<Step>(history: readonly Step[], step: Step, most: number): Step[] {
  return [...history, step].slice(-most);
}

/** A history without the step at a place. */
export function withoutStep<Step>(history: readonly Step[], at: number): Step[] {
  return history.filter((_, place) => place !== at);
}

/** A history with the steps at a place and behind it in each other's place; where there are no two nothing changes. */
export function swapped<Step>(history: readonly Step[], at: number): Step[] {
  const [one, other] = [history[at], history[at + 1]];
  if (one === undefined || other === undefined) return [...history];
  return history.map((step, place) => (place === at ? other : place === at + 1 ? one : step));
}
