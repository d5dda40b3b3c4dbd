/** When the scheduler acts: a series of commits, and the moment at which each task gets its node. */
import { TaskState } from '../../../src/api/index.ts';
import type { Transaction } from '../../../src/store/index.ts';
import { networksFrom, nodeFrom, serviceFrom, taskFrom } from '../../support/scheduler-objects.ts';
import { vectorsOf } from '../../support/scheduler-vectors.ts';
import { SchedulerWorld } from '../../support/scheduler-world.ts';
import { type Family, failed, firstDifference, isRecord, passed, type Verdict } from '../family.ts';

interface TimingVector {
  readonly id: string;
  readonly nodes: number;
  readonly events: readonly TimedEvent[];
  readonly assignedAtMs: Readonly<Record<string, number>>;
}

interface TimedEvent {
  readonly atMs: number;
  readonly op: 'create' | 'preassign' | 'touch' | 'addNode';
}

const SETTLE_MS = 2000;

export const schedulerTiming: Family = {
  name: 'scheduler: timing',
  recognises: (content) => vectorsOf(content).every((vector) => isRecord(vector.assignedAtMs)),
  cases: (content) =>
    (vectorsOf(content) as unknown as TimingVector[]).map((vector) => ({
      id: vector.id,
      run: ({ seed }) => replay(vector, seed),
    })),
};

function replay(vector: TimingVector, seed: number): Verdict {
  const world = new SchedulerWorld({ seed });
  world.write((tx) => {
    for (let index = 0; index < vector.nodes; index += 1) tx.nodes.create(nodeFrom({ id: `n${index}` }));
    tx.services.create(SERVICE);
  });
  world.startScheduler();
  for (const { atMs, op } of vector.events) {
    world.pass(atMs - world.now / 1000);
    world.write((tx) => perform(tx, op));
  }
  world.pass(SETTLE_MS);
  const assigned = world.store.tasks.all().filter(({ status }) => status.state === TaskState.ASSIGNED);
  const got = Object.fromEntries(assigned.map(({ id, status }) => [id, status.timestamp / 1000]));
  const difference = firstDifference(vector.assignedAtMs, got, 'assignedAtMs');
  return difference ? failed(difference) : passed;
}

const SERVICE = serviceFrom({ id: 'service' }, 1);

function perform(tx: Transaction, op: TimedEvent['op']): void {
  switch (op) {
    case 'touch':
      for (const network of networksFrom({ id: '', networkDrivers: [`${tx.networks.size}`] }))
        tx.networks.create(network);
      return;
    case 'addNode':
      tx.nodes.create(nodeFrom({ id: `n${tx.nodes.size}` }));
      return;
    case 'create':
    case 'preassign':
      tx.tasks.create(taskFrom(SERVICE, { id: `t${tx.tasks.size + 1}`, nodeId: op === 'preassign' ? 'n0' : '' }));
  }
}
