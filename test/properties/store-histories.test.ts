import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Service, type Task, TaskState } from '../../src/api/index.ts';
import {
  byDesiredState,
  byName,
  byNodeId,
  byServiceId,
  bySlot,
  byTaskState,
  type Change,
  MemoryStore,
  type ReadView,
  StoreError,
  type Transaction,
} from '../../src/store/index.ts';
import { newService, newTask } from '../unit/store/build.ts';

/** What a store should hold. Like the store, a `Map` keeps the order in which its keys were added. */
interface Model {
  index: number;
  tasks: Map<string, Task>;
  services: Map<string, Service>;
}

const SERVICES = ['web', 'db'];
const NODES = ['', 'n1', 'n2'];
const STATES = [TaskState.NEW, TaskState.RUNNING, TaskState.SHUTDOWN] as const;

const fields = fc.record({
  serviceId: fc.constantFrom(...SERVICES),
  slot: fc.nat(3),
  nodeId: fc.constantFrom(...NODES),
  desiredState: fc.constantFrom(...STATES),
  state: fc.constantFrom(...STATES),
});
const write = fc.oneof(
  fc.record({ kind: fc.constantFrom('create', 'update', 'put' as const), id: fc.nat(30).map(String), fields }),
  fc.record({ kind: fc.constant('delete' as const), id: fc.nat(30).map(String) }),
  // More than one leaf of a trie, and enough for the large form of a set of handles.
  fc.record({ kind: fc.constant('bulk' as const), count: fc.constantFrom(40, 300), first: fc.nat(3), fields }),
  fc.record({ kind: fc.constant('service' as const), id: fc.nat(3).map(String), name: fc.constantFrom('A', 'a', 'B') }),
);
type Write = typeof write extends fc.Arbitrary<infer W> ? W : never;

const sub = fc.record({ writes: fc.array(write, { maxLength: 4 }), fails: fc.boolean() });
const step = fc.record({
  branch: fc.nat(7),
  kind: fc.constantFrom('commit', 'commit', 'commit', 'commit', 'abort', 'fork', 'restore', 'reload'),
  subs: fc.array(sub, { maxLength: 4 }),
  target: fc.nat(7),
});

/** Does one write to both; the store must refuse exactly what the model says, and return what the model holds. */
function perform(tx: Transaction, model: Model, one: Write): void {
  const { at, version } = tx;
  if (one.kind === 'bulk') {
    for (let n = 0; n < one.count; n++) {
      perform(tx, model, { kind: 'create', id: `bulk-${one.first}-${n}`, fields: one.fields });
    }
    return;
  }
  if (one.kind === 'service') {
    const holder = [...model.services.values()].find((s) => s.spec.name.toLowerCase() === one.name.toLowerCase());
    const refusal = holder !== undefined ? 'name-conflict' : model.services.has(one.id) ? 'exist' : undefined;
    const create = () => tx.services.create(newService(one.id, one.name));
    if (refusal !== undefined) expect(create).toThrow(expect.objectContaining({ reason: refusal }));
    else model.services.set(one.id, create());
    return;
  }
  const before = model.tasks.get(one.id);
  const exists = before !== undefined;
  const attempt = (body: () => void): boolean => {
    const refusal = one.kind === 'create' ? (exists ? 'exist' : undefined) : exists ? undefined : 'not-exist';
    if (refusal !== undefined) expect(body).toThrow(expect.objectContaining({ reason: refusal }));
    else body();
    return refusal === undefined;
  };
  if (one.kind === 'delete') {
    if (attempt(() => tx.tasks.delete(one.id))) model.tasks.delete(one.id);
    return;
  }
  const { state, ...rest } = one.fields;
  const changes = { ...rest, status: { state, message: '', timestamp: at } };
  const made = {
    ...newTask(one.id),
    ...before,
    ...changes,
    version,
    createdAt: before?.createdAt ?? at,
    updatedAt: at,
  };
  const body = () => {
    if (one.kind === 'create') tx.tasks.create(newTask(one.id, changes));
    else if (one.kind === 'put') tx.tasks.put(made);
    else tx.tasks.update(one.id, (task) => void Object.assign(task, changes));
  };
  if (attempt(body)) model.tasks.set(one.id, made);
}

