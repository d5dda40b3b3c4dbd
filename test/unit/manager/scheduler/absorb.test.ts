import { describe, expect, it } from 'vitest';
import { type Task, TaskState } from '../../../../src/api/index.ts';
import { failureKey, recentFailures } from '../../../../src/manager/scheduler/failures.ts';
import { absorb, createScheduler, type SchedulerState } from '../../../../src/manager/scheduler/index.ts';
import type { MemoryStore, Transaction } from '../../../../src/store/index.ts';
import { type ClusterContents, storeWith } from '../../../support/scheduler-cluster.ts';
import { nodeFrom } from '../../../support/scheduler-objects.ts';

interface Observed {
  readonly store: MemoryStore;
  readonly state: SchedulerState;
  /** Whether any of the changes required a pass. */
  write(body: (tx: Transaction) => void): boolean;
}

function observed(contents: ClusterContents): Observed {
  const store = storeWith(contents);
  const state = createScheduler(store, 0);
  return {
    store,
    state,
    write: (body) => {
      const tx = store.begin(1);
      body(tx);
      return store
        .commit(tx)
        .map((change) => absorb(state, change, 1))
        .includes(true);
    },
  };
}

function report(id: string, state: TaskState): (tx: Transaction) => void {
  return (tx) => {
    const task = tx.tasks.get(id)!;
    tx.tasks.put({ ...task, status: { ...task.status, state } });
  };
}

const service = { id: 'web', reservations: { nanoCPUs: 1 }, ports: [{ published: 80, mode: 'host' as const }] };
const node = { id: 'n', resources: { nanoCPUs: 4 } };
const running = { id: 't', service: 'web', nodeId: 'n' };
const pending: Task['status'] = { state: TaskState.PENDING, message: '', timestamp: 0 };

describe('a task on a node', () => {
  it('holds what it reserves, its port and its rank', () => {
    const { state } = observed({ nodes: [node], services: [service], tasks: [running] });

    expect(state.nodes.get('n')).toMatchObject({ activeTasks: 1, nanoCpus: 3, hostPorts: new Set(['tcp/80']) });
  });

  it('gives up its rank at once when it is not wanted any more, and that requires no pass', () => {
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [running] });

    const required = write((tx) => tx.tasks.put({ ...tx.tasks.get('t')!, desiredState: TaskState.SHUTDOWN }));

    expect(required).toBe(false);
    expect(state.nodes.get('n')).toMatchObject({ activeTasks: 0, nanoCpus: 3, hostPorts: new Set(['tcp/80']) });
  });

  it('gives everything back when it has ended, and that requires a pass', () => {
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [running] });

    expect(write(report('t', TaskState.SHUTDOWN))).toBe(true);
    expect(state.nodes.get('n')).toMatchObject({ activeTasks: 0, nanoCpus: 4, hostPorts: new Set() });
  });

  it('gives everything back when it is deleted, and that requires a pass', () => {
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [running] });

    expect(write((tx) => tx.tasks.delete('t'))).toBe(true);
    expect(state.nodes.get('n')).toMatchObject({ activeTasks: 0, nanoCpus: 4, hostPorts: new Set() });
  });

  it('is held against the node when it fails, unless it was bound to it', () => {
    const bound = { id: 'b', service: 'web', nodeId: 'n', status: pending };
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [running, bound] });

    write(report('b', TaskState.REJECTED));
    const failures = () => recentFailures(state.nodes.get('n')!.failures, failureKey('web', 1), 1);
    expect(failures()).toBe(0);
    write(report('t', TaskState.FAILED));
    expect(failures()).toBe(1);
  });
});

describe('a node', () => {
  it('that changes keeps its bookings, which may leave less than nothing', () => {
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [running] });

    const required = write((tx) => {
      tx.nodes.put({ ...tx.nodes.get('n')!, ...nodeFrom({ id: 'n', resources: { nanoCPUs: 0 } }) });
    });

    expect(required).toBe(true);
    expect(state.nodes.get('n')).toMatchObject({ activeTasks: 1, nanoCpus: -1 });
  });

  it('that stops reporting has nothing at all', () => {
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [running] });

    write((tx) => tx.nodes.put({ ...tx.nodes.get('n')!, description: { hostname: '' } }));

    expect(state.nodes.get('n')).toMatchObject({ nanoCpus: 0 });
  });

  it('that leaves requires no pass, and looks empty when it returns with its old id', () => {
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [running] });

    expect(write((tx) => tx.nodes.delete('n'))).toBe(false);
    expect(write((tx) => tx.nodes.create(nodeFrom(node)))).toBe(true);
    expect(state.nodes.get('n')).toMatchObject({ activeTasks: 0, nanoCpus: 4 });

    write(report('t', TaskState.RUNNING));
    expect(state.nodes.get('n')).toMatchObject({ activeTasks: 1, nanoCpus: 3 });
  });
});

describe('a waiting task', () => {
  it('stays in the queue when it is deleted, until the next pass', () => {
    const { state, write } = observed({ services: [service], tasks: [{ id: 't', service: 'web' }] });

    expect(write((tx) => tx.tasks.delete('t'))).toBe(false);
    expect([...state.unassigned.keys()]).toEqual(['t']);
  });

  it('that a new leader finds unwanted is ignored until somebody writes it', () => {
    const unwanted = { id: 't', service: 'web', desiredState: TaskState.SHUTDOWN };
    const { state, write } = observed({ services: [service], tasks: [unwanted] });
    expect(state.unassigned.size).toBe(0);

    expect(write((tx) => tx.tasks.put(tx.tasks.get('t')!))).toBe(true);
    expect([...state.unassigned.keys()]).toEqual(['t']);
  });

  it('that is ignored goes without a pass', () => {
    const unwanted = { id: 't', service: 'web', desiredState: TaskState.SHUTDOWN };
    const { write } = observed({ services: [service], tasks: [unwanted] });

    expect(write(report('t', TaskState.SHUTDOWN))).toBe(false);
  });

  it('bound to its node is looked at without a pass, and leaves when it is deleted', () => {
    const bound = { id: 'b', service: 'web', nodeId: 'n', status: pending };
    const { state, write } = observed({ nodes: [node], services: [service], tasks: [bound] });
    expect([...state.waitingPreassigned.keys()]).toEqual(['b']);

    write((tx) => tx.tasks.delete('b'));
    expect(state.waitingPreassigned.size).toBe(0);
  });
});

describe('named generic resources', () => {
  const ml = { id: 'ml', reservations: { generic: [{ kind: 'gpu', value: 1 }] } };
  const gpus = { id: 'n', resources: { generic: ['a', 'b', 'c'].map((name) => ({ kind: 'gpu', name })) } };
  const used = { id: 't', service: 'ml', nodeId: 'n', assignedGenericResources: [{ kind: 'gpu', name: 'c' }] };

  it('are dealt out afresh by a new leader, whatever is recorded on the task', () => {
    const { state } = observed({ nodes: [gpus], services: [ml], tasks: [used] });

    expect(state.nodes.get('n')!.generic).toEqual([
      { kind: 'gpu', name: 'b' },
      { kind: 'gpu', name: 'c' },
    ]);
  });

  it('come back as they were dealt, if nobody has written the task since', () => {
    const { state, write } = observed({ nodes: [gpus], services: [ml], tasks: [used] });

    write(report('t', TaskState.SHUTDOWN));

    expect(state.nodes.get('n')!.generic.map((each) => 'name' in each && each.name)).toEqual(['b', 'c', 'a']);
  });
});
