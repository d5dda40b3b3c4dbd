import { describe, expect, test } from 'vitest';
import type { Task } from '../../../src/api/index.ts';
import { createSwarm, type Swarm } from '../../../src/swarm/index.ts';

describe('why a task is where it is', () => {
  test('a placed task: how its node stood when it was chosen, and how all nodes stand now', () => {
    const swarm = createSwarm({ managers: 1, workers: 2 });
    swarm.services.create({ name: 'db', image: 'db:1', replicas: 1, constraints: ['node.hostname == w1'] });
    swarm.run({ for: '5s' });
    const web = swarm.services.create({ name: 'web', image: 'web:1', replicas: 2 });
    swarm.run({ for: '5s' });
    const task = web.tasks().find(({ nodeId }) => nodeId === 'w2')!;
    const { causes, placement, text } = swarm.explain(task);

    const placed = causes.map(({ record }) => record).find(({ kind }) => kind === 'task.placed');
    expect(placed).toMatchObject({ node: 'w2', failures: 0, ofService: 0, total: 0 });
    expect(causes[0]!.text).toBe('createService web');
    const ranks = placement!.verdicts.map((verdict) => [verdict.nodeId, verdict.kind === 'fits' && verdict.rank.total]);
    expect(ranks).toEqual([
      ['w2', 0],
      ['w1', 1],
      ['m1', 1],
    ]);
    expect(text).toContain('placed: the node had 0 tasks of the service, 0 in all');
    expect(text).toContain('w2  has it (beside it 0 tasks of the service, 0 in all)');
  });

  test('a task that its node would not get now', () => {
    const swarm = createSwarm({ managers: 1, workers: 1 });
    swarm.services.create({ name: 'web', image: 'web:1', replicas: 2 });
    swarm.run({ for: '5s' });
    const task = [...swarm.view.tasks.all()].find(({ nodeId }) => nodeId === 'w1')!;
    swarm.node('w1').pause();
    swarm.run({ for: '1s' });

    expect(swarm.explain(task).text).toContain('w1  has it, and would not get it now: its availability is pause');
  });

  test('a task that has ended is judged no more', () => {
    const swarm = createSwarm({ managers: 1 });
    swarm.images.define('web:1', { fails: { after: '1s', exitCode: 3 } });
    const web = swarm.services.create({ name: 'web', image: 'web:1', replicas: 1, restart: { condition: 'none' } });
    swarm.run({ for: '10s' });
    const { placement, text } = swarm.explain(web.tasks()[0]!);

    expect(placement).toBeUndefined();
    expect(text).toContain('exited (3)');
  });
});

