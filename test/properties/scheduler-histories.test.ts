import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Task, TaskState } from '../../src/api/index.ts';
import { absorb, createScheduler, forkScheduler, type SchedulerState } from '../../src/manager/scheduler/index.ts';
import type { Change, MemoryStore } from '../../src/store/index.ts';
import {
  type ClusterDescription,
  clusters,
  createCluster,
  type Event,
  events,
  perform,
} from '../support/scheduler-arbitraries.ts';
import { infoOf, refusalOf } from '../support/scheduler-oracle.ts';
import { SchedulerWorld } from '../support/scheduler-world.ts';

/** A property takes its time on a busy machine. */
const SLOW = { timeout: 60_000 };

const histories = fc.array(events, { minLength: 1, maxLength: 40 });

function worldOf(cluster: ClusterDescription, seed: number, observe?: (change: Change) => void): SchedulerWorld {
  const world = new SchedulerWorld({ seed, ...(observe && { observe }) });
  world.write((tx) => createCluster(tx, cluster));
  world.startScheduler();
  return world;
}

function isAssignment(before: Task, after: Task): boolean {
  return before.status.state === TaskState.PENDING && after.status.state === TaskState.ASSIGNED;
}

/** What the scheduler knows of its nodes, but for what it alone remembers. */
function accounts(state: SchedulerState): unknown {
  return [...state.nodes.values()].map((info) => ({
    id: info.node.id,
    tasks: [...info.tasks.keys()].sort(),
    activeTasks: info.activeTasks,
    activeByService: [...info.activeByService].sort(),
    nanoCpus: info.nanoCpus,
    memoryBytes: info.memoryBytes,
  }));
}

describe('any history of a cluster', () => {
  it(
    'never puts a task on a node that a filter refuses, so that reservations never exceed what the node has',
    SLOW,
    () => {
      fc.assert(
        fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
          const tasks = new Map<string, Task>();
          const world = worldOf(cluster, seed, (change) => {
            if (change.table !== 'tasks') return;
            tasks.delete(change.id);
            if (change.kind === 'delete') return;
            if (change.kind === 'update' && isAssignment(change.before, change.after)) {
              const node = world.store.nodes.get(change.after.nodeId)!;
              expect(refusalOf(change.after, infoOf(node, [...tasks.values()]))).toBeUndefined();
            }
            tasks.set(change.id, change.after);
          });
          for (const event of history) perform(world, event);
        }),
        { numRuns: 300 },
      );
    },
  );

  it('leaves the scheduler with the accounts that a new leader would count from the store', SLOW, () => {
    fc.assert(
      fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
        const world = worldOf(cluster, seed);
        for (const event of history) perform(world, event);
        expect(accounts(world.scheduler!)).toEqual(accounts(createScheduler(world.store, world.now)));
      }),
      { numRuns: 300 },
    );
  });

  it(
    'leaves every task that waits for a node with a reason, once the commits have been quiet for a second',
    SLOW,
    () => {
      fc.assert(
        fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
          const world = worldOf(cluster, seed);
          for (const event of history) perform(world, event);
          world.pass(1000);
          const waiting = world.store.tasks.all().filter(({ status }) => status.state === TaskState.PENDING);
          for (const { status } of waiting) expect(status.err).not.toBe(undefined);
        }),
        { numRuns: 200 },
      );
    },
  );

  it('repeats itself from the same seed', SLOW, () => {
    fc.assert(
      fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
        const run = (): readonly Task[] => {
          const world = worldOf(cluster, seed);
          for (const event of history) perform(world, event);
          return world.store.tasks.all();
        };
        expect(run()).toEqual(run());
      }),
      { numRuns: 50 },
    );
  });

  it(
    'goes on in a fork without a trace in the scheduler that it was forked from, and the other way round',
    SLOW,
    () => {
      fc.assert(
        fc.property(clusters, histories, histories, fc.nat(), (cluster, past, future, seed) => {
          const world = worldOf(cluster, seed);
          for (const event of past) perform(world, event);
          const original = world.scheduler!;
          const first = forkScheduler(original);
          const second = forkScheduler(original);
          const picture = structuredClone(first);

          follow(world.store.fork(), first, future);
          expect(second).toEqual(picture);
          for (const event of future) perform(world, event);
          expect(second).toEqual(picture);
        }),
        { numRuns: 100 },
      );
    },
  );
});

/** Lets a scheduler absorb what happens in a store. */
function follow(store: MemoryStore, state: SchedulerState, history: readonly Event[]): void {
  const world = {
    pass: () => undefined,
    write: (body: (tx: ReturnType<MemoryStore['begin']>) => void) => {
      const tx = store.begin(0);
      body(tx);
      for (const change of store.commit(tx)) absorb(state, change, 0);
    },
  };
  for (const event of history) perform(world, event);
}
