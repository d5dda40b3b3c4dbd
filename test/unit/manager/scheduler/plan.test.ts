import { describe, expect, it } from 'vitest';
import { TaskState } from '../../../../src/api/index.ts';
import {
  createScheduler,
  type Decision,
  FILTERS,
  FIXED_ORDER,
  type Filter,
  type PlanOptions,
  planPreassigned,
  planUnassigned,
  type SchedulerState,
} from '../../../../src/manager/scheduler/index.ts';
import type { MemoryStore } from '../../../../src/store/index.ts';
import { several, storeWith } from '../../../support/scheduler-cluster.ts';

function optionsFor(store: MemoryStore, more: Partial<PlanOptions> = {}): PlanOptions {
  return { view: store, at: 7, random: FIXED_ORDER, ...more };
}

function plan(store: MemoryStore, more: Partial<PlanOptions> = {}): Decision[] {
  return planUnassigned(createScheduler(store, 0), optionsFor(store, more));
}

/** Active tasks by node. */
function counts(state: SchedulerState): number[] {
  return [...state.nodes.values()].map(({ activeTasks }) => activeTasks);
}

function countsAfter(store: MemoryStore): number[] {
  const state = createScheduler(store, 0);
  planUnassigned(state, optionsFor(store));
  return counts(state);
}

const web = { id: 'web' };

describe('a pass over tasks without a node', () => {
  it('takes nodes by id and tasks by age where the order is fixed', () => {
    const store = storeWith({
      nodes: [{ id: 'b' }, { id: 'a' }],
      services: [web],
      tasks: several(3, { id: 't', service: 'web' }),
    });

    expect(plan(store)).toEqual(
      [
        { id: 't1', nodeId: 'a', rank: { failures: 0, ofService: 0, total: 0 } },
        { id: 't2', nodeId: 'b', rank: { failures: 0, ofService: 0, total: 0 } },
        { id: 't3', nodeId: 'a', rank: { failures: 0, ofService: 1, total: 1 } },
      ].map(({ id, nodeId, rank }) => {
        const task = store.tasks.get(id);
        return { kind: 'assigned', task, at: 7, nodeId, rank, volumes: [], genericResources: [] };
      }),
    );
  });

  it('does nothing until something has happened that may help', () => {
    const store = storeWith({ services: [web], tasks: [{ id: 't', service: 'web' }] });
    const state = createScheduler(store, 0);

    expect(planUnassigned(state, optionsFor(store))).toHaveLength(1);
    expect(planUnassigned(state, optionsFor(store))).toEqual([]);
  });

  it('tops nodes up in one sweep that never turns back, so that a big batch is not level', () => {
    const nodes = several(4, { id: 'n' });
    const running = [0, 1, 3, 8].flatMap((count, index) =>
      several(count, { id: `r${index}-`, service: 'web', nodeId: `n${index + 1}` }),
    );

    const store = storeWith({
      nodes,
      services: [web],
      tasks: [...running, ...several(9, { id: 't', service: 'web' })],
    });

    expect(countsAfter(store)).toEqual([2, 4, 7, 8]);
  });

  it('lets the first branch take a whole batch, because the mean includes branches above it', () => {
    const nodes = ['a', 'b', 'c'].map((rack) => ({ id: rack, labels: { rack } }));
    const service = { id: 'web', preferences: ['node.labels.rack'] };
    const running = several(7, { id: 'r', service: 'web', nodeId: 'a' });

    const store = storeWith({
      nodes,
      services: [service],
      tasks: [...running, ...several(4, { id: 't', service: 'web' })],
    });

    expect(countsAfter(store)).toEqual([7, 4, 0]);
  });

  it('skips a preference that names no label', () => {
    const nodes = several(2, { id: 'n' });
    const service = { id: 'web', preferences: ['node.hostname', 'node.labels.'] };

    const store = storeWith({ nodes, services: [service], tasks: several(4, { id: 't', service: 'web' }) });

    expect(countsAfter(store)).toEqual([2, 2]);
  });

  it('places a task that is no longer wanted, without counting it as active', () => {
    const unwanted = { id: 't', service: 'web', desiredState: TaskState.SHUTDOWN };
    const store = storeWith({ nodes: [{ id: 'n' }], services: [web] });
    const state = createScheduler(store, 0);
    const waiting = storeWith({ services: [web], tasks: [unwanted] }).tasks.get('t')!;
    state.unassigned.set('t', waiting);

    expect(planUnassigned(state, optionsFor(store))).toMatchObject([{ kind: 'assigned', nodeId: 'n' }]);
    expect(counts(state)).toEqual([0]);
  });

  it('counts the nodes by the filter that refused them, most first', () => {
    const nodes = [
      { id: 'a', availability: 'drain' as const },
      { id: 'b', labels: { tier: 'back' } },
      { id: 'c', labels: { tier: 'back' } },
    ];
    const service = { id: 'web', constraints: ['node.labels.tier == front'] };

    const [decision] = plan(storeWith({ nodes, services: [service], tasks: [{ id: 't', service: 'web' }] }));

    expect(decision).toMatchObject({
      kind: 'unplaced',
      err: 'no suitable node (scheduling constraints not satisfied on 2 nodes; 1 node not available for new tasks)',
    });
  });

  it('says nothing more where there is no node at all', () => {
    expect(plan(storeWith({ services: [web], tasks: [{ id: 't', service: 'web' }] }))).toMatchObject([
      { kind: 'unplaced', err: 'no suitable node' },
    ]);
  });

  it('ignores constraints that do not parse', () => {
    const service = { id: 'web', constraints: ['nonsense'] };
    const store = storeWith({ nodes: [{ id: 'n' }], services: [service], tasks: [{ id: 't', service: 'web' }] });

    expect(plan(store)).toMatchObject([{ kind: 'assigned' }]);
  });

  it('asks the filters that it is given', () => {
    const noOddNodes: Filter<true> = {
      name: 'even-only',
      looksAtBookings: false,
      inputOf: () => true,
      check: () => (info) => Number(info.node.id) % 2 === 0,
      explain: (nodes) => `odd: ${nodes}`,
      refusal: () => 'it is odd',
    };
    const store = storeWith({
      nodes: [{ id: '1' }, { id: '2' }],
      services: [web],
      tasks: several(2, { id: 't', service: 'web' }),
    });

    expect(plan(store, { filters: [...FILTERS, noOddNodes] })).toMatchObject([{ nodeId: '2' }, { nodeId: '2' }]);
  });
});

