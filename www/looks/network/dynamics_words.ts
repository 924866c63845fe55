/** The state of a network's training in sentences: what holds it up, or what has changed since it was held up. */

import type { Dynamics, HiddenLayer } from './dynamics_track.js';
import { layerText } from './network_data.js';
import { formatCount, formatNumber, formatShare, words, type Fill, type Language } from '../../kit/words.js';

/** `equal`: as good as guessing, all units of a layer alike; `apart`: as good as guessing, units differ. */
export type DynamicsState = 'no_hidden' | 'equal' | 'apart' | 'left' | 'learning';

/** What the latest state is, in the light of those before it. */
export function stateOf(track: readonly Dynamics[]): DynamicsState {
  const now = track.at(-1)!;
  if (now.hidden.length === 0) return 'no_hidden';
  if (now.guessing) return now.hidden.some(allEqual) ? 'equal' : 'apart';
  return track.some(({ guessing }) => guessing) ? 'left' : 'learning';
}

function allEqual({ units, equal }: HiddenLayer): boolean {
  return units > 1 && equal === units;
}

/** The layer with the largest share of nearly equal units, the first of several. */
function tellingLayer({ hidden }: Dynamics): HiddenLayer {
  return hidden.reduce((best, one) => (one.equal / one.units > best.equal / best.units ? one : best));
}

/** The state in one or two sentences. */
export function stateText(language: Language, track: readonly Dynamics[]): string {
  const now = track.at(-1)!;
  const state = stateOf(track);
  const fill = {
    loss: numberText(language, now.loss),
    guess: numberText(language, now.guessing_loss),
    classes: now.classes,
    logarithm: formatNumber(language, Math.log(now.classes), 5),
  };
  if (state === 'no_hidden') return words(language, 'ui.dynamics.states.no_hidden', fill);
  const layer = tellingLayer(now);
  const details = { ...fill, ...layerFill(language, layer) };
  if (state !== 'left') return words(language, `ui.dynamics.states.${state}`, details);
  return words(language, 'ui.dynamics.states.left', { ...details, ...changes(language, track, layer) });
}

function layerFill(language: Language, layer: HiddenLayer): Fill {
  return {
    layer: layerText(language, layer.name),
    equal: layer.equal,
    units: layer.units,
    difference: shareText(language, layer.difference?.[1] ?? null),
  };
}

/** What has changed since the first look, when the loss was no better than guessing. */
function changes(language: Language, track: readonly Dynamics[], { name }: HiddenLayer): Fill {
  const before = track.find(({ guessing }) => guessing)!;
  const then = before.hidden.find((layer) => layer.name === name);
  const gradient = (state: Dynamics): number | null =>
    state.layers.find((layer) => layer.name === name)?.gradient_norm ?? null;
  const since = track.filter(({ step }) => step >= before.step).map((state) => gradient(state) ?? 0);
  return {
    step: formatCount(language, before.step),
    loss_then: numberText(language, before.loss),
    difference_then: shareText(language, then?.difference?.[1] ?? null),
    gradient_then: numberText(language, gradient(before)),
    gradient_largest: numberText(language, Math.max(...since)),
  };
}

/** Which units of a layer are dead, or null when none is. */
export function deadText(language: Language, { name, units, dead }: HiddenLayer): string | null {
  if (dead.length === 0) return null;
  return words(language, 'ui.dynamics.dead', {
    count: dead.length,
    units,
    layer: layerText(language, name),
    which: unitsText(language, dead),
  });
}

/** Units by their numbers, which count from 1 for readers. */
export function unitsText(language: Language, units: readonly number[]): string {
  return units.map((unit) => String(unit + 1)).join(language.code === 'zh' ? '、' : ', ');
}

/** A number with three digits that count. */
export function numberText(language: Language, value: number | null): string {
  return value === null ? '–' : formatNumber(language, value, Math.abs(value) >= 1 ? 4 : 3);
}

/** A share as a percentage with two digits that count. */
export function shareText(language: Language, value: number | null): string {
  return value === null ? '–' : formatShare(language, value, 2);
}
