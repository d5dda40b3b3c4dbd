import { describe, expect, it } from 'vitest';
import { millis } from '../../../../src/base/index.ts';
import { type Debounce, onCommit } from '../../../../src/manager/scheduler/index.ts';

function seriesOf(commitsMs: readonly number[]): { readonly runNow: boolean; readonly debounce: Debounce } {
  return commitsMs.reduce<{ runNow: boolean; debounce: Debounce }>(
    ({ debounce }, at) => onCommit(debounce, millis(at)),
    { runNow: false, debounce: undefined },
  );
}

describe('the debounce', () => {
  it('lets the scheduler act 50 ms after a lone commit', () => {
    expect(seriesOf([10])).toEqual({ runNow: false, debounce: { startedAt: millis(10), dueAt: millis(60) } });
  });

  it('starts over with every commit of the series', () => {
    expect(seriesOf([0, 30, 70]).debounce).toEqual({ startedAt: 0, dueAt: millis(120) });
  });

  it('gives way to the first commit more than a second after the first of the series', () => {
    expect(seriesOf([0, 1000])).toEqual({ runNow: false, debounce: { startedAt: 0, dueAt: millis(1050) } });
    expect(seriesOf([0, 1001])).toEqual({ runNow: true, debounce: undefined });
  });
});
