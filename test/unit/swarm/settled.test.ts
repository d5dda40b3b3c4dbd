import { describe, expect, it } from 'vitest';
import { createSwarm, LimitError, type Swarm, type SwarmOptions } from '../../../src/index.ts';

function impatienceOf(swarm: Swarm, within: string): readonly string[] {
  try {
    swarm.runUntilSettled({ within });
  } catch (error) {
    if (error instanceof LimitError) return error.pending;
    throw error;
  }
  return [];
}

function swarmWith(options: SwarmOptions = {}): Swarm {
  const swarm = createSwarm({ managers: 1, ...options });
  swarm.images.define('crashing', { pull: '1s', fails: { after: '20s' } });
  return swarm;
}

describe('a swarm that does not settle names', () => {
  it('the task of a crash loop, even at a moment at which everything runs', () => {
    const swarm = swarmWith();
    const web = swarm.services.create({ name: 'web', image: 'crashing', restart: { delay: '1s' } });
    swarm.runUntil(() => web.tasks().length > 2 && web.running === 1);

    const pending = impatienceOf(swarm, '1m');

    expect(web.running).toBe(1);
    expect(swarm.underWay()).toEqual([]);
    expect(pending).toEqual(['web.1 has ended by itself, failed: task: non-zero exit (1)']);
  });

  it('a new task where the history keeps nothing of those before it', () => {
    const swarm = swarmWith({ taskHistoryLimit: 0 });
    const web = swarm.services.create({ name: 'web', image: 'crashing', restart: { delay: '1s' } });
    swarm.runUntil(() => swarm.now > 60e6 && web.running === 1 && web.tasks().length === 1);

    expect(impatienceOf(swarm, '50s')).toEqual(['web.1 is new']);
  });

  it('what each node says to a task that waits', () => {
    const swarm = swarmWith();
    swarm.services.create({ name: 'web', image: 'web', constraints: ['node.labels.zone==a'] });

    expect(impatienceOf(swarm, '1m')).toEqual([
      'web.1 is pending and wanted running: no suitable node (scheduling constraints not satisfied on 1 node)',
    ]);
  });

  it('a task that was given up because its service went on', () => {
    const swarm = swarmWith();
    const web = swarm.services.create({ name: 'web', image: 'web', constraints: ['node.labels.zone==a'] });
    swarm.run({ for: '10s' });
    web.scale(2);

    expect(impatienceOf(swarm, '1m')[0]).toBe(
      'web.1 is pending and wanted running: no suitable node (scheduling constraints not satisfied on 1 node) ' +
        '(its service has a newer version: it may never be tried again)',
    );
  });

  it('the update that waits for a task for which there is no room', () => {
    const swarm = swarmWith();
    const web = swarm.services.create({
      name: 'web',
      image: 'web:1',
      maxReplicasPerNode: 1,
      update: { order: 'start-first' },
    });
    swarm.runUntilSettled();
    web.update((spec) => {
      spec.image = 'web:2';
    });

    const pending = impatienceOf(swarm, '1h');

    expect(pending).toContain('web is being updated');
    expect(pending).toContain(
      'web.1 is pending and wanted running: no suitable node (max replicas per node limit exceed)',
    );
  });
});