describe('a task that finds no node', () => {
  const full = { id: 'web', reservations: { memoryBytes: 1 } };

  it('is tried again in the next pass', () => {
    const store = storeWith({ nodes: [{ id: 'n' }], services: [full], tasks: [{ id: 't', service: 'web' }] });
    const state = createScheduler(store, 0);

    planUnassigned(state, optionsFor(store));

    expect([...state.unassigned.keys()]).toEqual(['t']);
  });

  it('is stranded, with its old text, once its service has a newer version', () => {
    const store = storeWith({ nodes: [{ id: 'n' }], services: [full], tasks: [{ id: 't', service: 'web' }] });
    const tx = store.begin(1);
    tx.services.update('web', (service) => {
      service.specVersion = 2;
    });
    store.commit(tx);
    const state = createScheduler(store, 0);

    expect(planUnassigned(state, optionsFor(store))).toEqual([]);
    expect(state.unassigned.size).toBe(0);
  });

  it('is shut down if besides nobody wants it any more', () => {
    const store = storeWith({ nodes: [{ id: 'n' }], services: [full], tasks: [{ id: 't', service: 'web' }] });
    const state = createScheduler(store, 0);
    state.unassigned.set('t', { ...store.tasks.get('t')!, specVersion: 0, desiredState: TaskState.SHUTDOWN });

    expect(planUnassigned(state, optionsFor(store))).toMatchObject([{ kind: 'shut-down' }]);
  });

  it('is dropped if its service is gone', () => {
    const store = storeWith({ nodes: [{ id: 'n' }], services: [full], tasks: [{ id: 't', service: 'web' }] });
    const tx = store.begin(1);
    tx.services.delete('web');
    store.commit(tx);
    const state = createScheduler(store, 0);

    expect(planUnassigned(state, optionsFor(store))).toEqual([]);
    expect(state.unassigned.size).toBe(0);
  });
});

