/**
 * What scheduling costs: `npx tsx --expose-gc bench/scheduler.ts`. A round is a whole pass: from the waiting tasks to
 * the absorbed commits, the store included. The floor is the bare loop that any scheduler of this kind needs: a heap
 * of nodes, of which the best is taken, counted and sifted for each task.
 */
import { type Task, TaskState } from '../src/api/index.ts';
import { compareText } from '../src/base/index.ts';
import {
  absorb,
  createScheduler,
  FIXED_ORDER,
  planUnassigned,
  type SchedulerState,
  writeDecision,
} from '../src/manager/scheduler/index.ts';
import { type Change, MAX_CHANGES_PER_TRANSACTION, MemoryStore } from '../src/store/index.ts';
import { newOwner } from '../src/store/owner.ts';
import { type Trie, trieGet, trieSet } from '../src/store/trie.ts';
import { nodeFrom, type ServiceDescription, serviceFrom, taskFrom } from '../test/support/scheduler-objects.ts';
import { goals, note, type Rival, race } from './harness.ts';

const SERVICE: ServiceDescription = {
  id: 'web',
  networkDrivers: ['overlay'],
  constraints: ['node.labels.tier == front'],
};
const RESERVING: ServiceDescription = { ...SERVICE, reservations: { nanoCPUs: 1e6, memoryBytes: 1e6 } };
const SPREAD: ServiceDescription = { ...RESERVING, preferences: ['node.labels.rack'] };

/** Tasks of one version are one group; tasks without a version are placed each by itself, as the real benchmark does. */
interface Load {
  readonly nodes: number;
  readonly tasks: number;
  readonly service: ServiceDescription;
  readonly specVersion: number | undefined;
}

function clusterOf({ nodes, tasks, service, specVersion }: Load): MemoryStore {
  const store = new MemoryStore();
  const tx = store.begin(0);
  const { specVersion: _, ...web } = serviceFrom(service, 1);
  const stored = tx.services.create(specVersion === undefined ? web : { ...web, specVersion });
  for (let index = 0; index < nodes; index += 1) {
    tx.nodes.create(
      nodeFrom({
        id: `node-${index}`,
        labels: { tier: 'front', rack: `rack-${index % 5}` },
        resources: { nanoCPUs: 64e9, memoryBytes: 256e9 },
      }),
    );
  }
  for (let index = 0; index < tasks; index += 1)
    tx.tasks.create(taskFrom(stored, { id: `task-${index}`, slot: index }));
  store.commit(tx);
  return store;
}

function schedule(store: MemoryStore, state: SchedulerState): void {
  const decisions = planUnassigned(state, { view: store, at: 1, random: FIXED_ORDER });
  const commits: (readonly Change[])[] = [];
  for (let next = 0; next < decisions.length; ) {
    const tx = store.begin(1);
    for (; next < decisions.length && tx.changes.length < MAX_CHANGES_PER_TRANSACTION; next += 1) {
      writeDecision(state, tx, decisions[next]!);
    }
    commits.push(store.commit(tx));
  }
  for (const changes of commits) for (const change of changes) absorb(state, change, 1);
}

function scheduling(name: string, load: Load): Rival {
  return {
    name,
    operations: load.tasks,
    prepare: () => {
      const store = clusterOf(load);
      const state = createScheduler(store, 0);
      return () => {
        schedule(store, state);
        if (store.tasks.all().some((task: Task) => task.nodeId === ''))
          throw new Error(`${name}: tasks were left over`);
      };
    },
  };
}

/**
 * Only what is inherent: a heap of the nodes, of which the best is taken, counted and sifted for each task, and the
 * task with its node written into a persistent array. No filters, groups, indexes or changes.
 */
function floor(name: string, load: Load): Rival {
  const owner = newOwner();
  return {
    name,
    operations: load.tasks,
    prepare: () => {
      const store = clusterOf(load);
      const tasks = store.tasks.all();
      const heap = store.nodes.all().map(({ id }) => ({ id, failures: 0, ofService: 0, total: 0 }));
      let written: Trie<Task> = null;
      return () => {
        for (const [index, task] of tasks.entries()) {
          const best = heap[0]!;
          const status = { state: TaskState.ASSIGNED, message: 'assigned', timestamp: 1 };
          written = trieSet(written, index, { ...task, nodeId: best.id, status, version: 1, updatedAt: 1 }, owner);
          best.ofService += 1;
          best.total += 1;
          let hole = 0;
          for (let child = 1; child < heap.length; child = 2 * hole + 1) {
            if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) < 0) child += 1;
            if (compare(best, heap[child]!) <= 0) break;
            heap[hole] = heap[child]!;
            hole = child;
          }
          heap[hole] = best;
        }
        if (trieGet(written, 0) === undefined) throw new Error('nothing was written');
      };
    },
  };
}

interface Counts {
  readonly id: string;
  readonly failures: number;
  readonly ofService: number;
  readonly total: number;
}

function compare(a: Counts, b: Counts): number {
  return a.failures - b.failures || a.ofService - b.ofService || a.total - b.total || compareText(a.id, b.id);
}

const load = (tasks: number, more: Partial<Load> = {}): Load => {
  return { nodes: 1000, tasks, service: SERVICE, specVersion: 1, ...more };
};

// G5 and G6. The real benchmark's tasks have no spec version, so each of them is placed by itself.
const results = race(
  [
    floor('floor', load(100_000)),
    scheduling('100,000 tasks, each by itself', load(100_000, { specVersion: undefined })),
    scheduling('100,000 tasks, one group', load(100_000)),
    scheduling('100,000 tasks, reserving', load(100_000, { service: RESERVING })),
    scheduling('100,000 tasks, with a preference', load(100_000, { service: SPREAD })),
    scheduling('10,000 tasks, each by itself', load(10_000, { specVersion: undefined })),
    scheduling('1,000 tasks, each by itself', load(1000, { specVersion: undefined })),
  ],
  { warmUps: 1, rounds: 5 },
);
note('floor: heap, task and trie, a task', results.cost('floor'));
const placing = (name: string, gate: number, aim: number): void => {
  goals.atMost(`${name}, on 1,000 nodes, over the floor`, results.ratio(name, 'floor'), { gate, aim });
};
placing('100,000 tasks, each by itself', 10, 5);
placing('100,000 tasks, one group', 10, 5);
placing('100,000 tasks, reserving', 10, 5);
placing('100,000 tasks, with a preference', 10, 5);
placing('10,000 tasks, each by itself', 15, 5);
placing('1,000 tasks, each by itself', 24, 6);

// G7
const growth = race([scheduling('small', load(100_000)), scheduling('large', load(1_000_000, { nodes: 10_000 }))], {
  warmUps: 0,
  rounds: 3,
});
goals.atMost('1,000,000 tasks on 10,000 nodes, a task, over 100,000 on 1,000', growth.ratio('large', 'small'), {
  gate: 3,
  aim: 1.5,
});
if (globalThis.gc) {
  goals.atMost('bytes of store for a placed task', bytesPerTask(load(100_000, { service: { id: 'web' } })), {
    gate: 1024,
    aim: 512,
  });
} else console.log('             bytes of store for a placed task: not measured without --expose-gc');

/** Of a service without networks: addresses are the allocator's, and each task has its own. */
function bytesPerTask(size: Load): number {
  const heapUsed = (): number => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = heapUsed();
  const store = clusterOf(size);
  schedule(store, createScheduler(store, 0));
  return (heapUsed() - before) / store.tasks.size;
}
