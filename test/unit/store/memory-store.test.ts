import { describe, expect, it } from 'vitest';
import { TaskState } from '../../../src/api/index.ts';
import { seconds } from '../../../src/base/index.ts';
import { byServiceId, MemoryStore, type Transaction } from '../../../src/store/index.ts';
import { newService, newTask } from './build.ts';

/** A store after one commit, at 1 s, of what `body` wrote. */
function storeWith(body: (tx: Transaction) => void): MemoryStore {
  const store = new MemoryStore({ freeze: true });
  const tx = store.begin(seconds(1));
  body(tx);
  store.commit(tx);
  return store;
}

const withTwoTasks = () =>
  storeWith((tx) => {
    tx.tasks.create(newTask('a'));
    tx.tasks.create(newTask('b'));
  });

describe('a transaction', () => {
  it('sees its own writes, and the store sees them after the commit', () => {
    const store = withTwoTasks();
    const tx = store.begin(seconds(2));

    tx.tasks.delete('a');
    tx.tasks.create(newTask('c'));
    const during = { inside: tx.tasks.all().map((task) => task.id), outside: store.tasks.all().map((task) => task.id) };
    store.commit(tx);

    expect(during).toEqual({ inside: ['b', 'c'], outside: ['a', 'b'] });
    expect(store.tasks.all().map((task) => task.id)).toEqual(['b', 'c']);
  });

  it('publishes one change for each call, in order, even for the same object', () => {
    const store = withTwoTasks();
    const tx = store.begin(seconds(2));
    const before = store.tasks.get('a');

    const first = tx.tasks.update('a', (task) => {
      task.desiredState = TaskState.SHUTDOWN;
    });
    const second = tx.tasks.put({ ...first, nodeId: 'n1' });
    tx.tasks.delete('a');

    expect(store.commit(tx)).toEqual([
      { table: 'tasks', kind: 'update', id: 'a', before, after: first },
      { table: 'tasks', kind: 'update', id: 'a', before: first, after: second },
      { table: 'tasks', kind: 'delete', id: 'a', before: second },
    ]);
  });

  it('is a change even where the recipe changes nothing', () => {
    const store = withTwoTasks();
    const tx = store.begin(seconds(2));
    tx.tasks.update('a', () => {});
    expect(store.commit(tx)).toHaveLength(1);
    expect(store.tasks.get('a')).toMatchObject({ version: 2, createdAt: seconds(1), updatedAt: seconds(2) });
  });

  it('leaves nothing behind when it is aborted', () => {
    const store = withTwoTasks();
    const before = store.checkpoint();
    const tx = store.begin(seconds(2));
    tx.tasks.delete('a');
    tx.tasks.create(newTask('c'));
    tx.abort();
    expect(store.checkpoint()).toBe(before);
  });

  it('refuses to be written after its end', () => {
    const store = withTwoTasks();
    const tx = store.begin(seconds(2));
    store.commit(tx);
    const message = 'a write after the end of its transaction';
    expect(() => tx.tasks.create(newTask('c'))).toThrow(message);
    expect(() => tx.tasks.update('a', () => {})).toThrow(message);
    expect(() => tx.tasks.delete('a')).toThrow(message);
    expect(() => store.commit(tx)).toThrow('the transaction is not of this store');
  });

  it('is the only one', () => {
    const store = new MemoryStore();
    const tx = store.begin(0);
    expect(() => store.begin(0)).toThrow('another transaction is open');
    tx.abort();
    expect(() => store.begin(0).abort()).not.toThrow();
  });

  it('commits once sealed and copied through text, as a proposal in flight is restored', () => {
    const store = withTwoTasks();
    const checkpoint = JSON.stringify(store.checkpoint());
    const tx = store.begin(seconds(2));
    tx.tasks.create(newTask('c'));
    const sealed = JSON.stringify(tx.seal());

    const copy = new MemoryStore();
    copy.restore(JSON.parse(checkpoint));
    copy.commit(JSON.parse(sealed));

    expect(store.tasks.size).toBe(2);
    expect(copy.tasks.all().map((task) => task.id)).toEqual(['a', 'b', 'c']);
    expect(copy.index).toBe(2);
  });

  it('does not commit once something else was', () => {
    const store = withTwoTasks();
    const first = store.begin(seconds(2));
    first.tasks.delete('a');
    const sealed = first.seal();
    const second = store.begin(seconds(2));
    second.tasks.delete('b');
    store.commit(second);
    expect(() => store.commit(sealed)).toThrow('something was committed since the transaction began');
  });
});

