import { describe, expect, test } from 'vitest';
import { type Task, TaskState } from '../../../../src/api/index.ts';
import { NO_DISPATCHER_LATENCIES } from '../../../../src/manager/index.ts';
import { DispatcherWorld, type DispatcherWorldOptions, lonelyTask } from '../../../support/dispatcher-world.ts';
import { Conversation } from './conversation.ts';

const { NEW, PENDING, ASSIGNED, ACCEPTED, RUNNING, SHUTDOWN, COMPLETE } = TaskState;

describe('the complete set', () => {
  test('holds all tasks of the node from ASSIGNED on, ended ones too', () => {
    const { agent } = listening({
      nodes: ['a', 'b'],
      tasks: [
        task('waits', { status: status(NEW) }),
        task('new', { status: status(ASSIGNED) }),
        task('runs'),
        task('ended', { status: status(COMPLETE), desiredState: SHUTDOWN }),
        lonelyTask('b', 'elsewhere'),
      ],
    });
    const [set] = agent.heard('assignments');
    expect(set).toMatchObject({ set: 'complete', removed: [] });
    expect(set?.updated.map(({ id }) => id)).toEqual(['new', 'runs', 'ended']);
  });
});

describe('an increment', () => {
  test('is sent 100 ms after the last of a series of changes', () => {
    const { world, agent } = listening({ tasks: [task('t1'), task('t2')] });
    world.at(1000, () => shutDown(world, 't1')).at(1060, () => shutDown(world, 't2'));
    world.runUntil(2000);
    expect(agent.increments).toEqual(['1160 +t1 +t2']);
  });

  test('is sent at once with the hundredth change', () => {
    const tasks = Array.from({ length: 130 }, (_, index) => task(`t${index}`));
    const { world, agent } = listening({ tasks });
    for (const [index, { id }] of tasks.entries()) world.at(1000 + 10 * index, () => shutDown(world, id));
    world.runUntil(3000);
    const [first, second] = agent.increments;
    expect(first).toMatch(/^1990 \+t0 .* \+t99$/);
    expect(second).toMatch(/^2390 \+t100 .* \+t129$/);
    expect(agent.increments).toHaveLength(2);
  });

  test('carries a task that is new on the node', () => {
    const { world, agent } = listening({ tasks: [task('t1', { nodeId: '', status: status(PENDING) })] });
    world.at(1000, () => change(world, 't1', { nodeId: 'a', status: status(ASSIGNED) })).runUntil(2000);
    expect(agent.increments).toEqual(['1100 +t1']);
  });

  test('says nothing of a task that waits on its node', () => {
    const { world, agent } = listening({ tasks: [task('t1', { status: status(NEW) })] });
    world.at(1000, () => change(world, 't1', { status: status(NEW, 'no room') })).runUntil(2000);
    expect(agent.increments).toEqual([]);
  });

  test('tells the agent nothing of its own reports', () => {
    const { world, agent } = listening({ tasks: [task('t1', { status: status(ACCEPTED) })] });
    world.at(1000, () => agent.report('t1', RUNNING)).runUntil(2000);
    expect(world.store.tasks.get('t1')?.status.state).toBe(RUNNING);
    expect(agent.increments).toEqual([]);
  });

  test('carries an ASSIGNED task again whatever was written to it', () => {
    const { world, agent } = listening({ tasks: [task('t1', { status: status(ASSIGNED) })] });
    world.at(1000, () => change(world, 't1', {})).runUntil(2000);
    expect(agent.increments).toEqual(['1100 +t1']);
  });

  test('removes a task that is deleted, also one that has changed just before', () => {
    const { world, agent } = listening({ tasks: [task('t1'), task('t2')] });
    world.at(1000, () => shutDown(world, 't1'));
    world.at(1050, () => world.write((tx) => void [tx.tasks.delete('t1'), tx.tasks.delete('t2')]));
    world.runUntil(2000);
    expect(agent.increments).toEqual(['1150 -t1 -t2']);
  });

  test('repeats nothing that the complete set held', () => {
    const world = new DispatcherWorld({ tasks: [task('t1')] });
    const agent = new Conversation(world);
    world.at(10, () => agent.open()).runUntil(200);
    // The change and the request come in one instant: the set that answers it has the change already.
    world.at(300, () => {
      shutDown(world, 't1');
      agent.openAssignments();
    });
    world.runUntil(2000);
    expect(agent.heard('assignments')[0]?.updated[0]?.desiredState).toBe(SHUTDOWN);
    expect(agent.increments).toEqual([]);
  });

  test('waits on when a task ends that was the last to use a secret', () => {
    const withSecret = { image: 'image', secrets: [{ id: 's', name: 's' }] };
    const using = { spec: { container: withSecret, forceUpdate: 0 } };
    const { world, agent } = listening({ tasks: [task('t1'), task('t2', using), task('t3', using)] });
    world.at(1050, () => shutDown(world, 't1')).at(1060, () => agent.report('t2', COMPLETE));
    world.at(2050, () => shutDown(world, 't3')).at(2060, () => agent.report('t3', COMPLETE));
    world.runUntil(3000);
    expect(agent.increments).toEqual(['1150 +t1', '2200 +t3']);
  });

  test('to a session that another has replaced is its last', () => {
    const { world, agent } = listening({ tasks: [task('t1')] });
    const { sessionId } = agent;
    world.at(1000, () => agent.open()).runUntil(1200);
    expect(agent.sessionId).not.toBe(sessionId);
    world.at(1250, () => shutDown(world, 't1')).runUntil(2000);
    expect(agent.refusals).toEqual(['1100 session: rpc error: code = InvalidArgument desc = session invalid']);
    expect(agent.increments).toEqual([]);
  });

  test('to a node that is lost, but not known to be, is its last too', () => {
    const { world, agent } = listening({ tasks: [task('t1')] });
    // The node is lost at 15.1 s, and DOWN with the next batch at 15.2 s.
    world.at(15_050, () => shutDown(world, 't1')).runUntil(16_000);
    expect(agent.increments).toEqual(['15150 +t1']);
    expect(agent.refusals).toEqual(['15150 assignments: rpc error: code = NotFound desc = node not registered']);
  });

  test('is not sent once the session is closed', () => {
    const { world, agent } = listening({ tasks: [task('t1')] });
    world.at(1000, () => shutDown(world, 't1')).at(1050, () => agent.close());
    world.runUntil(2000);
    expect(agent.increments).toEqual([]);
  });

  test('leaves in the instant of the change from a dispatcher without latencies', () => {
    const { world, agent } = listening({ tasks: [task('t1')], dispatcher: { latencies: NO_DISPATCHER_LATENCIES } });
    world.at(1000, () => shutDown(world, 't1')).runUntil(1000);
    expect(agent.increments).toEqual(['1000 +t1']);
  });
});

function listening(options: DispatcherWorldOptions) {
  const world = new DispatcherWorld(options);
  const agent = new Conversation(world);
  world.at(10, () => agent.open()).at(200, () => agent.openAssignments());
  world.runUntil(500);
  return { world, agent };
}

function task(id: string, fields: Partial<Task> = {}) {
  return lonelyTask('a', id, fields);
}

function status(state: TaskState, err?: string) {
  return { state, message: '', timestamp: 0, ...(err !== undefined && { err }) };
}

function shutDown(world: DispatcherWorld, id: string): void {
  change(world, id, { desiredState: SHUTDOWN });
}

function change(world: DispatcherWorld, id: string, fields: Partial<Task>): void {
  world.write((tx) => void tx.tasks.put({ ...tx.tasks.get(id)!, ...fields }));
}
