import { describe, expect, test } from 'vitest';
import { createSwarm } from '../../../../src/swarm/index.ts';
import { running, textOf } from '../../../support/surprised-swarm.ts';

describe('late-down', () => {
  test('what dies with the leader is called down half a minute after the election', () => {
    const swarm = running({}, 3);
    swarm.leader!.crash();
    swarm.run({ for: '2m' });

    expect(textOf(swarm, 'late-down')).toMatch(
      /^m1 was gone when m[23] became the leader, and was called down only (2[7-9]|3[0-3])s later$/,
    );
  });

  test('a worker that dies under a leader that stays is down after three heartbeats', () => {
    const swarm = running({}, 3);
    swarm.node('w1').crash();
    swarm.run({ for: '2m' });

    expect(swarm.node('w1').state).toBe('down');
    expect(textOf(swarm, 'late-down')).toBeUndefined();
  });
});

describe('orphans-wait-again', () => {
  test('the tasks of a node that was down before the leader changed wait from then on', () => {
    const swarm = running({}, 3);
    const [task] = swarm.service('api').tasks();
    const { name } = swarm.node(swarm.node(task!.nodeId).object.role === 'worker' ? task!.nodeId : 'w1');
    swarm.node(name).crash();
    swarm.run({ for: '23h' });
    swarm.leader!.crash();
    swarm.run({ for: '2h' });

    expect(textOf(swarm, 'orphans-wait-again')).toMatch(
      new RegExp(`^1 task on ${name}, which is down, waits another 24 hours to be given up: m[23] leads now$`),
    );
  });

  test('once they are given up, a new leader changes nothing', () => {
    const swarm = running({}, 3);
    for (const node of ['w1', 'w2', 'w3']) swarm.node(node).crash();
    swarm.run({ for: '25h' });
    swarm.leader!.crash();
    swarm.run({ for: '30s' });

    expect(textOf(swarm, 'orphans-wait-again')).toBeUndefined();
  });
});

describe('demotion-refused', () => {
  test('right after a restart a manager cannot be demoted, and soon after it can', () => {
    const swarm = running({}, 3);
    swarm.node('m2').crash();
    swarm.run({ for: '30s' });
    swarm.node('m2').boot();
    expect(() => swarm.node('m3').demote()).toThrow('this would result in a loss of quorum');
    expect(textOf(swarm, 'demotion-refused')).toBe(
      'the demotion of m3 was refused, because the leader was in touch with too few of the others',
    );

    swarm.run({ for: '15s' });
    swarm.node('m3').demote();
    swarm.run({ for: '5s' });
    expect(textOf(swarm, 'demotion-refused')).toMatch(
      /^the demotion of m3 was refused, because the leader was in touch with too few of the others, and done 1\ds later$/,
    );
  });

  test('the last manager is the last one at any time', () => {
    const swarm = running();
    expect(() => swarm.node('m1').demote()).toThrow('attempting to demote the last manager of the swarm');

    expect(textOf(swarm, 'demotion-refused')).toBeUndefined();
  });
});

describe('left-member-counts', () => {
  test('a manager that has left is still one of three, until it is demoted', () => {
    const swarm = running({}, 3);
    swarm.node('m3').leave({ force: true });
    swarm.run({ for: '1m' });
    expect(textOf(swarm, 'left-member-counts')).toBe(
      'm3 has left the swarm and still counts as a manager, of which a majority is needed, until it is demoted',
    );

    swarm.node('m3').demote();
    swarm.run({ for: '1m' });
    expect(textOf(swarm, 'left-member-counts')).toBeUndefined();
  });

  test('one that is demoted counts no more when it stops', () => {
    const swarm = running({}, 3);
    swarm.node('m3').demote();
    swarm.run({ for: '1m' });

    expect(swarm.trace.records.some(({ kind }) => kind === 'manager.stopped')).toBe(true);
    expect(textOf(swarm, 'left-member-counts')).toBeUndefined();
  });

  test('a worker that leaves is no manager, and with the last manager the swarm is gone', () => {
    const swarm = running();
    swarm.node('w1').leave();
    swarm.run({ for: '1m' });
    swarm.node('m1').leave({ force: true });

    expect(textOf(swarm, 'left-member-counts')).toBeUndefined();
  });
});

describe('writes-lost', () => {
  test('what two managers have agreed on without the third is not in the cluster of the third', () => {
    const swarm = running({}, 3);
    swarm.node('m3').disconnect();
    swarm.service('api').scale(6);
    swarm.run({ for: '5s' });
    for (const node of ['m1', 'm2']) swarm.node(node).crash();
    swarm.node('m3').reconnect();
    swarm.forceNewCluster('m3');
    swarm.run({ for: '1m' });

    expect(swarm.service('api').replicas).toBe(4);
    expect(textOf(swarm, 'writes-lost')).toMatch(
      /^the new cluster of m3 lacks the end of the log, \d+ writes long, that the managers before it had committed$/,
    );
  });

  test('the last leader knows all that was committed', () => {
    const swarm = running({}, 3);
    swarm.service('api').scale(6);
    swarm.runUntilSettled();
    for (const node of ['m2', 'm3']) swarm.node(node).crash();
    swarm.run({ for: '1m' });
    swarm.forceNewCluster('m1');
    swarm.run({ for: '1m' });

    expect(swarm.service('api').replicas).toBe(6);
    expect(textOf(swarm, 'writes-lost')).toBeUndefined();
  });
});

describe('stale-leader', () => {
  test('a leader that is cut off leads on for a while beside its successor', () => {
    for (const seed of [1, 2, 3]) {
      const swarm = createSwarm({ managers: 3, seed });
      swarm.runUntilSettled();
      swarm.node('m1').disconnect();
      swarm.run({ for: '1m' });
      const [elected, down] = ['raft.leader-elected', 'raft.stepped-down'].map(
        (wanted) => swarm.trace.records.filter(({ kind }) => kind === wanted).at(-1)!,
      );

      const text = textOf(swarm, 'stale-leader');
      if (down!.at - elected!.at > 1e6)
        expect(text).toMatch(/^m1 took itself for the leader for [\d.]+s after m[23] had become it$/);
      else expect(text).toBeUndefined();
    }
  });

  test('one that has crashed or stands still takes itself for nothing', () => {
    const swarm = running({}, 3);
    swarm.node('m1').freeze();
    swarm.run({ for: '1m' });
    swarm.node('m1').thaw();
    swarm.run({ for: '1m' });

    expect(textOf(swarm, 'stale-leader')).toBeUndefined();
  });
});

describe('deposed-leader', () => {
  test('a leader that is demoted, or that another one has followed, was not deposed', () => {
    const demoted = running({}, 3);
    demoted.node('m1').demote();
    const frozen = running({}, 3);
    frozen.node('m1').freeze();
    for (const swarm of [demoted, frozen]) swarm.run({ for: '1m' });
    frozen.node('m1').thaw();
    frozen.run({ for: '1m' });

    for (const swarm of [demoted, frozen]) {
      expect(swarm.trace.records.some(({ kind }) => kind === 'raft.stepped-down')).toBe(true);
      expect(textOf(swarm, 'deposed-leader')).toBeUndefined();
    }
  });
});