describe('versions', () => {
  it('rise by one for each commit that changed something', () => {
    const store = withTwoTasks();
    store.commit(store.begin(seconds(2)));
    const tx = store.begin(seconds(3));
    tx.tasks.update('b', () => {});
    tx.tasks.create(newTask('c'));
    store.commit(tx);
    expect(store.tasks.all().map((task) => task.version)).toEqual([1, 2, 2]);
    expect(store.index).toBe(2);
  });

  it('are the raft commit index of the begin where a driver gives it', () => {
    const store = withTwoTasks();
    const tx = store.begin(seconds(2), { version: 17 });
    tx.tasks.update('a', () => {});
    store.commit(tx);
    expect(store.tasks.get('a')?.version).toBe(17);
    expect(() => store.begin(seconds(3), { version: 17 })).toThrow('version 17 is not above the last one, 17');
    expect(store.begin(seconds(3)).version).toBe(18);
  });
});

describe('a write is refused', () => {
  it('when the id is taken or unknown', () => {
    const tx = withTwoTasks().begin(seconds(2));
    expect(() => tx.tasks.create(newTask('a'))).toThrow('object already exists');
    expect(() => tx.tasks.update('x', () => {})).toThrow('object does not exist');
    expect(() => tx.tasks.put({ ...tx.tasks.all()[0]!, id: 'x' })).toThrow('object does not exist');
    expect(() => tx.tasks.putIfUnchanged({ ...tx.tasks.all()[0]!, id: 'x' })).toThrow('object does not exist');
    expect(() => tx.tasks.delete('x')).toThrow('object does not exist');
    expect(tx.changes).toEqual([]);
  });

  it('when another service has the name, whatever its case, before the id is looked at', () => {
    const store = storeWith((tx) => {
      tx.services.create(newService('s1', 'Web'));
      tx.services.create(newService('s2', 'db'));
    });
    const tx = store.begin(seconds(2));
    const conflict = 'name conflicts with an existing object';
    const rename = (to: string) =>
      tx.services.update('s2', (service) => {
        service.spec.name = to;
      });
    expect(() => tx.services.create(newService('s1', 'web'))).toThrow(conflict);
    expect(() => rename('WEB')).toThrow(conflict);
    expect(rename('DB').spec.name).toBe('DB');
  });

  it('when the object was written after it was read', () => {
    const store = withTwoTasks();
    const stale = store.tasks.get('a')!;
    const tx = store.begin(seconds(2));
    const fresh = tx.tasks.update('a', () => {});

    expect(() => tx.tasks.putIfUnchanged(stale)).toThrow(
      expect.objectContaining({ reason: 'sequence-conflict', status: 'Unknown', message: 'update out of sequence' }),
    );
    expect(tx.tasks.putIfUnchanged({ ...fresh, nodeId: 'n1' }).nodeId).toBe('n1');
    expect(tx.tasks.put({ ...stale, nodeId: 'n2' }).nodeId).toBe('n2');
  });
});

describe('a sub-change', () => {
  it('that throws is undone, and the rest of the batch stays', () => {
    const store = withTwoTasks();
    const tx = store.begin(seconds(2));
    tx.tasks.create(newTask('c'));
    expect(() =>
      tx.sub((step) => {
        step.tasks.delete('a');
        step.tasks.update('b', (task) => {
          task.nodeId = 'n1';
        });
        step.tasks.create(newTask('d'));
        step.services.create(newService('s1', 'web'));
        step.tasks.delete('nobody');
      }),
    ).toThrow('object does not exist');
    tx.sub((step) => step.tasks.create(newTask('e')));

    expect(store.commit(tx).map((change) => `${change.kind} ${change.id}`)).toEqual(['create c', 'create e']);
    expect(store.tasks.all().map((task) => task.id)).toEqual(['a', 'b', 'c', 'e']);
    expect(store.tasks.find(byServiceId('web'))).toEqual(store.tasks.all());
    expect(store.services.size).toBe(0);
  });

  it('hands back what its body returns, and may hold another', () => {
    const tx = new MemoryStore().begin(0);
    const made = tx.sub((outer) => {
      expect(() =>
        outer.sub((inner) => {
          inner.tasks.create(newTask('a'));
          throw new Error('skipped');
        }),
      ).toThrow('skipped');
      return outer.tasks.create(newTask('b'));
    });
    expect(tx.tasks.all()).toEqual([made]);
  });
});