describe('why a task has stopped', () => {
  /** Four replicas of web on three workers, at rest. */
  function deployed(update: { readonly failureAction?: 'rollback' } = {}) {
    const swarm = createSwarm({ managers: 1, workers: 3 });
    swarm.node('m1').drain();
    swarm.images.define('web:bad', { fails: { after: '3s' } });
    const web = swarm.services.create({ name: 'web', image: 'web:1', replicas: 4, update });
    swarm.runUntilSettled();
    return { swarm, web };
  }

  /** Without the names of containers and tasks. */
  function causesOf(swarm: Swarm, task: Task): readonly string[] {
    return swarm.explain(task).causes.map(({ text }) => text.replace(/[a-z0-9]{25}/, '<id>'));
  }

  /** Whichever task and worker it is about. */
  function starred(text: string): string {
    return text.replace(/web\.\d|w\d/g, '*');
  }

  function inSlot(tasks: readonly Task[], slot: number): readonly Task[] {
    return tasks.filter((task) => task.slot === slot);
  }

  test('in an update: the task whose slot was updated before, and the user’s request', () => {
    const { swarm, web } = deployed();
    const before = web.tasks();
    web.update((spec) => {
      spec.image = 'web:2';
    });
    swarm.runUntilSettled();

    const last = before
      .map((old) => swarm.view.tasks.get(old.id)!)
      .sort((a, b) => a.status.timestamp - b.status.timestamp)[3]!;
    const causes = causesOf(swarm, last);

    expect(causes[0]).toBe('updateService <id>');
    expect(causes[1]).toBe('service web has a new specification (web:2)');
    expect(causes[2]).toMatch(/^web\.\d on w\d running$/);
    expect(causes.slice(3).map(starred)).toEqual([
      '* on * now wanted shutdown',
      'container *.<id> on * exited (143)',
      '* on * shutdown',
    ]);
  });

  test('in a rollback: the task that failed, and the release', () => {
    const { swarm, web } = deployed({ failureAction: 'rollback' });
    web.update((spec) => {
      spec.image = 'web:bad';
    });
    swarm.runUntil(() => web.updateStatus?.state === 'rollback_started');
    swarm.runUntilSettled();

    const undone = web
      .tasks()
      .find(({ spec, status }) => spec.container.image === 'web:bad' && (status.err ?? '') === '')!;
    const causes = causesOf(swarm, undone).map(starred);

    expect(causes.slice(0, 2)).toEqual(['updateService <id>', 'service web has a new specification (web:bad)']);
    const failed = causes.indexOf('* on * failed: task: non-zero exit (1)');
    expect(causes.slice(failed - 1, failed + 2)).toEqual([
      'container *.<id> on * exited (1)',
      '* on * failed: task: non-zero exit (1)',
      'web: rollback_started (update rolled back due to failure or early termination of task <id>)',
    ]);
  });

  test('by itself: what it was made for, and its exit', () => {
    const { swarm, web } = deployed();
    web.update((spec) => {
      spec.image = 'web:bad';
    });
    swarm.runUntil(() => web.updateStatus?.state === 'paused');

    const failed = web.tasks().find(({ status }) => (status.err ?? '') !== '')!;
    const causes = causesOf(swarm, failed);

    expect(causes[0]).toBe('updateService <id>');
    expect(causes.slice(-3).map(starred)).toEqual([
      'container *.<id> on * exited (1)',
      '* on * failed: task: non-zero exit (1)',
      '* on * now wanted shutdown',
    ]);
  });

  test('with its node, and why another came: the crash of the node', () => {
    const { swarm, web } = deployed();
    const [lost] = web.tasks().filter(({ nodeId }) => nodeId === 'w2');
    swarm.node('w2').crash();
    swarm.run({ for: '1m' });

    const story = [
      'crash: w2',
      'node w2 down, active: heartbeat failure',
      `web.${lost!.slot} on w2 now wanted shutdown`,
    ];
    expect(causesOf(swarm, swarm.view.tasks.get(lost!.id)!)).toEqual(story);
    const replacement = inSlot(web.tasks(), lost!.slot).at(-1)!;
    expect(causesOf(swarm, replacement).slice(0, 4)).toEqual([
      ...story,
      `web.${lost!.slot} created (web:1), wanted ready`,
    ]);
  });

  test('by a drain: what was asked of its node', () => {
    const { swarm, web } = deployed();
    const task = web.tasks().find(({ nodeId }) => nodeId === 'w3')!;
    swarm.node('w3').drain();
    swarm.runUntilSettled();

    expect(causesOf(swarm, swarm.view.tasks.get(task.id)!).slice(0, 3)).toEqual([
      'updateNode w3',
      'node w3 ready, drain',
      `web.${task.slot} on w3 now wanted shutdown`,
    ]);
  });

  test('from outside: what was done to its container', () => {
    const { swarm, web } = deployed();
    const [task] = web.tasks();
    swarm.exit(task!, 137);
    swarm.run({ for: '1m' });

    const story = causesOf(swarm, swarm.view.tasks.get(task!.id)!);
    expect(story[0]).toBe('exit 137: <id>');
    expect(causesOf(swarm, inSlot(web.tasks(), task!.slot).at(-1)!).slice(0, 4)).toEqual(story);
  });
});
