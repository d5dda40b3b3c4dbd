import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSwarm, type ServiceHandle, type Swarm, type Task, TaskState } from '../../src/index.ts';
import { byServiceId } from '../../src/store/index.ts';
import { runs } from '../support/runs.ts';

/** Clusters in which all goes well, with room for everything on any of their nodes but for what is reserved. */
const clusters = fc.record({
  seed: fc.nat(1_000),
  cpus: fc.array(fc.integer({ min: 4, max: 16 }), { minLength: 2, maxLength: 6 }),
  services: fc.array(
    fc.record({
      mode: fc.constantFrom('replicated' as const, 'replicated' as const, 'global' as const),
      replicas: fc.integer({ min: 1, max: 8 }),
      parallelism: fc.constantFrom(1, 2, 0),
      order: fc.constantFrom('stop-first' as const, 'start-first' as const),
      reserved: fc.constantFrom(undefined, 0.25),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

type Cluster = typeof clusters extends fc.Arbitrary<infer C> ? C : never;

function deploy({ seed, cpus, services }: Cluster): {
  readonly swarm: Swarm;
  readonly handles: readonly ServiceHandle[];
} {
  const swarm = createSwarm({
    seed,
    managers: 0,
    nodes: [
      { name: 'm1', role: 'manager', availability: 'drain' },
      ...cpus.map((count, index) => ({ name: `w${index + 1}`, cpus: count })),
    ],
  });
  const handles = services.map(({ mode, replicas, parallelism, order, reserved }, index) =>
    swarm.services.create({
      name: `s${index + 1}`,
      image: 'web:1',
      mode,
      ...(mode === 'replicated' && { replicas }),
      update: { parallelism, order },
      ...(reserved !== undefined && { reservations: { cpus: reserved } }),
    }),
  );
  swarm.runUntilSettled();
  return { swarm, handles };
}

function runningOn(swarm: Swarm, service: ServiceHandle): ReadonlyMap<string, number> {
  const counts = new Map(swarm.nodes().map(({ id }) => [id, 0]));
  for (const { nodeId, status } of swarm.view.tasks.find(byServiceId(service.id)))
    if (status.state === TaskState.RUNNING) counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
  return counts;
}

function workersOnly(counts: ReadonlyMap<string, number>): readonly number[] {
  return [...counts].filter(([node]) => node !== 'm1').map(([, count]) => count);
}

function isReplicated({ object }: ServiceHandle): boolean {
  return object.spec.mode.kind === 'replicated';
}

function wishes(tasks: readonly Task[]): unknown {
  return tasks.map(({ id, nodeId, desiredState, status }) => [id, nodeId, desiredState, status.state]);
}

describe('in a cluster in which all is well', () => {
  it('nothing moves to a new node by itself, and a global service gets exactly one task there', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const { swarm, handles } = deploy(cluster);
        const before = new Map(handles.map((handle) => [handle.id, wishes(handle.tasks())]));

        swarm.join({ name: 'new' });
        swarm.run({ for: '5m' });

        for (const handle of handles) {
          const onNew = handle.tasks().filter(({ nodeId }) => nodeId === 'new');
          expect(wishes(handle.tasks().filter((task) => !onNew.includes(task)))).toEqual(before.get(handle.id));
          expect(onNew.map(({ status }) => status.state)).toEqual(isReplicated(handle) ? [] : [TaskState.RUNNING]);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('a forced update, slot after slot and stop-first, spreads replicas evenly over all nodes again', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const services = cluster.services.map((service) => ({
          ...service,
          parallelism: 1 as const,
          order: 'stop-first' as const,
        }));
        const { swarm, handles } = deploy({ ...cluster, services });
        swarm.join({ name: 'new' });
        swarm.runUntilSettled();

        for (const handle of handles) handle.forceUpdate();
        swarm.runUntilSettled();

        for (const handle of handles.filter(isReplicated)) {
          const counts = workersOnly(runningOn(swarm, handle));
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          expect(handle.running).toBe(handle.replicas);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('a forced update of any kind gives a new node its share, though not always an even one', () => {
    fc.assert(
      fc.property(clusters, (cluster) => {
        const { swarm, handles } = deploy(cluster);
        swarm.join({ name: 'new' });
        swarm.runUntilSettled();

        for (const handle of handles) handle.forceUpdate();
        swarm.runUntilSettled();

        for (const handle of handles.filter(isReplicated)) {
          const onNew = runningOn(swarm, handle).get('new');
          if (handle.replicas > cluster.cpus.length) expect(onNew).toBeGreaterThan(0);
          expect(handle.running).toBe(handle.replicas);
        }
      }),
      { numRuns: runs(60) },
    );
  });

  it('a drain empties a node and loses no replica, and an activation brings back global tasks alone', () => {
    fc.assert(
      fc.property(clusters, fc.nat(), (cluster, nth) => {
        // Every node could hold everything.
        const { swarm, handles } = deploy({ ...cluster, cpus: cluster.cpus.map(() => 16) });
        const node = swarm.node(`w${(nth % cluster.cpus.length) + 1}`);

        node.drain();
        swarm.runUntilSettled();

        for (const handle of handles) {
          expect(runningOn(swarm, handle).get(node.id)).toBe(0);
          expect(handle.running).toBe(isReplicated(handle) ? handle.replicas : cluster.cpus.length - 1);
        }

        node.activate();
        swarm.runUntilSettled();
        for (const handle of handles) expect(runningOn(swarm, handle).get(node.id)).toBe(isReplicated(handle) ? 0 : 1);
      }),
      { numRuns: runs(60) },
    );
  });
});