describe('a follower', () => {
  it('ends with the same checkpoint as the leader', () => {
    const leader = new MemoryStore();
    const follower = new MemoryStore();
    const bodies: ((tx: Transaction) => void)[] = [
      (tx) => ['a', 'b', 'c'].map((id) => tx.tasks.create(newTask(id))),
      (tx) => {
        tx.tasks.delete('b');
        tx.tasks.create(newTask('b', { slot: 2 }));
      },
      (tx) =>
        tx.tasks.update('a', (task) => {
          task.status.state = TaskState.FAILED;
        }),
    ];
    bodies.forEach((body, index) => {
      const tx = leader.begin(seconds(index), { version: 10 * (index + 1) });
      body(tx);
      follower.apply(leader.commit(tx), tx.version);
    });
    expect(follower.checkpoint()).toEqual(leader.checkpoint());
  });

  it('refuses a change that does not fit', () => {
    const store = withTwoTasks();
    const after = store.tasks.get('a')!;
    expect(() => store.apply([{ table: 'tasks', kind: 'create', id: 'a', after }], 2)).toThrow('create of a');
    expect(() => store.apply([{ table: 'tasks', kind: 'delete', id: 'x', before: after }], 2)).toThrow('delete of x');
    expect(() => store.apply([], 1)).toThrow('index 1 is not above the last one, 1');
    expect(store.tasks.size).toBe(2);
  });
});

describe('forks and checkpoints', () => {
  it('live on without seeing each other', () => {
    const store = withTwoTasks();
    const fork = store.fork();
    for (const [branch, id] of [
      [store, 'left'],
      [fork, 'right'],
    ] as const) {
      const tx = branch.begin(seconds(2));
      tx.tasks.create(newTask(id));
      branch.commit(tx);
    }
    expect(store.tasks.all().map((task) => task.id)).toEqual(['a', 'b', 'left']);
    expect(fork.tasks.all().map((task) => task.id)).toEqual(['a', 'b', 'right']);
  });

  it('take no part in an open transaction', () => {
    const store = withTwoTasks();
    const tx = store.begin(seconds(2));
    tx.tasks.delete('a');
    const fork = store.fork();
    const other = fork.begin(seconds(3));
    other.tasks.delete('b');
    fork.commit(other);
    store.commit(tx);
    expect([store, fork].map((branch) => branch.tasks.all().map((task) => task.id))).toEqual([['b'], ['a']]);
  });

  it('bring the old contents and the old index back', () => {
    const store = withTwoTasks();
    const checkpoint = store.checkpoint();
    const tx = store.begin(seconds(2));
    tx.tasks.delete('a');
    store.commit(tx);
    store.restore(checkpoint);
    expect(store.index).toBe(1);
    expect(store.tasks.all().map((task) => task.id)).toEqual(['a', 'b']);
  });

  it('leave tables and lists that were read as they were', () => {
    const store = withTwoTasks();
    const table = store.tasks;
    const tx = store.begin(seconds(2));
    tx.tasks.delete('a');
    store.commit(tx);
    expect(table.size).toBe(2);
    expect(table.get('a')?.id).toBe('a');
  });
});

describe('freezing', () => {
  it('covers all that a recipe made', () => {
    const tx = new MemoryStore().begin(0);
    tx.tasks.create(newTask('a'));
    const task = tx.tasks.update('a', (draft) => {
      draft.nodeId = 'n1';
    });
    expect([task, task.status, task.spec.container].every(Object.isFrozen)).toBe(true);
  });

  it('covers everything where the store is told to', () => {
    const tx = new MemoryStore({ freeze: true }).begin(0);
    const created = tx.tasks.create(newTask('a'));
    const put = tx.tasks.put({ ...created, status: { ...created.status, state: TaskState.PENDING } });
    expect([created, created.spec.container, put, put.status].every(Object.isFrozen)).toBe(true);
  });
});
