import { describe, expect, test } from 'vitest';
import { maybeAdvanceMatch, maybeStepBack, newProgress, type Progress } from '../../../src/raft/progress.ts';

const replicating = (): Progress => ({ ...newProgress(2, 9), state: 'replicate', match: 3 });

describe('a member that is sent entries ahead', () => {
  test('is sent all after the last one it has, once it rejects one', () => {
    const progress = replicating();

    expect(maybeStepBack(progress, 5, 4)).toBe(true);
    expect(progress.next).toBe(4);
  });

  test('has not rejected what it has acknowledged since', () => {
    const progress = replicating();

    expect(maybeStepBack(progress, 3, 2)).toBe(false);
    expect(progress.next).toBe(9);
  });

  test('is not sent again what is on its way when it acknowledges something', () => {
    const progress = replicating();

    expect(maybeAdvanceMatch(progress, 3)).toBe(false);
    expect(maybeAdvanceMatch(progress, 5)).toBe(true);
    expect([progress.match, progress.next]).toEqual([5, 9]);
    expect(maybeAdvanceMatch(progress, 9)).toBe(true);
    expect([progress.match, progress.next]).toEqual([9, 10]);
  });
});
