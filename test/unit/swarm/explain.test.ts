import { describe, expect, test } from 'vitest';
import { createSwarm } from '../../../src/swarm/index.ts';

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
    expect(causes[0]!.record.kind).toBe('api.requested');
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
