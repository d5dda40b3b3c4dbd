import { expect, it } from 'vitest';
import { OrchestrationWorld } from '../../../support/orchestration/world.ts';

/**
 * When the task of a new service is made, in milliseconds, where every write takes 100 ms. Another service is removed
 * meanwhile: at 9,550 its held replacement, which has found no node, is deleted. The replacement's delay began at 6,550.
 */
function taskMadeAt(delayMs: number): number | undefined {
  let madeAt: number | undefined;
  const world = new OrchestrationWorld(
    {
      retentionLimit: 5,
      measureFromMs: 0,
      untilMs: 20_000,
      nodes: [{ name: 'n1', cpus: 8, memoryMb: 1_000 }],
      images: {
        failing: { pullMs: 0, startMs: 1_000, stopMs: 100, failAfterMs: 4_000 },
        web: { pullMs: 300, startMs: 1_000, stopMs: 500 },
      },
      commitMs: 100,
      steps: [
        {
          at: 1_000,
          op: 'createService',
          service: { name: 'old', image: 'failing', replicas: 1, restart: { condition: 'any', delayMs } },
        },
        { at: 4_000, op: 'nodeAvailability', node: 'n1', availability: 'pause' },
        { at: 9_000, op: 'removeService', service: 'old' },
        { at: 9_460, op: 'createService', service: { name: 'new', image: 'web', replicas: 1 } },
        // Two writes between which the new task is made, if its orchestrator asks in time.
        { at: 9_470, op: 'setRetention', limit: 4 },
        { at: 9_700, op: 'setRetention', limit: 3 },
      ],
    },
    {
      seed: 1,
      listener: {
        refused: () => undefined,
        committed(atMs, changes) {
          for (const change of changes) {
            if (change.table !== 'tasks' || change.kind !== 'create') continue;
            if (change.after.serviceName === 'new') madeAt = atMs;
          }
        },
      },
    },
  );
  world.run();
  return madeAt;
}

it('a delayed start that is given up while it waits to write keeps its orchestrator until it has had its turn', () => {
  expect(taskMadeAt(20_000)).toBe(9_850);
  expect(taskMadeAt(2_950)).toBe(9_950);
});
