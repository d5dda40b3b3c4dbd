/**
 * What the store costs: `NODE_OPTIONS=--expose-gc npx tsx bench/store.ts`.
 *
 * The floor is a plain mutable Map: no history, no index, no version. The rival is what the store is instead of: immer
 * over a Map of the whole state. Writes jump about in the table, so that caches do not flatter.
 */
import { castDraft, enableMapSet, Immer } from 'immer';
import { type Task, TaskState } from '../src/api/index.ts';
import { byServiceId, MAX_CHANGES_PER_TRANSACTION, MemoryStore, type NewEntity } from '../src/store/index.ts';
import { goals, note, type Rival, race } from './harness.ts';

const WRITES = 5_000;
const SPEC = { container: { image: 'web:v1' }, forceUpdate: 0 };
const NO_LABELS = {};

const tiny = storeOf(1e2);
const small = storeOf(1e3);
const large = storeOf(1e5);
const frozen = storeOf(1e5, true);

const writes = race([
  plainMap('plain Map', large),
  reports('report, 1e3 tasks', small),
  reports('report, 1e5 tasks', large),
  moves('move, 1e3 tasks', small),
  moves('move, 1e5 tasks', large),
  batch('one of 200 reports, 1e5 tasks', large),
  recipes('report as a recipe, 1e5 tasks', large),
  reports('report, 1e5 tasks, freezing', frozen),
]);
for (const name of [
  'plain Map',
  'report, 1e3 tasks',
  'report, 1e5 tasks',
  'move, 1e3 tasks',
  'move, 1e5 tasks',
  'one of 200 reports, 1e5 tasks',
  'report as a recipe, 1e5 tasks',
  'report, 1e5 tasks, freezing',
]) {
  note(name, writes.cost(name));
}
// Absolutely 5 and 2 us, where the plain Map takes a third of a microsecond.
for (const write of ['report', 'move']) {
  goals.atMost(`G3 ${write} over the plain Map, 1e5 tasks`, writes.ratio(`${write}, 1e5 tasks`, 'plain Map'), {
    gate: 15,
    aim: 6,
  });
}
goals.atMost('G3 report, 1e5 over 1e3 tasks', writes.ratio('report, 1e5 tasks', 'report, 1e3 tasks'), {
  gate: 4,
  aim: 4,
});

const whole = race([reports('report', large), wholeState('immer over the whole', large)], { warmUps: 1, rounds: 5 });
note('immer over the whole, 1e5 tasks', whole.cost('immer over the whole'));
goals.atLeast('G3 immer over the whole over a report, 1e5 tasks', whole.ratio('immer over the whole', 'report'), {
  gate: 1_000,
  aim: 10_000,
});

const forks = race([fork('1e2 tasks', tiny), fork('1e5 tasks', large)]);
goals.atMost('G4 fork in us, 1e5 tasks', forks.cost('1e5 tasks') / 1000, { gate: 5, aim: 5 });
goals.atMost('G4 fork, 1e5 over 1e2 tasks', forks.ratio('1e5 tasks', '1e2 tasks'), { gate: 2, aim: 2 });

const finds = race([find('1e3', 1e3), find('1e5', 1e5)]);
for (const name of ['1e3', '1e5']) note(`finding a service's ${name} tasks, each`, finds.cost(name));

goals.atMost('G4 KiB kept by a fork and 10 writes', bytesOf(100, () => forkAndWrite(large)) / 1024, {
  gate: 64,
  aim: 16,
});
goals.atMost('G7 bytes of store for a task', bytesOf(1, () => storeOf(1e5)) / 1e5, { gate: 1024, aim: 1024 });

function storeOf(count: number, freeze = false): MemoryStore {
  const store = new MemoryStore({ freeze });
  for (let start = 0; start < count; start += MAX_CHANGES_PER_TRANSACTION) {
    const tx = store.begin(start);
    for (let n = start; n < Math.min(start + MAX_CHANGES_PER_TRANSACTION, count); n += 1) tx.tasks.create(newTask(n));
    store.commit(tx);
  }
  return store;
}

/** Ids as long as Docker's; 100 tasks to a service and to a node. */
function newTask(n: number): NewEntity<Task> {
  return {
    id: idOf('task', n),
    serviceId: idOf('service', Math.floor(n / 100)),
    slot: (n % 100) + 1,
    nodeId: idOf('node', Math.floor(n / 100)),
    spec: SPEC,
    serviceName: 'web',
    serviceLabels: NO_LABELS,
    status: { state: TaskState.RUNNING, message: 'started', timestamp: 0 },
    desiredState: TaskState.RUNNING,
  };
}

function idOf(noun: string, n: number): string {
  return noun + String(n).padStart(25 - noun.length, '0');
}

function scattered<T>(items: readonly T[], n: number): T {
  return items[(n * 7919) % items.length]!;
}

