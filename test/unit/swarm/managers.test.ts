import { describe, expect, it } from 'vitest';
import { TaskState } from '../../../src/api/index.ts';
import { ApiError, LimitError, millis, seconds } from '../../../src/base/index.ts';
import { createSwarm, type Swarm, type SwarmOptions } from '../../../src/swarm/index.ts';

/** A swarm at rest with a service of four tasks. */
function swarmWith(options: SwarmOptions): Swarm {
  const swarm = createSwarm(options);
  swarm.services.create({ name: 'web', image: 'web:v1', replicas: 4 });
  swarm.runUntilSettled();
  return swarm;
}

/** What was refused, in whose words, and how long the client waited. */
function refusalOf(swarm: Swarm, call: () => unknown): { status: string; message: string; waited: number } | undefined {
  const start = swarm.now;
  try {
    call();
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, message: error.message, waited: swarm.now - start };
  }
}

function reachability(swarm: Swarm): Record<string, string> {
  return Object.fromEntries(
    swarm
      .managers()
      .map(({ name, managerStatus }) => [name, managerStatus?.leader ? 'leader' : `${managerStatus?.reachability}`]),
  );
}

const NO_LEADER =
  "The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";

describe('a swarm with several managers', () => {
  it('begins with a leader, and every manager has what it has', () => {
    const swarm = createSwarm({ managers: 3, workers: 2 });

    expect(swarm.leader?.name).toBe('m1');
    expect(reachability(swarm)).toEqual({ m1: 'leader', m2: 'reachable', m3: 'reachable' });
    expect(swarm.now).toBe(0);
  });

  it('takes one round trip to the nearest manager for a write', () => {
    const swarm = createSwarm({ managers: 3 });

    swarm.services.create({ name: 'web', image: 'web:v1' });

    expect(swarm.now).toBe(2 * 500);
  });

  it('takes two writes to a disk for a write of one manager, one after the other with three', () => {
    const took = (managers: number) => {
      const swarm = createSwarm({ managers, latencies: { disk: millis(5), network: 0 } });
      swarm.run({ for: '1s' });
      const start = swarm.now;
      swarm.services.create({ name: 'web', image: 'web:v1' });
      return swarm.now - start;
    };

    expect(took(1)).toBe(millis(5));
    // The leader's own write and then the follower's: swarmkit stores before it sends.
    expect(took(3)).toBe(millis(10));
  });

  it('answers at a follower what the leader answers', () => {
    const swarm = swarmWith({ managers: 3 });

    const { id } = swarm.request<{ readonly id: string }>(
      { op: 'createNetwork', spec: { name: 'back', labels: {} } },
      { on: 'm3' },
    );

    expect(swarm.view.networks.get(id)?.spec.name).toBe('back');
    expect(swarm.read({ on: 'm2' }).view.networks.get(id)?.spec.name).toBe('back');
  });

  it('runs tasks on managers too, unless they are drained, and drained managers still vote', () => {
    const swarm = createSwarm({
      managers: 0,
      nodes: ['m1', 'm2', 'm3'].map((name) => ({ name, role: 'manager', availability: 'drain' }) as const),
      workers: 1,
    });
    swarm.services.create({ name: 'web', image: 'web:v1', replicas: 4 });
    swarm.runUntilSettled();
    expect(swarm.node('w1').tasks()).toHaveLength(4);

    swarm.node('m1').crash();
    swarm.run({ for: '40s' });

    expect(swarm.leader?.name).toMatch(/^m[23]$/);
  });
});

