import { expect, it } from 'vitest';
import { TaskState } from '../../../../src/api/index.ts';
import { OrchestrationWorld } from '../../../support/orchestration/world.ts';

/** When the task of each service is assigned, in milliseconds. The services are made at once, and every write takes 100 ms. */
function assignedAt(services: readonly string[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const world = new OrchestrationWorld(
    {
      retentionLimit: 5,
      measureFromMs: 0,
      untilMs: 10_000,
      nodes: [{ name: 'n1', cpus: 8, memoryMb: 1_000 }],
      images: { web: { pullMs: 300, startMs: 1_000, stopMs: 500 } },
      commitMs: 100,
      steps: services.map((name) => ({ at: 1_000, op: 'createService', service: { name, image: 'web', replicas: 1 } })),
    },
    {
      seed: 1,
      listener: {
        refused: () => undefined,
        committed(atMs, changes) {
          for (const change of changes) {
            if (change.table !== 'tasks' || change.kind !== 'update') continue;
            const { serviceName, status } = change.after;
            if (status.state === TaskState.ASSIGNED) times.set(serviceName, atMs);
          }
        },
      },
    },
  );
  world.run();
  return times;
}

it('after its decisions the scheduler waits for another turn to write, and then places in one go what came meanwhile', () => {
  const times = assignedAt(['first', 'second', 'third']);

  // The third task becomes PENDING while the scheduler waits for that turn, which is after the allocator's.
  expect([...times]).toEqual([
    ['first', 1_900],
    ['second', 2_200],
    ['third', 2_200],
  ]);
});
