import { expect, test } from 'vitest';
import { beginHealth, type HealthState, type Monitored } from '../../../../src/agent/engine/health.ts';
import { awaitsHealth } from '../../../../src/agent/engine/health-config.ts';

test('a container that is not probed keeps the health that it had', () => {
  const known: HealthState = { status: 'healthy', failingStreak: 0, log: [], monitor: undefined };
  const container = { check: { test: ['NONE'] } } as unknown as Monitored;

  expect(beginHealth(known, container)).toBe(known);
  expect(beginHealth(undefined, container)).toBeUndefined();
});

test('the agent waits for health where the first word of a check is not NONE', () => {
  expect(awaitsHealth({ test: ['NONE', 'CMD'] })).toBe(false);
  expect(awaitsHealth({ test: ['CMD', 'NONE'] })).toBe(true);
  expect(awaitsHealth({ test: ['CMD'] })).toBe(true);
  expect(awaitsHealth({ test: [] })).toBe(false);
});