function expectSame(view: ReadView, model: Model): void {
  const tasks = [...model.tasks.values()];
  expect(view.index).toBe(model.index);
  expect(view.tasks.all()).toEqual(tasks);
  expect(view.services.all()).toEqual([...model.services.values()]);
  for (const task of tasks) expect(view.tasks.get(task.id)).toEqual(task);

  const expectFound = (by: Parameters<typeof view.tasks.find>[0], matches: (task: Task) => boolean) => {
    const ids = tasks.filter(matches).map((task) => task.id);
    expect(view.tasks.find(by).map((task) => task.id)).toEqual(ids);
    expect(view.tasks.count(by)).toBe(ids.length);
  };
  for (const id of SERVICES) expectFound(byServiceId(id), (task) => task.serviceId === id);
  for (const id of SERVICES) {
    for (const slot of [0, 1, 2, 3])
      expectFound(bySlot(id, slot), (task) => task.serviceId === id && task.slot === slot);
  }
  for (const id of NODES) expectFound(byNodeId(id), (task) => task.nodeId === id);
  for (const state of STATES) expectFound(byDesiredState(state), (task) => task.desiredState === state);
  for (const state of STATES) expectFound(byTaskState(state), (task) => task.status.state === state);
  for (const name of ['a', 'b']) {
    expect(view.services.find(byName(name))).toEqual(
      [...model.services.values()].filter((service) => service.spec.name.toLowerCase() === name),
    );
  }
}

const copyOf = (model: Model): Model => ({
  index: model.index,
  tasks: new Map(model.tasks),
  services: new Map(model.services),
});

class Undone extends Error {}

/** Runs the steps of a batch; those that fail leave the model untouched. */
function runSubs(tx: Transaction, model: Model, subs: readonly { writes: readonly Write[]; fails: boolean }[]): Model {
  let current = model;
  for (const { writes, fails } of subs) {
    const next = copyOf(current);
    const body = () =>
      tx.sub(() => {
        for (const one of writes) perform(tx, next, one);
        if (fails) throw new Undone();
      });
    if (fails) expect(body).toThrow(Undone);
    else body();
    if (!fails) current = next;
  }
  return current;
}

describe('a store', () => {
  it('equals plain maps through any history of commits, aborts, failing steps, forks and checkpoints', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const branches = [
          { store: new MemoryStore(), model: { index: 0, tasks: new Map(), services: new Map() } as Model },
        ];
        steps.forEach(({ branch, kind, subs, target }, at) => {
          const own = branches[branch % branches.length]!;
          const other = branches[target % branches.length]!;
          if (kind === 'fork') {
            const fork = { store: own.store.fork(), model: copyOf(own.model) };
            branches[branches.length < 8 ? branches.length : target] = fork;
          } else if (kind === 'restore') {
            own.store.restore(other.store.checkpoint());
            own.model = copyOf(other.model);
          } else if (kind === 'reload') {
            own.store.restore(JSON.parse(JSON.stringify(own.store.checkpoint())));
          } else {
            const tx = own.store.begin(at);
            const written = runSubs(tx, copyOf(own.model), subs);
            expectSame(tx, written);
            expectSame(own.store, own.model);
            if (kind === 'abort') tx.abort();
            else if (own.store.commit(tx).length > 0) own.model = { ...written, index: tx.version };
          }
        });
        for (const { store, model } of branches) expectSame(store, model);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('gives changes from which a follower, joining anywhere, builds the same contents in the same order', () => {
    const batches = fc.array(fc.array(sub, { maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(batches, fc.nat(7), (commits, joinsAfter) => {
        const leader = new MemoryStore();
        const follower = new MemoryStore();
        let model: Model = { index: 0, tasks: new Map(), services: new Map() };
        commits.forEach((subs, at) => {
          const tx = leader.begin(at);
          model = runSubs(tx, model, subs);
          const changes: readonly Change[] = leader.commit(tx);
          if (changes.length > 0) model.index = tx.version;
          if (at === joinsAfter) follower.restore(JSON.parse(JSON.stringify(leader.checkpoint())));
          else if (at > joinsAfter && changes.length > 0) follower.apply(changes, tx.version);
        });
        if (joinsAfter < commits.length) expectSame(follower, model);
      }),
      { numRuns: 100 },
    );
  }, 60_000);

  it('refuses a copy exactly when the object was written since the copy was read', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 6 }), (writes) => {
        const store = new MemoryStore();
        const first = store.begin(0);
        const copy = first.tasks.create(newTask('a'));
        first.tasks.create(newTask('b'));
        store.commit(first);
        writes.forEach((mine, at) => {
          const tx = store.begin(at);
          tx.tasks.update(mine ? 'a' : 'b', () => {});
          store.commit(tx);
        });
        const tx = store.begin(9);
        const attempt = () => tx.tasks.putIfUnchanged(copy);
        if (writes.includes(true)) expect(attempt).toThrow(StoreError);
        else expect(attempt().version).toBe(tx.version);
      }),
    );
  });
});
