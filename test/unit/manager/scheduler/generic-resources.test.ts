import { describe, expect, it } from 'vitest';
import { claim, consume, hasEnough, reclaim } from '../../../../src/manager/scheduler/index.ts';

const gpus = (value: number) => ({ kind: 'gpu', value });
const gpu = (name: string) => ({ kind: 'gpu', name });
const ssd = (value: number) => ({ kind: 'ssd', value });

describe('having enough', () => {
  it('means an amount that is not below what is wanted, or as many named items', () => {
    expect(hasEnough([gpus(2)], gpus(2))).toBe(true);
    expect(hasEnough([gpus(2)], gpus(3))).toBe(false);
    expect(hasEnough([gpu('a'), gpu('b')], gpus(2))).toBe(true);
    expect(hasEnough([gpu('a'), gpu('b')], gpus(3))).toBe(false);
  });

  it('takes the kind in its exact case, and one that is missing for none', () => {
    expect(hasEnough([gpus(2)], { kind: 'GPU', value: 1 })).toBe(false);
    expect(hasEnough([], gpus(0))).toBe(false);
  });

  it('is never true of a named item: a task reserves amounts', () => {
    expect(hasEnough([gpu('a')], gpu('a'))).toBe(false);
  });
});

describe('claiming', () => {
  it('takes named items from the front of the list', () => {
    expect(claim([gpu('c'), ssd(1), gpu('a'), gpu('b')], [gpus(2)])).toEqual([gpu('c'), gpu('a')]);
  });

  it('takes nothing of any kind where one kind is missing', () => {
    expect(claim([gpus(4)], [gpus(1), ssd(1)])).toEqual([]);
  });

  it('of amount 0 takes every named item, and nothing of an amount', () => {
    expect(claim([gpu('a'), gpu('b')], [gpus(0)])).toEqual([gpu('a'), gpu('b')]);
    expect(claim([gpus(2)], [gpus(0)])).toEqual([]);
  });
});

describe('what is left', () => {
  it('loses the items that were taken, and an amount that comes down to 0', () => {
    expect(consume([gpu('a'), gpu('b'), ssd(3)], [gpu('b'), ssd(1)])).toEqual([gpu('a'), ssd(2)]);
    expect(consume([gpus(2), ssd(1)], [gpus(2)])).toEqual([ssd(1)]);
  });

  it('is not touched by a record of the other form: the node has changed its kind since', () => {
    expect(consume([gpus(2)], [gpu('a')])).toEqual([gpus(2)]);
    expect(consume([gpu('a')], [gpus(1)])).toEqual([gpu('a')]);
  });
});

describe('giving back', () => {
  it('brings a used up amount back at the end of the list', () => {
    expect(reclaim([ssd(1)], [gpus(2)], [gpus(2), ssd(1)])).toEqual([ssd(1), gpus(2)]);
    expect(reclaim([gpus(1)], [gpus(1)], [gpus(2)])).toEqual([gpus(2)]);
  });

  it('is capped by what the node reports now', () => {
    expect(reclaim([gpus(1)], [gpus(3)], [gpus(2)])).toEqual([gpus(2)]);
    expect(reclaim([], [gpus(3)], [])).toEqual([]);
  });

  it('leaves out an item that the node no longer reports', () => {
    expect(reclaim([gpu('a')], [gpu('b')], [gpu('a'), gpu('c')])).toEqual([gpu('a')]);
  });

  it('resets a kind, once, that has changed its form', () => {
    expect(reclaim([], [gpu('a'), gpu('b')], [gpus(4)])).toEqual([gpus(4)]);
    expect(reclaim([], [gpus(2)], [gpu('a'), gpu('b')])).toEqual([gpu('a'), gpu('b')]);
  });
});
