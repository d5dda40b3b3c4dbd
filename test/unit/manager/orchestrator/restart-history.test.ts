import { describe, expect, it } from 'vitest';
import {
  type RestartHistory,
  recordRestart,
  restartsInWindow,
} from '../../../../src/manager/orchestrator/restart/history.ts';

const slot = (instants: number[]) => ({ total: instants.length, specVersion: 1, instants });

describe('restarts in a window', () => {
  it('are those after its beginning and before its end', () => {
    expect(restartsInWindow(slot([1, 2, 5, 7, 7, 9]), 1, 7)).toBe(2);
    expect(restartsInWindow(slot([1, 2, 5]), 5, 7)).toBe(0);
    expect(restartsInWindow(slot([7, 8, 9]), 1, 7)).toBe(0);
  });

  it('are forgotten once a window begins after them', () => {
    const history = slot([1, 2, 5, 7]);

    restartsInWindow(history, 2, 6);

    expect(history.instants).toEqual([5, 7]);
  });
});

describe('a restart', () => {
  const replacement = (maxAttempts: number, window = 0, version = 1) =>
    ({
      serviceId: 'web',
      spec: { container: { image: 'web' }, restart: { condition: 'any', maxAttempts, window } },
      specVersion: version,
    }) as unknown as Parameters<typeof recordRestart>[2];

  it('is not remembered where attempts have no limit', () => {
    const history: RestartHistory = new Map();

    recordRestart(history, 'slot 1', replacement(0), 5);

    expect(history).toEqual(new Map());
  });

  it('is counted from the first one of its version, and dated where there is a window', () => {
    const history: RestartHistory = new Map();

    recordRestart(history, 'slot 1', replacement(3), 5);
    recordRestart(history, 'slot 1', replacement(3), 6);
    expect(history.get('web')?.get('slot 1')).toEqual({ total: 2, specVersion: 1, instants: [] });

    recordRestart(history, 'slot 1', replacement(3, 10, 2), 7);
    expect(history.get('web')?.get('slot 1')).toEqual({ total: 1, specVersion: 2, instants: [7] });
  });
});
