import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Topics, type Topic } from './topics.js';

test('a listener hears its topics, each announcement once, until it ends that', () => {
  const topics = new Topics();
  let heard = 0;
  const end = topics.listen(['status', 'runs'], () => (heard += 1));
  topics.announce('goals');
  assert.equal(heard, 0);
  topics.announce('status');
  topics.announce('status', 'runs', 'goals');
  assert.equal(heard, 2);
  end();
  topics.announce('status', 'runs');
  assert.equal(heard, 2);
});

test('listeners may come and go while they are told', () => {
  const topics = new Topics();
  const heard: string[] = [];
  const listen = (name: string, then: () => void = () => undefined): (() => void) =>
    topics.listen(['words'] satisfies Topic[], () => {
      heard.push(name);
      then();
    });
  const end = listen('first', () => {
    end();
    listen('late');
  });
  listen('second');
  topics.announce('words');
  assert.deepEqual(heard, ['first', 'second']);
  topics.announce('words');
  assert.deepEqual(heard, ['first', 'second', 'second', 'late']);
});
