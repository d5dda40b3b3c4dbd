import { describe, expect, it } from 'vitest';
import { TaskState } from '../../../src/api/index.ts';
import { seconds } from '../../../src/base/index.ts';
import { createSwarm, type Swarm, type SwarmOptions } from '../../../src/swarm/index.ts';

/** A service with a replica on each of the workers, at rest. */
function quietSwarm(options: SwarmOptions = {}): Swarm {
  const swarm = createSwarm({ managers: 1, workers: 2, ...options });
  swarm.images.define('web:v1', { start: '1s' });
  swarm.services.create({ name: 'web', image: 'web:v1', replicas: 2, constraints: ['node.role==worker'] });
  swarm.runUntilSettled();
  return swarm;
}

function kindsSince(swarm: Swarm, at: number): readonly string[] {
  return swarm.trace.records.flatMap((record) => (record.at > at ? [record.kind] : []));
}

function exitsOf(swarm: Swarm): readonly number[] {
  return swarm.trace.records.flatMap((record) => (record.kind === 'container.exited' ? [record.at] : []));
}

describe('a machine that stands still', () => {
  it('is down for the managers, and goes on where it was: its containers run until they are told to stop', () => {
    const swarm = quietSwarm();
    const frozen = swarm.node('w1');
    const [task] = frozen.tasks();

    frozen.freeze();
    swarm.runUntilSettled();
    expect([frozen.state, frozen.isUp, frozen.isFrozen]).toEqual(['down', true, true]);
    expect(swarm.node('w2').tasks()).toHaveLength(2);
    expect(exitsOf(swarm)).toEqual([]);

    const thawedAt = swarm.now;
    frozen.thaw();
    swarm.runUntilSettled();
    expect([frozen.state, frozen.isFrozen]).toEqual(['ready', false]);
    expect(exitsOf(swarm).every((at) => at > thawedAt)).toBe(true);
    expect(exitsOf(swarm)).toHaveLength(1);
    expect(swarm.tasks().find(({ id }) => id === task!.id)?.status.state).toBe(TaskState.SHUTDOWN);
  });

  it('is not missed where it goes on before its heartbeat is overdue', () => {
    const swarm = quietSwarm();
    const from = swarm.now;
    swarm.node('w1').freeze();
    swarm.schedule({ action: 'thaw', node: 'w1' }, { after: '5s' });
    swarm.run({ for: '2m' });
    expect(kindsSince(swarm, from)).toEqual(['fault.injected']);
  });

  it('makes up for what has fallen due meanwhile, when it goes on', () => {
    const swarm = createSwarm({ managers: 1, workers: 1 });
    swarm.images.define('web:v1', { fails: { after: '10s' } });
    swarm.services.create({ name: 'web', image: 'web:v1', constraints: ['node.role==worker'] });
    const web = swarm.service('web');
    swarm.runUntil(() => web.running === 1);
    swarm.node('w1').freeze();
    swarm.run({ for: '12s' });
    expect(exitsOf(swarm)).toEqual([]);
    swarm.node('w1').thaw();
    swarm.run({ for: '1us' });
    expect(exitsOf(swarm)).toEqual([swarm.now - 1]);
  });

  it('loses what it would have done, where it crashes', () => {
    const swarm = quietSwarm();
    swarm.node('w1').freeze();
    swarm.run({ for: '1m' });
    swarm.node('w1').crash();
    swarm.run({ for: '1us' });
    expect([swarm.node('w1').isUp, swarm.node('w1').isFrozen]).toEqual([false, false]);
    swarm.node('w1').boot();
    swarm.runUntilSettled();
    expect(swarm.node('w1').state).toBe('ready');
  });

  it('takes part in forks', () => {
    const swarm = quietSwarm();
    swarm.node('w1').freeze();
    swarm.run({ for: '7s' });
    const other = swarm.fork();
    for (const one of [swarm, other]) {
      one.node('w1').thaw();
      one.run({ for: '1m' });
    }
    expect(other.trace.records).toEqual(swarm.trace.records);
  });

  it('hears with the next try what was sent to it meanwhile: connections double their pauses from 200 ms', () => {
    const swarm = quietSwarm();
    swarm.node('w1').freeze();
    swarm.schedule({ action: 'thaw', node: 'w1' }, { after: '4s' });
    swarm.run({ for: '1us' });
    const asked = swarm.now;
    swarm.service('web').scale(4);
    swarm.runUntilSettled();
    const [late] = swarm.node('w1').tasks().slice(-1);
    // Tries after 0.2, 0.6, 1.4, 3 and 6.2 s, and a second to start.
    expect((late!.status.timestamp - asked) / seconds(1)).toBeCloseTo(7.3, 0);
    expect(swarm.service('web').running).toBe(4);
  });

  it('is missed at whatever moment it stops: also when a heartbeat of its is on its way', () => {
    const swarm = quietSwarm({ latencies: { network: seconds(0.2) } });
    for (let moment = 0; moment < 55; moment += 1) {
      swarm.run({ for: '100ms' });
      const other = swarm.fork();
      other.node('w1').freeze();
      other.run({ for: '30s' });
      expect(other.node('w1').state).toBe('down');
    }
  });

  it('has no container that could end by itself', () => {
    const swarm = quietSwarm();
    const [task] = swarm.node('w1').tasks();
    swarm.node('w1').freeze();
    swarm.run({ for: '1s' });
    swarm.exit(task!);
    swarm.run({ for: '1s' });
    expect(exitsOf(swarm)).toEqual([]);
  });
});

