import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../../src/base/index.ts';
import {
  emptyFailureRecord,
  failureKey,
  recentFailures,
  withFailure,
} from '../../../../src/manager/scheduler/failures.ts';

const KEY = failureKey('web', 1);

function recordOf(instants: readonly number[]): ReturnType<typeof emptyFailureRecord> {
  return instants.reduce((record, at) => withFailure(record, KEY, at), emptyFailureRecord(0));
}

describe('the failure record of a node', () => {
  it('counts the failures of one version of a service', () => {
    const record = recordOf([0, 1, 2]);

    expect(recentFailures(record, KEY, 3)).toBe(3);
    expect(recentFailures(record, failureKey('web', 2), 3)).toBe(0);
  });

  it('lets a failure count until it is older than five minutes', () => {
    const record = recordOf([0, seconds(1)]);

    expect(recentFailures(record, KEY, minutes(5))).toBe(2);
    expect(recentFailures(record, KEY, minutes(5) + 1)).toBe(1);
  });

  it('drops a failure of exactly five minutes when the next one comes', () => {
    expect(recentFailures(recordOf([0, minutes(5)]), KEY, minutes(5))).toBe(1);
  });

  it('does not grow with services that failed long ago', () => {
    const other = withFailure(emptyFailureRecord(0), failureKey('gone', 1), 1);

    expect([...withFailure(other, KEY, minutes(6)).failures.keys()]).toEqual([KEY]);
  });

  it('takes tasks without a spec version for version 0', () => {
    expect(failureKey('web', undefined)).toBe(failureKey('web', 0));
  });
});
