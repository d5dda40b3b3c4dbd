import { expect, test } from 'vitest';
import { oldTasksStopped } from '../../../../src/evaluate/surprises/old-tasks-stopped.ts';
import type { ServiceStory, TaskStory } from '../../../../src/evaluate/surprises/story.ts';

const NOTHING = { records: [], of: () => [], services: [], end: 100 };

function task(version: number, life: Partial<TaskStory>): TaskStory {
  return {
    task: `t${version}`,
    slot: 1,
    image: `api:${version}`,
    version,
    isBound: false,
    createdAt: 0,
    node: 'w1',
    placedAt: 0,
    unplaced: undefined,
    runningFrom: undefined,
    stopWantedAt: undefined,
    isRemoved: false,
    isOfJob: false,
    end: undefined,
    ...life,
  };
}

function service(...tasks: TaskStory[]): ServiceStory {
  const status = { seq: 1, at: 10, by: 'm1/updater', kind: 'update.changed', state: 'updating', message: '' } as const;
  return {
    service: 's',
    name: 'api',
    statuses: [{ ...status, service: 's', name: 'api' } as ServiceStory['statuses'][number]],
    edits: [],
    tasks,
    removedAt: undefined,
  };
}

const OLD = task(1, { runningFrom: 1, stopWantedAt: 50 });

test('an old task that has to go while its successor is starting was stopped early', () => {
  expect(oldTasksStopped.recognise(service(OLD, task(2, { createdAt: 20, runningFrom: 60 })), NOTHING)?.at).toBe(50);
});

test('not if a successor runs, although another one is starting', () => {
  const tasks = [OLD, task(2, { createdAt: 20, runningFrom: 49 }), task(3, { createdAt: 30 })];
  expect(oldTasksStopped.recognise(service(...tasks), NOTHING)).toBeUndefined();
});

test('not if the successor is made in the same instant, as stop-first does', () => {
  expect(oldTasksStopped.recognise(service(OLD, task(2, { createdAt: 50 })), NOTHING)).toBeUndefined();
});
