import { expect, test } from 'vitest';
import { Reporter } from '../../../src/agent/reporter.ts';
import { TaskState, type TaskStatus } from '../../../src/api/index.ts';

const status = (state: TaskStatus['state'], timestamp = 0): TaskStatus => ({ state, message: '', timestamp });

function reporter() {
  const sent: string[] = [];
  return { sent, reporter: new Reporter({ send: (task, { state }) => sent.push(`${task} ${state}`) }) };
}

test('one report is under way at a time, and of those that wait each task sends its newest', () => {
  const { sent, reporter: it } = reporter();
  it.update('a', status(TaskState.ACCEPTED));
  it.update('a', status(TaskState.PREPARING));
  it.update('b', status(TaskState.ACCEPTED));
  it.update('a', status(TaskState.READY));

  it.sent('arrived');
  it.sent('arrived');
  it.sent('arrived');

  expect(sent).toEqual([`a ${TaskState.ACCEPTED}`, `a ${TaskState.READY}`, `b ${TaskState.ACCEPTED}`]);
});

test('a report that falls behind the one that waits is dropped', () => {
  const { sent, reporter: it } = reporter();
  it.update('a', status(TaskState.ACCEPTED));
  it.update('a', status(TaskState.FAILED));
  it.update('a', status(TaskState.RUNNING));

  it.sent('arrived');
  it.sent('arrived');

  expect(sent).toEqual([`a ${TaskState.ACCEPTED}`, `a ${TaskState.FAILED}`]);
});

test('a report that failed is sent again, unless there is a newer one', () => {
  const { sent, reporter: it } = reporter();
  it.update('a', status(TaskState.ACCEPTED));
  it.sent('failed');
  it.update('a', status(TaskState.READY));

  it.sent('failed');
  it.sent('arrived');

  expect(sent).toEqual([`a ${TaskState.ACCEPTED}`, `a ${TaskState.ACCEPTED}`, `a ${TaskState.READY}`]);
  expect(it.state).toEqual({ waiting: new Map(), sending: undefined });
});