function idsIn(store: MemoryStore): string[] {
  return store.tasks.all().map((task) => task.id);
}

function reported(task: Task, n: number): Task {
  const state = task.status.state === TaskState.RUNNING ? TaskState.FAILED : TaskState.RUNNING;
  return { ...task, status: { state, message: 'changed', timestamp: n } };
}

/** A rival whose operation is one write, and whose every round begins with the same contents. */
function writing(name: string, base: MemoryStore, write: (store: MemoryStore, id: string, n: number) => void): Rival {
  const ids = idsIn(base);
  const prepare = () => {
    const store = base.fork();
    return () => {
      for (let n = 0; n < WRITES; n += 1) write(store, scattered(ids, n), n);
    };
  };
  return { name, operations: WRITES, prepare };
}

/** One transaction on one task, as for an agent's report: a new state, a version and a change. */
function reports(name: string, base: MemoryStore): Rival {
  return writing(name, base, (store, id, n) => {
    const tx = store.begin(n);
    tx.tasks.put(reported(tx.tasks.get(id)!, n));
    store.commit(tx);
  });
}

/** One transaction that gives one task to another node, which moves it within an index. */
function moves(name: string, base: MemoryStore): Rival {
  const nodes = Array.from({ length: base.tasks.size / 100 }, (_, n) => idOf('node', n));
  return writing(name, base, (store, id, n) => {
    const tx = store.begin(n);
    tx.tasks.put({ ...tx.tasks.get(id)!, nodeId: scattered(nodes, n + 1) });
    store.commit(tx);
  });
}

function recipes(name: string, base: MemoryStore): Rival {
  return writing(name, base, (store, id, n) => {
    const tx = store.begin(n);
    tx.tasks.update(id, (task) => {
      task.status = castDraft(reported(store.tasks.get(id)!, n).status);
    });
    store.commit(tx);
  });
}

/** Reports that share their transactions, as a dispatcher's do. */
function batch(name: string, base: MemoryStore): Rival {
  const ids = idsIn(base);
  const prepare = () => {
    const store = base.fork();
    return () => {
      for (let start = 0; start < WRITES; start += MAX_CHANGES_PER_TRANSACTION) {
        const tx = store.begin(start);
        for (let n = start; n < start + MAX_CHANGES_PER_TRANSACTION; n += 1) {
          tx.tasks.put(reported(tx.tasks.get(scattered(ids, n))!, n));
        }
        store.commit(tx);
      }
    };
  };
  return { name, operations: WRITES, prepare };
}

function plainMap(name: string, base: MemoryStore): Rival {
  const ids = idsIn(base);
  const map = new Map(base.tasks.all().map((task) => [task.id, task]));
  const prepare = () => () => {
    for (let n = 0; n < WRITES; n += 1) {
      const id = scattered(ids, n);
      map.set(id, { ...reported(map.get(id)!, n), version: n });
    }
  };
  return { name, operations: WRITES, prepare };
}

function wholeState(name: string, base: MemoryStore): Rival {
  enableMapSet();
  const immer = new Immer({ autoFreeze: true });
  const ids = idsIn(base);
  let state: ReadonlyMap<string, Task> = new Map(base.tasks.all().map((task) => [task.id, task]));
  const prepare = () => () => {
    state = immer.produce(state, (draft) => {
      const id = scattered(ids, 1);
      draft.set(id, castDraft({ ...reported(state.get(id)!, 1), version: 1 }));
    });
  };
  return { name, operations: 1, prepare };
}

function fork(name: string, base: MemoryStore): Rival {
  const prepare = () => () => {
    for (let n = 0; n < WRITES; n += 1) base.fork();
  };
  return { name, operations: WRITES, prepare };
}

function find(name: string, count: number): Rival {
  const store = new MemoryStore();
  const tx = store.begin(0);
  for (let n = 0; n < count; n += 1) tx.tasks.create({ ...newTask(n), serviceId: 'web' });
  store.commit(tx);
  const prepare = () => () => {
    for (let found = 0; found < 1e5; found += count) store.tasks.find(byServiceId('web'));
  };
  return { name, operations: 1e5, prepare };
}

function forkAndWrite(base: MemoryStore): MemoryStore {
  const ids = idsIn(base);
  const branch = base.fork();
  for (let n = 0; n < 10; n += 1) {
    const tx = branch.begin(n);
    const id = scattered(ids, n + 1);
    tx.tasks.put(reported(tx.tasks.get(id)!, n));
    branch.commit(tx);
  }
  return branch;
}

/** Bytes kept alive by each of `count` results. */
function bytesOf(count: number, make: () => unknown): number {
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  const kept = Array.from({ length: count }, make);
  collectGarbage();
  return (process.memoryUsage().heapUsed - before) / kept.length;
}

function collectGarbage(): void {
  if (globalThis.gc === undefined) throw new Error('run with NODE_OPTIONS=--expose-gc');
  globalThis.gc();
}
