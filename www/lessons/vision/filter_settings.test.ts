import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import type { Settings } from '../../engine/protocol.js';
import { FilterSettings } from './filter_settings.js';

mock.timers.enable({ apis: ['setTimeout'] });

const settingsOf = (weight: number): Settings => ({
  filter: [0, 0, 0, 0, 1, 0, 0, 0, 0],
  filter_weight: weight,
  filter_orientation: 'corrected',
  seed: 1,
});

/** A bench in a lab that takes up what is written into its settings. */
function bench(weight: number | null): {
  settings: FilterSettings;
  written: unknown[];
  open: (weight: number) => void;
} {
  const written: unknown[] = [];
  const session = {
    opened: weight === null ? null : { settings: settingsOf(weight) },
    changeSettings: (changes: Settings) => {
      written.push(changes['filter_weight']);
      return Promise.resolve();
    },
  };
  const host = { session, addController: () => undefined };
  const settings = new FilterSettings(host as unknown as ConstructorParameters<typeof FilterSettings>[0]);
  const open = (next: number): void => {
    session.opened = { settings: settingsOf(next) };
    settings.hostUpdate();
  };
  settings.hostUpdate();
  return { settings, written, open };
}

test('the filter is the settings’, and before the lab is open there is none', () => {
  assert.equal(bench(3).settings.question!.weight, 3);
  const { settings, open } = bench(null);
  settings.change({ weight: 5 });
  assert.equal(settings.question, null);
  open(2);
  assert.equal(settings.question!.weight, 2);
});

test('what is typed holds at once, and is written once the reader pauses', () => {
  const { settings, written } = bench(1);
  for (const weight of [2, 3, 4]) {
    settings.change({ weight });
    assert.equal(settings.question!.weight, weight);
    mock.timers.tick(499);
  }
  assert.deepEqual(written, []);
  mock.timers.tick(1);
  assert.deepEqual(written, [4]);
});

test('a change that is taken back is not written', () => {
  const { settings, written } = bench(1);
  settings.change({ weight: 2 });
  settings.change({ weight: 1 });
  mock.timers.tick(1000);
  assert.deepEqual(written, []);
});

test('what comes back of its own writing does not take away what is typed since', () => {
  const { settings, open } = bench(1);
  settings.change({ weight: 2 });
  mock.timers.tick(500);
  settings.change({ weight: 22 });
  open(2);
  assert.equal(settings.question!.weight, 22);
});

test('settings changed elsewhere are taken up, in place of what was not yet written', () => {
  const { settings, written, open } = bench(1);
  settings.change({ weight: 2 });
  open(9);
  mock.timers.tick(1000);
  assert.equal(settings.question!.weight, 9);
  assert.deepEqual(written, []);
});

test('a bench that is taken off the page writes nothing more', () => {
  const { settings, written } = bench(1);
  settings.change({ weight: 2 });
  settings.hostDisconnected();
  mock.timers.tick(1000);
  assert.deepEqual(written, []);
});
