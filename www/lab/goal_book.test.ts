import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Description, Goal } from '../engine/protocol.js';
import { GoalBook } from './goal_book.js';

const goal = (id: string, passed = true, value: number | null = null): Goal => ({ id, passed, value });

function book(): GoalBook {
  const goals = new GoalBook();
  const experiments = [
    { goal: { id: 'mean', kind: 'finished' } },
    { goal: null },
  ] as Description['experiments'];
  goals.declare({ goals: ['fast', 'exact', 'mean'], experiments });
  return goals;
}

test('a goal once reached stays so in later runs, with the value it was reached with', () => {
  const goals = book();
  assert.deepEqual(goals.noteRun([goal('fast', false, 0.5)]), { changed: true, newlyPassed: [] });
  assert.deepEqual(goals.noteRun([goal('fast', true, 0.9)]).newlyPassed, [goal('fast', true, 0.9)]);
  assert.deepEqual(goals.noteRun([goal('fast', true, 0.95)]), { changed: false, newlyPassed: [] });
  assert.deepEqual(goals.noteRun([goal('fast', false, 0.1)]), { changed: false, newlyPassed: [] });
  assert.deepEqual(goals.list[0], goal('fast', true, 0.9));
});

test('a goal of an experiment is reached by that alone, and one that is not declared by nothing', () => {
  const goals = book();
  assert.equal(goals.noteRun([goal('mean'), goal('stranger')]).changed, false);
  assert.equal(goals.noteExperiment(goal('mean')).newlyPassed.length, 1);
  assert.equal(goals.list.length, 3);
});

test('what was reached stays when the lesson declares its goals anew', () => {
  const goals = book();
  goals.noteRun([goal('exact')]);
  goals.declare({ goals: ['exact', 'other'], experiments: [] });
  assert.deepEqual(goals.list, [goal('exact'), goal('other', false)]);
});

test('goals are hidden by name, those of experiments with these, and all with their part', () => {
  const shown = (...hide: string[]): string[] =>
    book()
      .shown(hide)
      .map(({ id }) => id);
  assert.deepEqual(shown(), ['fast', 'exact', 'mean']);
  assert.deepEqual(shown('exact'), ['fast', 'mean']);
  assert.deepEqual(shown('experiments'), ['fast', 'exact']);
  assert.deepEqual(shown('goals'), []);
});

test('a lab is completed once, when all goals that are shown are reached', () => {
  const goals = book();
  assert.equal(goals.scoreWhenCompleted([]), null);
  goals.noteRun([goal('fast'), goal('exact')]);
  assert.equal(goals.scoreWhenCompleted([]), null);
  assert.equal(goals.scoreWhenCompleted(['goals']), null);
  assert.equal(goals.scoreWhenCompleted(['experiments']), 1);
  assert.equal(goals.scoreWhenCompleted(['experiments']), null);
});