describe('tasks without a version', () => {
  it('are placed one by one where there is the most room, like all others', () => {
    const store = storeWith({
      nodes: [{ id: 'a' }, { id: 'b' }, { id: 'c', resources: { nanoCPUs: 1 } }],
      services: [{ ...web, reservations: { nanoCPUs: 0 } }],
      tasks: [{ id: 'r', service: 'web', nodeId: 'a' }, ...several(5, { id: 't', service: 'web' })],
    });
    const state = createScheduler(store, 0);
    for (const [id, { specVersion: _, ...task }] of state.unassigned) state.unassigned.set(id, task);

    planUnassigned(state, optionsFor(store));

    expect(counts(state)).toEqual([2, 2, 2]);
  });
});

describe('nodes that are equal', () => {
  /** The nodes in the order in which they get tasks, where the walk over the map of nodes starts at each place in turn. */
  function ordersOf(nodes: number, tasks: number): string[] {
    const store = storeWith({
      nodes: several(nodes, { id: 'n' }),
      services: [web],
      tasks: several(tasks, { id: 't', service: 'web' }),
    });
    return Array.from({ length: 8 }, (_, start) => {
      const decisions = plan(store, { random: { ...FIXED_ORDER, integer: () => start } });
      return decisions.map((decision) => (decision.kind === 'assigned' ? decision.nodeId : 'nobody')).join(' ');
    });
  }

  it('are met round a ring of up to eight, from the first most often', () => {
    expect(ordersOf(3, 1)).toEqual(['n1', 'n2', 'n3', 'n1', 'n1', 'n1', 'n1', 'n1']);
  });

  it('get tasks in that order, but that the one met first comes last', () => {
    const fromFirst = 'n2 n3 n4 n1';
    const others = ['n3 n4 n1 n2', 'n4 n1 n2 n3', 'n1 n2 n3 n4'];
    expect(ordersOf(4, 4)).toEqual([fromFirst, ...others, fromFirst, fromFirst, fromFirst, fromFirst]);
  });
});

describe('a node that has less than its tasks reserve', () => {
  it('takes a task that reserves nothing, and no other', () => {
    const large = { id: 'large', reservations: { nanoCPUs: 4, memoryBytes: 4 } };
    const store = storeWith({
      nodes: [{ id: 'n', resources: { nanoCPUs: 1, memoryBytes: 1 } }],
      services: [web, large],
      tasks: [
        { id: 'r', service: 'large', nodeId: 'n' },
        { id: 't', service: 'web' },
        { id: 'u', service: 'large' },
      ],
    });

    expect(plan(store)).toMatchObject([
      { kind: 'assigned', nodeId: 'n', task: { id: 't' } },
      { kind: 'unplaced', task: { id: 'u' } },
    ]);
  });
});

describe('a task that is bound to its node', () => {
  const pending = { state: TaskState.PENDING, message: '', timestamp: 0 };

  it('is confirmed there, or told why not in the bare words of one filter', () => {
    const service = { id: 'web', reservations: { memoryBytes: 2 } };
    const nodes = [{ id: 'a', resources: { memoryBytes: 2 } }, { id: 'b' }];
    const tasks = nodes.map(({ id }) => ({ id: `on-${id}`, service: 'web', nodeId: id, status: pending }));
    const store = storeWith({ nodes, services: [service], tasks });

    expect(planPreassigned(createScheduler(store, 0), optionsFor(store))).toMatchObject([
      { kind: 'confirmed', nodeId: 'a' },
      { kind: 'unplaced', err: 'insufficient resources on 1 node' },
    ]);
  });

  it('waits in silence for a node that is not known', () => {
    const tasks = [{ id: 't', service: 'web', nodeId: 'nope', status: pending }];
    const store = storeWith({ services: [web], tasks });

    expect(planPreassigned(createScheduler(store, 0), optionsFor(store))).toEqual([]);
  });
});
