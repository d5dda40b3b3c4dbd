import { beforeEach, describe, expect, test } from 'vitest';
import { Session, serviceBody } from './session.ts';

let session: Session;
beforeEach(() => {
  session = new Session();
  session.create('web', { Labels: { team: 'x' }, Mode: { Replicated: { Replicas: 2 } } });
  session.create('agent', { Mode: { Global: {} } });
});

interface Task {
  readonly ID: string;
  readonly ServiceID: string;
  readonly NodeID: string;
  readonly Slot?: number;
  readonly DesiredState: string;
  readonly Status: { readonly State: string };
}

function tasks(filters: unknown): Task[] {
  return session.body('GET', session.filtered('/tasks', filters));
}

describe('GET /tasks', () => {
  test('has every task that is kept, in the order of ids', () => {
    const ids = tasks({}).map(({ ID }) => ID);

    expect(ids).toHaveLength(5);
    expect(ids).toEqual([...ids].sort());
  });

  test('a service or node is named in any way that is unambiguous', () => {
    const { ID } = session.body('GET', '/services/web');

    for (const service of [ID, 'web', ID.slice(0, 8)]) expect(tasks({ service: [service] })).toHaveLength(2);
    expect(tasks({ node: ['w1'], service: { agent: true } }).map(({ NodeID }) => NodeID)).toEqual(['w1']);
    expect(session.refusal('GET', session.filtered('/tasks', { service: ['ghost'] }))).toBe(
      '404 service ghost not found',
    );
    expect(session.refusal('GET', session.filtered('/tasks', { node: ['ghost'] }))).toBe('404 node ghost not found');
  });

  test('names are those of the service with the slot or the node, and are matched by their beginning', () => {
    expect(tasks({ name: ['web.1'] }).map(({ Slot }) => Slot)).toEqual([1]);
    expect(tasks({ name: ['agent.w2.'] }).map(({ NodeID }) => NodeID)).toEqual(['w2']);
  });

  test('labels are those of the service when the task was made', () => {
    expect(tasks({ label: ['team=x'] })).toHaveLength(2);
    const { Version } = session.body('GET', '/services/web');

    session.call('POST', `/services/web/update?version=${Version.Index}`, {
      body: serviceBody('web', { Labels: { team: 'y' }, Mode: { Replicated: { Replicas: 2 } } }),
    });

    expect(tasks({ label: ['team=x'] })).toHaveLength(2);
    expect(tasks({ label: ['team=y'] })).toHaveLength(0);
  });

  test('desired states are named in any case', () => {
    expect(tasks({ 'desired-state': ['RUNNING'] })).toHaveLength(5);
    expect(tasks({ 'desired-state': ['shutdown', 'remove'] })).toHaveLength(0);
    expect(session.refusal('GET', session.filtered('/tasks', { 'desired-state': ['gone'] }))).toBe(
      "500 Invalid desired-state filter: 'gone'",
    );
  });

  test('up to date are tasks of the present specification', () => {
    const { ID, Version } = session.body('GET', '/services/web');
    const upToDate = () => tasks({ service: [ID], '_up-to-date': ['true'] }).length;
    expect(upToDate()).toBe(2);

    session.call('POST', `/services/web/update?version=${Version.Index}`, {
      body: serviceBody('web', {
        TaskTemplate: { ContainerSpec: { Image: 'web:v2' } },
        Mode: { Replicated: { Replicas: 2 } },
      }),
    });
    expect(upToDate()).toBe(0);

    session.swarm.runUntilSettled();
    expect(upToDate()).toBe(2);
    expect(tasks({ service: [ID] })).toHaveLength(4);
  });

  test('a filter of another name is refused', () => {
    expect(session.refusal('GET', session.filtered('/tasks', { slot: ['1'] }))).toBe("400 invalid filter 'slot'");
  });
});

test('GET /tasks/{ref} shows a task by its id, its name or how its id begins', () => {
  const [task] = tasks({ name: ['web.1'] });

  for (const reference of [task!.ID, task!.ID.slice(0, 10), `web.1.${task!.ID}`]) {
    expect(session.body('GET', `/tasks/${reference}`)).toMatchObject({
      ID: task!.ID,
      Slot: 1,
      DesiredState: 'running',
      Status: { State: 'running', Message: 'started' },
    });
  }
  expect(session.refusal('GET', '/tasks/ghost')).toBe('404 task ghost not found');
});

test('times count from the epoch', () => {
  const [task] = session.body('GET', session.filtered('/tasks', { name: ['web.1'] }));

  expect(task.CreatedAt).toMatch(/^2024-01-01T00:00:0\d(\.\d+)?Z$/);
});
