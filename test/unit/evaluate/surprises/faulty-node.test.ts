import { expect, test } from 'vitest';
import { seconds } from '../../../../src/base/index.ts';
import { faultyNode } from '../../../../src/evaluate/surprises/faulty-node.ts';
import type { TaskStory } from '../../../../src/evaluate/surprises/story.ts';

const NOW = seconds(1000);

/** Five tasks of version 1 that failed on w1, each so many seconds ago. */
function failedOnW1(...ages: readonly number[]): TaskStory[] {
  return ages.map(
    (age) => ({ node: 'w1', version: 1, end: { at: NOW - seconds(age), state: 'FAILED', err: '' } }) as TaskStory,
  );
}

test('five failures within five minutes make a node faulty, the first of them included', () => {
  expect(faultyNode(failedOnW1(300, 200, 100, 50, 0), 1, NOW)).toBe('w1');
});

test('four do not, nor do five of which one is older or of which one is still to come', () => {
  expect(faultyNode(failedOnW1(300, 200, 100, 50), 1, NOW)).toBeUndefined();
  expect(faultyNode(failedOnW1(301, 200, 100, 50, 0), 1, NOW)).toBeUndefined();
  expect(faultyNode(failedOnW1(200, 100, 50, 0, -1), 1, NOW)).toBeUndefined();
});

test('those of another version say nothing', () => {
  expect(faultyNode(failedOnW1(200, 150, 100, 50, 0), 2, NOW)).toBeUndefined();
});

test('those of several nodes are not added up', () => {
  const failed = [...failedOnW1(200, 150, 100), ...failedOnW1(50, 0).map((task) => ({ ...task, node: 'w2' }))];
  expect(faultyNode(failed, 1, NOW)).toBeUndefined();
});
