import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TaskState } from '../../src/api/index.ts';
import { createScheduler, planUnassigned, type RandomSource } from '../../src/manager/scheduler/index.ts';
import { MemoryStore } from '../../src/store/index.ts';
import { runs } from '../support/runs.ts';
import { type ClusterDescription, clusters, createCluster } from '../support/scheduler-arbitraries.ts';
import { taskFrom } from '../support/scheduler-objects.ts';
import { placeOneByOne } from '../support/scheduler-oracle.ts';

/** Chance as a constant: the pass's salt, and no shuffling, so that the oracle sees the tasks in the same order. */
function salted(salt: number): RandomSource {
  return { integer: (bound) => salt % bound, shuffle: (items) => [...items] };
}

/** A task of one of the services, waiting or on one of the nodes. */
interface DescribedTask {
  readonly service: number;
  readonly node: number;
  readonly isWaiting: boolean;
  readonly isWanted: boolean;
}

const tasks: fc.Arbitrary<DescribedTask[]> = fc.array(
  fc.record({ service: fc.nat({ max: 3 }), node: fc.nat({ max: 9 }), isWaiting: fc.boolean(), isWanted: fc.boolean() }),
  { maxLength: 30 },
);

function storeOf(cluster: ClusterDescription, described: readonly DescribedTask[]): MemoryStore {
  const store = new MemoryStore();
  const tx = store.begin(0);
  createCluster(tx, cluster);
  const services = tx.services.all().map(({ specVersion: _, ...service }) => service);
  for (const [index, { service, node, isWaiting, isWanted }] of described.entries()) {
    const nodeId = isWaiting ? '' : (cluster.nodes[node % Math.max(1, cluster.nodes.length)]?.id ?? '');
    const state = nodeId === '' ? TaskState.PENDING : TaskState.RUNNING;
    tx.tasks.create(
      taskFrom(services[service % services.length]!, {
        id: `task-${index}`,
        nodeId,
        status: { state, message: '', timestamp: 0 },
        desiredState: isWanted || nodeId === '' ? TaskState.RUNNING : TaskState.SHUTDOWN,
      }),
    );
  }
  store.commit(tx);
  return store;
}

describe('the shared heap of nodes', () => {
  it('chooses for each task what a pass over all nodes would choose, and says the same of those it cannot place', () => {
    fc.assert(
      fc.property(clusters, tasks, fc.nat(), (cluster, described, salt) => {
        const store = storeOf(cluster, described);
        const all = store.tasks.all();
        const waiting = all.filter(({ nodeId }) => nodeId === '');
        const expected = placeOneByOne({ nodes: store.nodes.all(), tasks: all }, waiting, salt);

        const state = createScheduler(store, 0);
        const decisions = planUnassigned(state, { view: store, at: 0, random: salted(salt) });

        const got = decisions.map((decision): readonly [string, string] => {
          if (decision.kind === 'assigned') return [decision.task.id, decision.nodeId];
          return [decision.task.id, decision.kind === 'unplaced' ? decision.err : decision.kind];
        });
        expect(got).toEqual(expected);
      }),
      { numRuns: runs(1000) },
    );
  });
});

describe('a group of tasks', () => {
  it('is placed like the same tasks one by one, where nodes start level and nothing stands in the way', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }), fc.nat(), (nodes, count, salt) => {
        const countsOf = (isGroup: boolean): readonly number[] => {
          const cluster = {
            nodes: Array.from({ length: nodes }, (_, id) => ({ id: `${id}` })),
            services: [{ id: 'web' }],
          };
          const store = new MemoryStore();
          const tx = store.begin(0);
          createCluster(tx, cluster);
          const { specVersion, ...service } = tx.services.get('web')!;
          const version = isGroup && specVersion !== undefined ? { specVersion } : {};
          for (let id = 0; id < count; id += 1)
            tx.tasks.create(taskFrom({ ...service, ...version }, { id: `task-${id}` }));
          store.commit(tx);
          const state = createScheduler(store, 0);
          planUnassigned(state, { view: store, at: 0, random: salted(salt) });
          return [...state.nodes.values()].map(({ activeTasks }) => activeTasks).sort();
        };
        expect(countsOf(true)).toEqual(countsOf(false));
      }),
    );
  });
});
