import { describe, expect, it } from 'vitest';
import { TaskState } from '../../../src/api/index.ts';
import {
  type By,
  byDesiredState,
  byIdPrefix,
  byName,
  byNamePrefix,
  byNodeId,
  byRole,
  byServiceId,
  bySlot,
  byTaskState,
  MemoryStore,
} from '../../../src/store/index.ts';
import { newNetwork, newNode, newTask } from './build.ts';

function storeOfTasks(): MemoryStore {
  const store = new MemoryStore({ freeze: true });
  const tx = store.begin(0);
  tx.tasks.create(newTask('t3', { slot: 1, nodeId: 'n1' }));
  tx.tasks.create(newTask('t1', { slot: 2, nodeId: 'n2', desiredState: TaskState.SHUTDOWN }));
  tx.tasks.create(newTask('t2', { slot: 1, nodeId: 'n2' }));
  tx.tasks.create(newTask('x1', { serviceId: 'web 1', serviceName: 'agent', slot: 0, nodeId: 'n1' }));
  store.commit(tx);
  return store;
}

const idsOf = (entities: readonly { id: string }[]) => entities.map((entity) => entity.id);

describe('finding tasks', () => {
  const cases: [string, By, string[]][] = [
    ['of a service', byServiceId('web'), ['t3', 't1', 't2']],
    ['of a slot', bySlot('web', 1), ['t3', 't2']],
    ['of slot 0 of a global service', bySlot('web 1', 0), ['x1']],
    ['of a node', byNodeId('n2'), ['t1', 't2']],
    ['without a node', byNodeId(''), []],
    ['of a desired state', byDesiredState(TaskState.RUNNING), ['t3', 't2', 'x1']],
    ['of an observed state', byTaskState(TaskState.NEW), ['t3', 't1', 't2', 'x1']],
    ['by the start of their id', byIdPrefix('t'), ['t3', 't1', 't2']],
    ['by the name of slot and service', byName('WEB.2.t1'), ['t1']],
    ['by the name of node and service, where the slot is 0', byName('agent.n1.x1'), ['x1']],
    ['by the start of their name', byNamePrefix('Web.1'), ['t3', 't2']],
    ['that do not exist', byServiceId('nobody'), []],
  ];

  it.each(cases)('%s gives them in order of creation', (_, by, ids) => {
    const { tasks } = storeOfTasks();
    expect(idsOf(tasks.find(by))).toEqual(ids);
    expect(tasks.count(by)).toBe(ids.length);
  });

  it('keeps the order of creation through updates, and puts what was deleted and made again last', () => {
    const store = storeOfTasks();
    const tx = store.begin(1);
    tx.tasks.update('t1', (task) => {
      task.nodeId = 'n1';
    });
    tx.tasks.delete('t3');
    tx.tasks.create(newTask('t3', { nodeId: 'n1' }));
    expect(idsOf(tx.tasks.find(byNodeId('n1')))).toEqual(['t1', 'x1', 't3']);
    expect(idsOf(tx.tasks.all())).toEqual(['t1', 't2', 'x1', 't3']);
  });

  it('follows a task that moves to another service and slot', () => {
    const tx = storeOfTasks().begin(1);
    tx.tasks.update('t1', (task) => {
      task.serviceId = 'db';
    });
    expect(idsOf(tx.tasks.find(bySlot('db', 2)))).toEqual(['t1']);
    expect(tx.tasks.count(bySlot('web', 2))).toBe(0);
  });
});

describe('finding nodes', () => {
  it('by role goes by the role in effect', () => {
    const tx = new MemoryStore().begin(0);
    tx.nodes.create(newNode('n1'));
    tx.nodes.create(newNode('n2'));
    tx.nodes.update('n2', (node) => {
      node.role = 'manager';
    });
    tx.nodes.update('n1', (node) => {
      node.spec.role = 'manager';
    });
    expect(idsOf(tx.nodes.find(byRole('manager')))).toEqual(['n2']);
  });
});

describe('finding by name', () => {
  it('knows a node by its host name, once it has one, and several by the same', () => {
    const tx = new MemoryStore().begin(0);
    tx.nodes.create(newNode('n1', 'Host'));
    tx.nodes.create(newNode('n2', 'host'));
    tx.nodes.create(newNode('n3'));
    expect(idsOf(tx.nodes.find(byName('HOST')))).toEqual(['n1', 'n2']);
    expect(idsOf(tx.nodes.find(byNamePrefix('')))).toEqual(['n1', 'n2']);
    tx.nodes.update('n3', (node) => {
      node.description = { hostname: 'host' };
    });
    expect(tx.nodes.count(byName('host'))).toBe(3);
  });

  it('follows a new name and frees the old one', () => {
    const tx = new MemoryStore().begin(0);
    tx.networks.create(newNetwork('a', 'front'));
    tx.networks.update('a', (network) => {
      network.spec.name = 'back';
    });
    expect(idsOf(tx.networks.find(byName('back')))).toEqual(['a']);
    expect(tx.networks.create(newNetwork('b', 'front')).id).toBe('b');
    tx.networks.delete('b');
    expect(tx.networks.create(newNetwork('c', 'front')).id).toBe('c');
  });

  it('refuses what the table does not know', () => {
    expect(() => new MemoryStore().nodes.find(byServiceId('web'))).toThrow('invalid find argument type');
  });
});
