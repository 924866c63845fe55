import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from '../../kit/words.js';
import type { Run } from '../../lab/run.js';
import type { LabSession } from '../../lab/session.js';
import { askForDynamics, trackOf, type Dynamics } from './dynamics_track.js';
import { deadText, numberText, shareText, stateOf, stateText, unitsText } from './dynamics_words.js';

const LANGUAGE: Language = {
  code: 'en',
  words: [
    {
      ui: {
        layers: { hidden: 'Hidden {number}' },
        dynamics: {
          dead: '{count} of {units} in {layer}: {which}',
          states: {
            no_hidden: 'none',
            equal: '{layer}: {equal} of {units}, {loss} against {guess}, ln {classes} = {logarithm}',
            left: 'left at {step} from {loss_then}, {difference_then} to {difference}, {gradient_then} to {gradient_largest}',
          },
        },
      },
    },
  ],
};
const CHINESE: Language = { code: 'zh', words: [] };

type Layer = Dynamics['hidden'][number];
const layer = (name: string, units: number, equal: number, difference = 0.5): Layer => ({
  name,
  units,
  equal,
  difference: [0, difference],
  pairs: 0,
  groups: [],
  dead: [],
});

const state = (step: number, guessing: boolean, hidden: Layer[], gradient = 0): Dynamics =>
  ({
    step,
    loss: guessing ? 1.0986 : 0.2,
    guessing_loss: 1.0986,
    guessing,
    classes: 3,
    hidden,
    layers: hidden.map(({ name }) => ({ name, gradient_norm: gradient })),
  }) as unknown as Dynamics;

test('a network as good as guessing is stuck by equal units where all of a layer are equal', () => {
  const alike = layer('hidden2', 4, 4);
  const differing = layer('hidden1', 4, 3);
  assert.equal(stateOf([state(0, true, [])]), 'no_hidden');
  assert.equal(stateOf([state(0, true, [differing, alike])]), 'equal');
  assert.equal(stateOf([state(0, true, [differing])]), 'apart');
  // A layer of one unit has no other to be equal to.
  assert.equal(stateOf([state(0, true, [layer('hidden1', 1, 1)])]), 'apart');
});

test('a network that learns has left guessing only if it was seen there', () => {
  const hidden = [layer('hidden1', 4, 0)];
  assert.equal(stateOf([state(5, false, hidden)]), 'learning');
  assert.equal(stateOf([state(0, true, hidden), state(5, false, hidden)]), 'left');
  assert.equal(stateOf([state(0, true, hidden), state(5, false, hidden), state(6, true, hidden)]), 'apart');
});

test('the sentence names the layer with the largest share of equal units, and the loss of guessing', () => {
  const hidden = [layer('hidden1', 10, 5), layer('hidden2', 4, 4), layer('hidden3', 6, 6)];
  assert.equal(
    stateText(LANGUAGE, [state(0, true, hidden)]),
    'Hidden 2: 4 of 4, 1.099 against 1.099, ln 3 = 1.0986',
  );
});

test('the sentence about what has changed compares with the first look that was as good as guessing', () => {
  const track = [
    state(10, false, [layer('hidden1', 4, 0, 0.9)], 9),
    state(1000, true, [layer('hidden1', 4, 4, 0.001)], 0.01),
    state(1500, true, [layer('hidden1', 4, 0, 0.1)], 3),
    state(2000, false, [layer('hidden1', 4, 0, 0.5)], 0.2),
  ];
  assert.equal(stateText(LANGUAGE, track), 'left at 1,000 from 1.099, 0.1% to 50%, 0.01 to 3');
});

test('units count from 1 for readers, and numbers have their few digits', () => {
  assert.equal(deadText(LANGUAGE, { ...layer('hidden1', 4, 0), dead: [0, 3] }), '2 of 4 in Hidden 1: 1, 4');
  assert.equal(deadText(LANGUAGE, layer('hidden1', 4, 0)), null);
  assert.equal(unitsText(CHINESE, [0, 3]), '1、4');
  assert.deepEqual(
    [0.123456, -1.23456, 123.456, null].map((value) => numberText(LANGUAGE, value)),
    ['0.123', '−1.235', '123.5', '–'],
  );
  assert.deepEqual(
    [shareText(LANGUAGE, 0.12345), shareText(CHINESE, 1), shareText(LANGUAGE, null)],
    ['12%', '100%', '–'],
  );
});

test('states are kept with their run in order of step, and a run taken back forgets what came after', async () => {
  const run = {} as Run;
  let step = 0;
  const session = { runs: { current: run as Run | null }, inspectAny: () => Promise.resolve({ step }) };
  const look = async (at: number): Promise<void> => {
    step = at;
    await askForDynamics(session as unknown as LabSession);
  };
  for (const at of [0, 10, 20, 20, 5]) await look(at);
  assert.deepEqual(
    trackOf(run).map((state) => state.step),
    [0, 5],
  );
  assert.deepEqual(trackOf({} as Run), []);
  session.runs.current = null;
  assert.equal(askForDynamics(session as unknown as LabSession), null);
});
