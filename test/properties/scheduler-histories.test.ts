import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Node, type Task, TaskState } from '../../src/api/index.ts';
import { FILTERS } from '../../src/manager/scheduler/filters/index.ts';
import { absorb, createScheduler, forkScheduler, type SchedulerState } from '../../src/manager/scheduler/index.ts';
import type { Change, MemoryStore } from '../../src/store/index.ts';
import { runs } from '../support/runs.ts';
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

/** Of each filter, or nothing is said of it. */
const LEAST_REFUSALS = 5;

const histories = fc.array(events, { minLength: 1, maxLength: 40, size: 'max' });

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
  it('never puts a task on a node that a filter refuses, whichever filter it is', () => {
    const refusals = new Map<string, number>();
    fc.assert(
      fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
        const tasks = new Map<string, Task>();
        const world = worldOf(cluster, seed, (change) => {
          if (change.table !== 'tasks') return;
          tasks.delete(change.id);
          if (change.kind === 'delete') return;
          if (change.kind === 'update' && isAssignment(change.before, change.after)) {
            const refusalBy = (node: Node) => refusalOf(change.after, infoOf(node, [...tasks.values()]));
            expect(refusalBy(world.store.nodes.get(change.after.nodeId)!)).toBeUndefined();
            for (const node of world.store.nodes.all()) {
              const refusal = refusalBy(node);
              if (refusal === undefined) continue;
              const { name } = FILTERS[refusal]!;
              refusals.set(name, (refusals.get(name) ?? 0) + 1);
            }
          }
          tasks.set(change.id, change.after);
        });
        for (const event of history) perform(world, event);
      }),
      { numRuns: runs(300) },
    );
    // Volumes of the cluster are not among what is drawn.
    const met = FILTERS.map(({ name }) => name).filter((name) => (refusals.get(name) ?? 0) >= LEAST_REFUSALS);
    expect(met).toEqual(FILTERS.slice(0, -1).map(({ name }) => name));
  });

  it('never lets reservations exceed what a node has, unless it has shrunk under its tasks', () => {
    fc.assert(
      fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
        const world = worldOf(cluster, seed);
        for (const event of history) {
          if (event.op !== 'node') perform(world, event);
          for (const node of world.store.nodes.all()) {
            const { nanoCpus, memoryBytes } = infoOf(node, world.store.tasks.all());
            expect([nanoCpus < 0, memoryBytes < 0]).toEqual([false, false]);
          }
        }
      }),
      { numRuns: runs(200) },
    );
  });

  it('leaves the scheduler with the accounts that a new leader would count from the store', () => {
    fc.assert(
      fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
        const world = worldOf(cluster, seed);
        for (const event of history) perform(world, event);
        expect(accounts(world.scheduler!)).toEqual(accounts(createScheduler(world.store, world.now)));
      }),
      { numRuns: runs(300) },
    );
  });

  it('leaves every task that waits for a node with a reason, once the commits have been quiet for a second', () => {
    fc.assert(
      fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
        const world = worldOf(cluster, seed);
        for (const event of history) perform(world, event);
        world.pass(1000);
        const waiting = world.store.tasks.all().filter(({ status }) => status.state === TaskState.PENDING);
        for (const { status } of waiting) expect(status.err).not.toBe(undefined);
      }),
      { numRuns: runs(200) },
    );
  });

  it('repeats itself from the same seed', () => {
    fc.assert(
      fc.property(clusters, histories, fc.nat(), (cluster, history, seed) => {
        const run = (): readonly Task[] => {
          const world = worldOf(cluster, seed);
          for (const event of history) perform(world, event);
          return world.store.tasks.all();
        };
        expect(run()).toEqual(run());
      }),
      { numRuns: runs(50) },
    );
  });

  it('goes on in a fork without a trace in the scheduler that it was forked from, and the other way round', () => {
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
      { numRuns: runs(100) },
    );
  });
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