describe('when the leader dies', () => {
  it('another leads after one election timeout, and marks every node as unknown until it registers', () => {
    const swarm = swarmWith({ managers: 3, workers: 1 });
    const crashed = swarm.now;
    swarm.node('m1').crash();

    swarm.runUntil(({ leader }) => leader !== undefined && leader.name !== 'm1');
    const took = swarm.now - crashed;
    expect(took).toBeGreaterThan(seconds(8));
    expect(took).toBeLessThan(seconds(21));
    swarm.run({ for: '10ms' });
    expect(swarm.nodes().map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);

    swarm.run({ for: '20s' });
    expect(swarm.nodes().map(({ name, state }) => `${name} ${state}`)).toEqual([
      'm1 unknown',
      'm2 ready',
      'm3 ready',
      'w1 ready',
    ]);
  });

  it('its tasks are replaced once its grace of six heartbeats is over', () => {
    const swarm = swarmWith({ managers: 3, workers: 1 });
    swarm.node('m1').crash();

    swarm.run({ for: '60s' });

    expect(swarm.node('m1').state).toBe('down');
    const wanted = swarm
      .service('web')
      .tasks()
      .filter(({ desiredState }) => desiredState === TaskState.RUNNING);
    expect(wanted.map(({ status, nodeId }) => status.state === TaskState.RUNNING && nodeId !== 'm1')).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it('a write that it had not got through is answered as lost, and may have happened all the same', () => {
    const swarm = swarmWith({ managers: 3 });
    // What the leader sends gets through, what comes back does not.
    swarm.network.install({ kind: 'partition', from: ['m2', 'm3'], to: ['m1'], oneWay: true });

    const refusal = refusalOf(swarm, () =>
      swarm.request({ op: 'removeService', id: swarm.service('web').id }, { on: 'm1' }),
    );

    expect(refusal?.message).toBe('raft: failed to process the request: node lost leader status');
    expect(refusal?.status).toBe('Unknown');
    swarm.network.heal();
    swarm.run({ for: '40s' });
    expect(swarm.services.all()).toEqual([]);
  });

  it('comes back as a follower that has what it missed', () => {
    const swarm = swarmWith({ managers: 3 });
    swarm.node('m1').crash();
    swarm.run({ for: '30s' });
    swarm.service('web').scale(2);
    swarm.node('m1').boot();

    swarm.run({ for: '30s' });

    expect(swarm.leader?.name).not.toBe('m1');
    expect(reachability(swarm).m1).toBe('reachable');
    expect(swarm.node('m1').state).toBe('ready');
    expect(swarm.read({ on: 'm1' }).view.services.all()[0]?.spec.mode).toEqual({ kind: 'replicated', replicas: 2 });
  });
});

describe('without a quorum', () => {
  it('clients wait 20 s at first, and are told at once when there has been no leader for more than 10 ticks', () => {
    const swarm = swarmWith({ managers: 3 });
    swarm.node('m1').crash();
    swarm.node('m2').crash();
    swarm.run({ for: '1s' });

    const read = () => swarm.read({ on: 'm3' });
    expect(refusalOf(swarm, read)).toEqual({
      status: 'DeadlineExceeded',
      message: 'context deadline exceeded',
      waited: seconds(20),
    });
    swarm.run({ for: '15s' });
    expect(refusalOf(swarm, read)).toEqual({ status: 'Unknown', message: NO_LEADER, waited: 0 });
  });

  it('a worker says that it is no manager, and a machine that is off says nothing', () => {
    const swarm = swarmWith({ managers: 1, workers: 2 });
    swarm.node('w2').crash();
    swarm.run({ for: '1s' });

    expect(refusalOf(swarm, () => swarm.read({ on: 'w1' }))?.message).toMatch(
      /^This node is not a swarm manager\. Worker/,
    );
    expect(refusalOf(swarm, () => swarm.read({ on: 'w2' }))?.message).toMatch(/^Cannot connect to the Docker daemon/);
  });

  it('a leader steps down only after one to two election timeouts, and answers readers until then', () => {
    const swarm = swarmWith({ managers: 3 });
    const lost = swarm.now;
    swarm.node('m2').crash();
    swarm.node('m3').crash();
    swarm.run({ for: '3s' });

    const reading = swarm.read({ on: 'm1' });
    expect([...reading.managers.values()].map(({ reachability: seen }) => seen)).toEqual([
      'reachable',
      'unreachable',
      'unreachable',
    ]);

    swarm.runUntil(({ leader }) => leader === undefined);
    expect(swarm.now - lost).toBeGreaterThanOrEqual(seconds(10));
    expect(swarm.now - lost).toBeLessThanOrEqual(seconds(20));
  });

  it('tasks run on, crashed ones are not replaced, and all is made good when the managers are back', () => {
    const swarm = swarmWith({ managers: 3, workers: 2 });
    const web = swarm.service('web');
    swarm.node('m2').crash();
    swarm.node('m3').crash();
    swarm.run({ for: '30s' });
    const [victim] = web.tasks().filter(({ nodeId }) => nodeId !== 'm2' && nodeId !== 'm3');
    const stored = web.tasks();

    swarm.exit(victim!);
    swarm.run({ for: '5m' });
    expect(web.tasks()).toEqual(stored);

    swarm.node('m2').boot();
    swarm.node('m3').boot();
    swarm.runUntilSettled();
    expect(swarm.leader).toBeDefined();
    expect(
      web
        .tasks()
        .filter(({ status, desiredState }) => desiredState === TaskState.RUNNING && status.state === TaskState.RUNNING),
    ).toHaveLength(4);
  });

  it('a swarm that cannot elect a leader is at rest, and one that can is not', () => {
    const swarm = swarmWith({ managers: 3 });
    swarm.node('m2').crash();
    swarm.node('m3').crash();
    swarm.run({ for: '40s' });
    expect(swarm.underWay()).toEqual([]);

    swarm.node('m2').boot();
    swarm.run({ for: '1ms' });
    expect(swarm.underWay()).toEqual(['the managers have no leader']);
    expect(() => swarm.runUntilSettled({ within: '1s' })).toThrow(LimitError);
  });
});

describe('a partition', () => {
  it('leaves the leader of the minority to its reads, and its side without writes', () => {
    const swarm = swarmWith({ managers: 3, workers: 2 });
    swarm.network.partition([
      ['m1', 'w1'],
      ['m2', 'm3', 'w2'],
    ]);
    swarm.runUntil(({ leader }) => leader?.name !== 'm1');

    expect(swarm.read({ on: 'm1' }).managers.get('m1')?.leader).toBe(true);
    const refusal = refusalOf(swarm, () =>
      swarm.request({ op: 'removeService', id: swarm.service('web').id }, { on: 'm1' }),
    );
    expect(refusal?.message).toMatch(/node lost leader status$/);

    swarm.network.heal();
    swarm.runUntilSettled();
    expect(swarm.service('web').exists).toBe(true);
  });

  it('of one follower lets it depose a healthy leader on its return', () => {
    const swarm = swarmWith({ managers: 3 });
    const follower = swarm.node('m3');
    follower.disconnect();
    // Long enough for the follower to have stood for election, which raises its term.
    swarm.run({ for: '40s' });
    expect(swarm.leader?.name).toBe('m1');

    follower.reconnect();
    swarm.run({ for: '3s' });

    const steppedDown = swarm.trace.records.find(({ kind }) => kind === 'raft.stepped-down');
    expect(steppedDown).toMatchObject({ node: 'm1' });
  });
});

describe('roles', () => {
  it('a promoted worker is a member of the raft group within a second', () => {
    const swarm = swarmWith({ managers: 1, workers: 2 });

    swarm.node('w1').promote();
    expect(swarm.node('w1').managerStatus).toBeUndefined();
    swarm.run({ for: '1s' });

    expect(reachability(swarm)).toEqual({ m1: 'leader', w1: 'reachable' });
    expect(swarm.node('w1').object.role).toBe('manager');
  });

  it('a machine may join as a manager, and is one that counts', () => {
    const swarm = swarmWith({ managers: 2 });

    swarm.join({ name: 'm3', role: 'manager' });
    swarm.run({ for: '10s' });
    swarm.node('m1').crash();
    swarm.run({ for: '40s' });

    expect(swarm.leader).toBeDefined();
  });

  it('a demoted manager goes on as a worker with its tasks', () => {
    const swarm = swarmWith({ managers: 3 });
    const tasks = swarm
      .node('m3')
      .tasks()
      .map(({ id }) => id);

    swarm.node('m3').demote();
    swarm.run({ for: '30s' });

    expect(reachability(swarm)).toEqual({ m1: 'leader', m2: 'reachable' });
    expect(swarm.node('m3').object.role).toBe('worker');
    expect(swarm.node('m3').state).toBe('ready');
    expect(
      swarm
        .node('m3')
        .tasks()
        .map(({ id }) => id),
    ).toEqual(tasks);
    expect(refusalOf(swarm, () => swarm.read({ on: 'm3' }))?.message).toMatch(/^This node is not a swarm manager/);
  });

  it('a leader that is demoted hands over, and its successor removes it', () => {
    const swarm = swarmWith({ managers: 3 });

    swarm.node('m1').demote();
    swarm.run({ for: '30s' });

    expect(Object.keys(reachability(swarm))).toEqual(['m2', 'm3']);
    expect(swarm.leader?.name).toMatch(/^m[23]$/);
    expect(swarm.node('m1').object.role).toBe('worker');
  });

  it('the last manager may not be demoted, nor a live one whose loss would cost the quorum', () => {
    const alone = swarmWith({ managers: 1, workers: 1 });
    expect(refusalOf(alone, () => alone.node('m1').demote())).toMatchObject({
      status: 'FailedPrecondition',
      message: 'attempting to demote the last manager of the swarm',
    });

    const swarm = swarmWith({ managers: 3 });
    swarm.node('m2').crash();
    swarm.run({ for: '20s' });
    expect(refusalOf(swarm, () => swarm.node('m3').demote())).toMatchObject({
      status: 'FailedPrecondition',
      message: "can't remove member from the raft: this would result in a loss of quorum",
    });
    expect(refusalOf(swarm, () => swarm.node('m2').demote())).toBeUndefined();
  });

  it('a manager has to be demoted before it can be removed', () => {
    const swarm = swarmWith({ managers: 3 });
    swarm.node('m2').crash();
    swarm.run({ for: '30s' });

    const node = swarm.node('m2');
    expect(refusalOf(swarm, () => node.remove())?.message).toBe(
      'node m2 is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal',
    );
    node.demote();
    swarm.run({ for: '10s' });
    node.remove();
    expect(swarm.nodes().map(({ name }) => name)).toEqual(['m1', 'm3']);
  });

  it('two managers are worse than one: either loss stops the swarm', () => {
    const swarm = swarmWith({ managers: 2 });
    swarm.node('m2').crash();

    swarm.run({ for: '30s' });

    expect(swarm.leader).toBeUndefined();
  });
});

describe('a new cluster by force', () => {
  it('is led by the one manager that is left, with the services that it knew', () => {
    const swarm = swarmWith({ managers: 3, workers: 2 });
    swarm.node('m2').crash();
    swarm.node('m3').crash();
    swarm.run({ for: '30s' });

    swarm.forceNewCluster('m1');
    swarm.run({ for: '2m' });

    expect(reachability(swarm)).toEqual({ m1: 'leader' });
    expect(swarm.service('web').exists).toBe(true);
    expect(swarm.node('m2').object.role).toBe('manager');
    expect(swarm.node('m2').managerStatus).toBeUndefined();
  });

  it('throws out the managers of the old one as soon as they speak to it', () => {
    const swarm = swarmWith({ managers: 3 });
    swarm.node('m2').crash();
    swarm.node('m3').crash();
    swarm.run({ for: '30s' });
    swarm.forceNewCluster('m1');
    swarm.run({ for: '1s' });

    swarm.node('m2').boot();
    swarm.run({ for: '30s' });

    expect(swarm.trace.records.find(({ kind }) => kind === 'manager.stopped')).toMatchObject({
      node: 'm2',
      why: 'removed',
    });
    expect(swarm.leader?.name).toBe('m1');
  });
});

describe('sites', () => {
  it('make a write as slow as the way to the nearest other one and back', () => {
    const swarm = createSwarm({
      managers: 3,
      sites: {
        paris: { nodes: ['m1'], latency: millis(150) },
        tokyo: { nodes: ['m2'], latency: millis(150) },
        lima: { nodes: ['m3'], latency: millis(150) },
      },
    });

    swarm.services.create({ name: 'web', image: 'web:v1' });

    expect(swarm.now).toBe(millis(300));
  });
});

describe('a copy of a swarm with several managers', () => {
  it('goes on like the original, in the middle of an election and of a write', () => {
    const swarm = createSwarm({ managers: 3, workers: 1, latencies: { disk: millis(3) } });
    swarm.schedule({ action: 'crash', node: 'm1' }, { after: '300ms' });
    swarm.services.create({ name: 'web', image: 'web:v1', replicas: 3 });

    const copies = Array.from({ length: 12 }, (_, index) => {
      swarm.run({ for: index < 6 ? '17ms' : '3.1s' });
      return { copy: swarm.fork(), at: swarm.now };
    });
    swarm.run({ for: '60s' });

    for (const { copy, at } of copies) {
      copy.run({ for: `${swarm.now - at}us` });
      expect(copy.trace.records).toEqual(swarm.trace.records);
    }
  });
});
