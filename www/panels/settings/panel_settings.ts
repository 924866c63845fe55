/** Which settings the panel shows at a level, and which of all differ from their defaults. */

import type { Control, Opened } from '../../engine/protocol.js';
import type { Level } from '../../lab/level.js';
import { hasMeaning } from '../../lab/meaning.js';
import { sameValue } from '../../lab/run.js';

/** The settings of a lesson that stand open at the levels below everything, by name. */
export interface SettingLevels {
  /** The few to play with, in the order shown: the first of them that have a meaning. */
  play: readonly string[];
  /** What is tuned commonly, beside those. */
  tune: readonly string[];
}

/** Groups in the order of the panel; those of `inside` stand at the look inside. */
export const GROUPS = ['data', 'model', 'training', 'evaluation'] as const;
export type Group = (typeof GROUPS)[number];

/** Handles at first sight at most: Run, the presets, the choice of a task where there is one, and the settings to play with. */
const MOST_HANDLES = 7;

/** Settings under one heading; under none at the level of a few. */
export interface SettingGroup {
  name: Group | null;
  controls: Control[];
  /** How many of them differ from their defaults. */
  changed: number;
}

type Settled = Pick<Opened, 'controls' | 'settings'>;

/** The settings at a level, by group. Those named in `hide` are nowhere. */
export function groupsAt(
  level: Level,
  levels: SettingLevels,
  lab: Settled,
  hide: readonly string[],
): SettingGroup[] {
  const open = lab.controls.filter((control) => isInPanel(control, lab) && !hide.includes(control.name));
  const at = (name: Group | null, controls: Control[]): SettingGroup => ({
    name,
    controls,
    changed: controls.filter((control) => isChanged(control, lab)).length,
  });
  if (level === 'play') {
    const few = levels.play
      .flatMap((name) => open.filter((control) => control.name === name))
      .slice(0, MOST_HANDLES - (lab.controls.some(({ leads }) => leads) ? 3 : 2));
    return few.length > 0 ? [at(null, few)] : [];
  }
  const shown =
    level === 'tune' ? open.filter(({ name }) => [...levels.play, ...levels.tune].includes(name)) : open;
  return GROUPS.map((group) =>
    at(
      group,
      shown.filter((control) => control.group === group),
    ),
  ).filter(({ controls }) => controls.length > 0);
}

/** The settings that differ from their defaults, whatever the level: nothing that was changed is out of sight. */
export function changedControls(lab: Settled, hide: readonly string[]): Control[] {
  return lab.controls.filter(
    (control) =>
      control.group !== 'inside' &&
      // What leads the others is in sight by itself.
      !control.leads &&
      !hide.includes(control.name) &&
      hasMeaning(control, lab) &&
      isChanged(control, lab),
  );
}

function isChanged({ name, default: usual }: Control, { settings }: Settled): boolean {
  return settings[name] !== undefined && !sameValue(settings[name], usual);
}

/** What repeats a mistake of the document stands in a part of its own, and so does the choice of a task. */
function isInPanel(control: Control, lab: Settled): boolean {
  return (
    control.as_written === null &&
    !control.leads &&
    control.group !== 'inside' &&
    // A text is made at a look inside: here it is seen where there is one.
    !(control.type === 'text' && lab.settings[control.name] === control.default) &&
    hasMeaning(control, lab)
  );
}
