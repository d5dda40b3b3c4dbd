import { describe, expect, test } from 'vitest';
import { type Task, TaskState, taskStateName } from '../../../../src/api/index.ts';
import { NO_DISPATCHER_LATENCIES } from '../../../../src/manager/index.ts';
import type { Transaction } from '../../../../src/store/index.ts';
import { DispatcherWorld, type DispatcherWorldOptions, lonelyTask } from '../../../support/dispatcher-world.ts';
import { Conversation } from './conversation.ts';

const { ASSIGNED, PREPARING, READY, RUNNING, FAILED, ORPHANED } = TaskState;

describe('reports', () => {
  test('are written together every 100 ms', () => {
    const { world, agent } = connected({ tasks: [task('t1'), task('t2')] });
    world.at(1010, () => agent.report('t1', READY)).at(1095, () => agent.report('t2', READY));
    world.runUntil(1200);
    expect(applied(world)).toEqual(['t1 READY at 1100', 't2 READY at 1100']);
  });

  test('just miss a batch in whose instant they come', () => {
    const { world, agent } = connected({ tasks: [task('t1')] });
    world.at(1100, () => agent.report('t1', READY)).runUntil(1300);
    expect(applied(world)).toEqual(['t1 READY at 1200']);
  });

  test('are answered before they are written', () => {
    const { world, agent } = connected({ tasks: [task('t1')] });
    world.at(1010, () => agent.report('t1', READY)).runUntil(1010);
    expect(agent.heard('task-status-answered')).toHaveLength(1);
    expect(applied(world)).toEqual([]);
  });

  test('of one task within a batch count only by the last', () => {
    const { world, agent, states } = connected({ tasks: [task('t1')] });
    world.at(1010, () => agent.report('t1', PREPARING).report('t1', READY)).runUntil(1200);
    expect(states).toEqual(['t1 READY']);
  });

  test('never take a task back to a lower state', () => {
    const { world, agent, states } = connected({ tasks: [task('t1', RUNNING)] });
    world.at(1010, () => agent.report('t1', READY)).runUntil(1200);
    expect(states).toEqual([]);
  });

  test('that fall back within a batch are lost altogether', () => {
    const { world, agent, states } = connected({ tasks: [task('t1', READY)] });
    world.at(1010, () => agent.report('t1', RUNNING).report('t1', PREPARING)).runUntil(1200);
    expect(states).toEqual([]);
  });

  test('that repeat the stored state are written again', () => {
    const { world, agent, states } = connected({ tasks: [task('t1', RUNNING)] });
    world.at(1010, () => agent.report('t1', RUNNING)).runUntil(1200);
    expect(states).toEqual(['t1 RUNNING']);
  });

  test('do not bring a task back that was given up', () => {
    const { world, agent, states } = connected({ tasks: [task('t1', FAILED)] });
    const orphan = (tx: Transaction) => {
      const stored = tx.tasks.get('t1')!;
      tx.tasks.put({ ...stored, status: { ...stored.status, state: ORPHANED } });
    };
    world.at(1005, () => world.write(orphan));
    world.at(1010, () => agent.report('t1', FAILED)).runUntil(1200);
    expect(states).toEqual(['t1 ORPHANED']);
  });

  test('keep what the agent says of its container, and say when they were written', () => {
    const { world, agent } = connected({ tasks: [task('t1', RUNNING)] });
    const container = { containerId: 'c1', exitCode: 1 };
    world.at(1010, () => agent.report('t1', FAILED, { err: 'task: non-zero exit (1)', container })).runUntil(1200);
    expect(world.store.tasks.get('t1')?.status).toEqual({
      state: FAILED,
      message: 'failed',
      err: 'task: non-zero exit (1)',
      container,
      timestamp: 1_010_000,
      appliedAt: 1_100_000,
    });
  });

  test('of a task that is gone are answered and forgotten', () => {
    const { world, agent, states } = connected({});
    world.at(1010, () => agent.report('gone', READY)).runUntil(1200);
    expect(agent.heard('task-status-answered')).toHaveLength(1);
    expect(states).toEqual([]);
  });

  test('on the task of another node are refused', () => {
    const { world, agent, states } = connected({ nodes: ['a', 'b'], tasks: [task('t1', READY, 'b')] });
    world.at(1010, () => agent.report('t1', RUNNING)).runUntil(1200);
    expect(agent.refusals).toEqual([
      '1010 update-task-status: rpc error: code = PermissionDenied desc = cannot update a task not assigned this node',
    ]);
    expect(states).toEqual([]);
  });

  test('do not wait when there are ten thousand of them', () => {
    const tasks = Array.from({ length: 10_000 }, (_, index) => task(`t${index}`));
    const { world, agent } = connected({ tasks });
    world.at(1010, () => {
      for (const { id } of tasks) agent.report(id, READY);
    });
    world.runUntil(1010);
    expect(applied(world)).toHaveLength(10_000);
  });

  test('go into a batch of their own while raft takes its time, and the next batch is 100 ms after that', () => {
    const { world, agent } = connected({ tasks: [task('t1'), task('t2')], commitMs: 30 });
    // The first write, 30 ms long, made the node unknown; the second, from 130 to 160 ms, registered it.
    world.at(1010, () => agent.report('t1', READY)).at(1070, () => agent.report('t2', READY));
    world.runUntil(1300);
    expect(applied(world)).toEqual(['t1 READY at 1060', 't2 READY at 1190']);
  });

  test('are written in their instant by a dispatcher without latencies', () => {
    const { world, agent } = connected({ tasks: [task('t1')], dispatcher: { latencies: NO_DISPATCHER_LATENCIES } });
    world.at(1010, () => agent.report('t1', READY)).runUntil(1010);
    expect(applied(world)).toEqual(['t1 READY at 1010']);
  });
});

function task(id: string, state: TaskState = ASSIGNED, node = 'a') {
  return lonelyTask(node, id, { status: { state, message: '', timestamp: 0 } });
}

/** An agent of node `a` whose session is open at 1 s; `states` lists the tasks written since. */
function connected(options: DispatcherWorldOptions) {
  const states: string[] = [];
  const world = new DispatcherWorld({
    ...options,
    committed(changes) {
      for (const { table, kind, ...change } of changes)
        if (table === 'tasks' && kind === 'update') states.push(nameOf((change as { after: Task }).after));
    },
  });
  const agent = new Conversation(world);
  world.at(1, () => agent.open()).runUntil(1000);
  expect(agent.sessionId).not.toBe('');
  return { world, agent, states };
}

/** `t1 READY at 1100` for each task that a report has changed. */
function applied(world: DispatcherWorld): string[] {
  return world.store.tasks
    .all()
    .filter(({ status }) => status.appliedAt !== undefined)
    .map((each) => `${nameOf(each)} at ${each.status.appliedAt! / 1000}`);
}

function nameOf({ id, status }: Task): string {
  return `${id} ${taskStateName(status.state)}`;
}