describe('a manager that stands still', () => {
  it('is replaced as the leader, and follows when it goes on', () => {
    const swarm = quietSwarm({ managers: 3 });
    swarm.node('m1').freeze();
    swarm.runUntilSettled();
    const successor = swarm.leader!.name;
    expect(successor).not.toBe('m1');
    swarm.node('m1').thaw();
    swarm.runUntilSettled();
    expect(swarm.leader!.name).toBe(successor);
    expect(swarm.node('m1').state).toBe('ready');
  });

  it('that is the only one leaves its clients waiting until they give up', () => {
    const swarm = quietSwarm();
    swarm.node('m1').freeze();
    swarm.run({ for: '1s' });
    const asked = swarm.now;
    expect(() => swarm.service('web').scale(3)).toThrow('context deadline exceeded');
    expect(swarm.now - asked).toBe(seconds(20));
    swarm.node('m1').thaw();
    swarm.runUntilSettled();
    expect(swarm.service('web').running).toBe(2);
  });

  it('answers a client that is still there when it goes on', () => {
    const swarm = quietSwarm();
    swarm.node('m1').freeze();
    swarm.schedule({ action: 'thaw', node: 'm1' }, { after: '8s' });
    swarm.run({ for: '1s' });
    swarm.service('web').scale(3);
    swarm.runUntilSettled();
    expect(swarm.service('web').running).toBe(3);
  });

  it('that is the only one lets a swarm rest', () => {
    const swarm = quietSwarm();
    swarm.node('m1').freeze();
    swarm.runUntilSettled();
    expect(swarm.underWay()).toEqual([]);
  });

  it('misses its nodes in the order in which they fell silent to it, heartbeats worked out or sent', () => {
    const missed = (quietTime: 'skip' | 'simulate') => {
      const swarm = createSwarm({
        managers: 1,
        workers: 2,
        seed: 0,
        latencies: { network: { kind: 'fixed', value: 0 } },
        quietTime,
      });
      swarm.run({ for: '100ms' });
      swarm.node('m1').freeze();
      swarm.run({ for: '16145001us' });
      swarm.network.partition([['m1']]);
      swarm.node('m1').thaw();
      swarm.run({ for: '1s' });
      return swarm.trace.records.flatMap((record) =>
        record.kind === 'node.changed' && record.state === 'down' ? [record.node] : [],
      );
    };
    expect(missed('skip')).toHaveLength(3);
    expect(missed('simulate')).toEqual(missed('skip'));
  });
});
