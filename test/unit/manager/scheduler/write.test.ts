import { describe, expect, it } from 'vitest';
import { TaskState } from '../../../../src/api/index.ts';
import {
  createScheduler,
  type Decision,
  FIXED_ORDER,
  forkScheduler,
  planPreassigned,
  planUnassigned,
  putBack,
  type SchedulerState,
  type WriteOutcome,
  writeDecision,
} from '../../../../src/manager/scheduler/index.ts';
import type { MemoryStore, Transaction } from '../../../../src/store/index.ts';
import { storeWith } from '../../../support/scheduler-cluster.ts';
import { taskFrom } from '../../../support/scheduler-objects.ts';

interface Planned {
  readonly store: MemoryStore;
  readonly state: SchedulerState;
  readonly decision: Decision;
}

const web = { id: 'web', reservations: { nanoCPUs: 1 } };
const node = { id: 'n', resources: { nanoCPUs: 4 } };
const pending = { state: TaskState.PENDING, message: '', timestamp: 0 };

/** One task, for which one decision was made. */
function planned(nodes: readonly (typeof node)[], fields: { readonly nodeId?: string } = {}): Planned {
  const store = storeWith({ nodes, services: [web], tasks: [{ id: 't', service: 'web', status: pending, ...fields }] });
  const state = createScheduler(store, 0);
  const options = { view: store, at: 5, random: FIXED_ORDER };
  const [decision] = [...planPreassigned(state, options), ...planUnassigned(state, options)];
  return { store, state, decision: decision! };
}

function write({ store, state, decision }: Planned): WriteOutcome {
  const tx = store.begin(6);
  const outcome = writeDecision(state, tx, decision);
  store.commit(tx);
  return outcome;
}

function meanwhile({ store }: Planned, body: (tx: Transaction) => void): void {
  const tx = store.begin(5);
  body(tx);
  store.commit(tx);
}

describe('writing a decision', () => {
  it('gives the task its node, the time of the decision, and no error', () => {
    const plan = planned([node]);

    expect(write(plan)).toBe('written');
    expect(plan.store.tasks.get('t')).toMatchObject({
      nodeId: 'n',
      status: { state: TaskState.ASSIGNED, message: 'scheduler assigned task to node', timestamp: 5 },
      updatedAt: 6,
    });
  });

  it('confirms a bound task, which then waits no more', () => {
    const plan = planned([node], { nodeId: 'n' });

    expect(write(plan)).toBe('written');
    expect(plan.store.tasks.get('t')?.status.message).toBe('scheduler confirmed task can run on preassigned node');
    expect(plan.state.waitingPreassigned.size).toBe(0);
  });

  it('writes a reason once: a time stamp alone is no change', () => {
    const plan = planned([]);
    expect(write(plan)).toBe('written');
    expect(plan.store.tasks.get('t')?.status.err).toBe('no suitable node');

    expect(write(plan)).toBe('unchanged');
    expect(plan.store.index).toBe(2);
  });

  it('puts a task back that was written meanwhile, and frees the node', () => {
    const plan = planned([node]);
    meanwhile(plan, (tx) => tx.tasks.put({ ...tx.tasks.get('t')!, desiredState: TaskState.SHUTDOWN }));

    expect(write(plan)).toBe('put-back');
    expect(plan.store.tasks.get('t')?.nodeId).toBe('');
    expect([...plan.state.unassigned.keys()]).toEqual(['t']);
    expect(plan.state.nodes.get('n')).toMatchObject({ activeTasks: 0, nanoCpus: 4 });
  });

  it('does not mind that the node was written meanwhile', () => {
    const plan = planned([node]);
    meanwhile(plan, (tx) => tx.nodes.put(tx.nodes.get('n')!));

    expect(write(plan)).toBe('written');
  });

  it('frees the node of a task that was deleted meanwhile', () => {
    const plan = planned([node]);
    meanwhile(plan, (tx) => tx.tasks.delete('t'));

    expect(write(plan)).toBe('gone');
    expect(plan.state.unassigned.size).toBe(0);
    expect(plan.state.nodes.get('n')).toMatchObject({ activeTasks: 0, nanoCpus: 4 });
  });
});

describe('a decision that uses a cluster volume', () => {
  it('is put back, and the volume is free again, if the volume was drained meanwhile', () => {
    const store = storeWith({ nodes: [node], services: [web] });
    const tx = store.begin(1);
    tx.volumes.create({
      id: 'v',
      name: 'data',
      group: '',
      availability: 'active',
      driver: 'csi',
      sharing: 'none',
      scope: 'single',
    });
    const mounts = [{ type: 'cluster' as const, source: 'data', target: '/data' }];
    const { spec } = storeWith({ services: [web], tasks: [{ id: 't', service: 'web' }] }).tasks.get('t')!;
    const container = { ...spec.container, mounts };
    tx.tasks.create(taskFrom(tx.services.get('web')!, { id: 't', spec: { ...spec, container } }));
    store.commit(tx);
    const state = createScheduler(store, 0);
    const decisions = planUnassigned(state, { view: store, at: 5, random: FIXED_ORDER });
    expect(decisions).toMatchObject([{ kind: 'assigned', volumes: [{ id: 'v', source: 'data', target: '/data' }] }]);

    const plan = { store, state, decision: decisions[0]! };
    meanwhile(plan, (drain) => drain.volumes.put({ ...drain.volumes.get('v')!, availability: 'drain' }));

    expect(write(plan)).toBe('put-back');
    expect(state.volumes.get('v')?.usages.size).toBe(0);
  });
});

describe('a decision whose proposal was dropped', () => {
  it('is undone, and its task waits again', () => {
    for (const fields of [{}, { nodeId: 'n' }]) {
      const plan = planned([node], fields);
      const tx = plan.store.begin(6);
      writeDecision(plan.state, tx, plan.decision);
      tx.abort();

      putBack(plan.state, plan.decision);

      expect(plan.state.nodes.get('n')).toMatchObject({ activeTasks: 0, nanoCpus: 4 });
      expect([...plan.state.unassigned.keys(), ...plan.state.waitingPreassigned.keys()]).toEqual(['t']);
    }
  });

  it('is undone on one side of a fork alone, whoever undoes it', () => {
    const ways = [
      ({ state, decision }: Planned) => putBack(state, decision),
      ({ store, state, decision }: Planned) => {
        const tx = store.begin(6);
        tx.tasks.delete('t');
        writeDecision(state, tx, decision);
      },
    ];
    for (const undo of ways) {
      for (const fields of [{}, { nodeId: 'n' }]) {
        const plan = planned([node], fields);
        const other = forkScheduler(plan.state);
        const waiting = () => [...other.unassigned.keys(), ...other.waitingPreassigned.keys(), ...other.preassigned];
        const before = waiting();

        undo(plan);

        expect(waiting()).toEqual(before);
        expect(other.nodes.get('n')).toMatchObject({ activeTasks: 1, nanoCpus: 3 });
      }
    }
  });
});
