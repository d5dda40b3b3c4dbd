import { expect, test } from 'vitest';
import { TaskState } from '../../../../src/api/index.ts';
import { millis } from '../../../../src/base/index.ts';
import { DispatcherWorld, lonelyTask } from '../../../support/dispatcher-world.ts';
import { Conversation } from './conversation.ts';

test('a dispatcher that goes back to a checkpoint says the same again', () => {
  const tasks = [lonelyTask('a', 't1'), lonelyTask('a', 't2'), lonelyTask('b', 't3')];
  const world = new DispatcherWorld({ nodes: ['a', 'b', 'c'], tasks, dispatcher: { heartbeatJitter: millis(500) } });
  const agent = new Conversation(world);
  const other = new Conversation(world, 'b');
  const shutDown = (id: string) =>
    world.write((tx) => void tx.tasks.put({ ...tx.tasks.get(id)!, desiredState: TaskState.SHUTDOWN }));
  world.at(10, () => agent.open()).at(120, () => agent.openAssignments());
  // A report, an increment and a registration are under way at 1050 ms; b falls silent, c has never been heard of.
  world.at(1010, () => agent.report('t1', TaskState.FAILED)).at(1020, () => shutDown('t2'));
  world.at(1030, () => other.open()).at(3000, () => agent.heartbeat());
  world.runUntil(1050);
  const goBack = world.checkpoint();
  const before = world.heard.length;

  world.runUntil(60_000);
  const first = world.heard.slice(before);
  const nodes = world.store.nodes.all();
  goBack();
  const middle = world.heard.length;
  world.runUntil(60_000);

  expect(world.heard.slice(middle)).toEqual(first);
  expect(world.store.nodes.all()).toEqual(nodes);
  expect(first.map(({ at, node, message }) => `${at} ${node} ${message.kind}`)).toEqual([
    '1100 b session-opened',
    '1120 a assignments',
    '3000 a heartbeat-answered',
    // When they are given up is drawn.
    expect.stringMatching(/^1[4-9]\d00 [ab] session-failed$/),
    expect.stringMatching(/^1[4-9]\d00 [ab] session-failed$/),
  ]);
});
