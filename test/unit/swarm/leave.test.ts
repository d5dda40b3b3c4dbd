import { describe, expect, test } from 'vitest';
import { createSwarm, type Swarm, TaskState } from '../../../src/index.ts';

const BEGINNING = 'You are attempting to leave the swarm on a node that is participating as a manager. ';
const END =
  'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. ' +
  'Use `--force` to suppress this message.';

/** Of its four tasks w1 has one. */
function settled(options: Parameters<typeof createSwarm>[0]): Swarm {
  const swarm = createSwarm({ seed: 7, ...options });
  swarm.services.create({ name: 'web', image: 'nginx', replicas: 4 });
  swarm.runUntilSettled();
  return swarm;
}

function membersOf(swarm: Swarm): string[] {
  return swarm.managers().map(({ id, managerStatus }) => `${id} ${managerStatus?.reachability}`);
}

/** Tasks that run and are to run; the others may only seem to. */
function runningIn(swarm: Swarm): number {
  return swarm
    .tasks()
    .filter(({ status, desiredState }) => status.state === TaskState.RUNNING && desiredState === TaskState.RUNNING)
    .length;
}

describe('a worker that leaves', () => {
  test('goes down and stays listed, and its tasks are replaced elsewhere', () => {
    const swarm = settled({ workers: 2 });

    swarm.node('w1').leave();
    expect(swarm.node('w1').isInSwarm).toBe(false);
    expect(swarm.node('w1').state).toBe('ready');
    swarm.runUntilSettled();

    expect(swarm.node('w1').state).toBe('down');
    expect(swarm.node('w1').object.status.message).toBe('heartbeat failure');
    const lost = swarm.node('w1').tasks();
    expect(lost.map(({ status, desiredState }) => [status.state, desiredState])).toEqual([
      [TaskState.RUNNING, TaskState.SHUTDOWN],
    ]);
    expect(runningIn(swarm)).toBe(4);
  });

  test('comes back as another node of the same name, with none of its containers', () => {
    const swarm = settled({ workers: 2 });
    swarm.node('w1').leave();
    swarm.runUntilSettled();

    const back = swarm.join({ name: 'w1', labels: { disk: 'ssd' } });
    swarm.runUntilSettled();

    expect(back).toMatchObject({ id: 'w1-2', name: 'w1', state: 'ready', role: 'worker', isInSwarm: true });
    expect(back.object.spec.labels).toEqual({ disk: 'ssd' });
    expect(back.tasks()).toEqual([]);
    expect(swarm.nodeAt('w1')?.id).toBe('w1-2');
    expect(swarm.node('w1').state).toBe('down');
    expect(swarm.nodes().map(({ id }) => id)).toEqual(['m1', 'w1', 'w2', 'w1-2']);
  });

  test('comes back at once, before anybody has missed it', () => {
    const swarm = settled({ workers: 2 });

    swarm.node('w1').leave();
    const back = swarm.join({ name: 'w1' });
    swarm.runUntilSettled();

    expect([back.state, swarm.node('w1').state]).toEqual(['ready', 'down']);
    expect(back.tasks()).toHaveLength(1);
  });

  test('is out of reach of its former handle, and its machine is not', () => {
    const swarm = settled({ workers: 2 });
    swarm.node('w1').leave();
    const back = swarm.join({ name: 'w1' });
    swarm.runUntilSettled();

    expect(() => swarm.node('w1').leave()).toThrow('This node is not part of a swarm');
    back.crash();
    swarm.runUntilSettled();

    expect(back).toMatchObject({ isUp: false, state: 'down' });
  });

  test('has to leave before it can join, and to be on for either', () => {
    const swarm = settled({ workers: 2 });

    expect(() => swarm.join({ name: 'w1' })).toThrow('This node is already part of a swarm.');
    swarm.node('w1').crash();
    swarm.run({ for: '1s' });

    expect(() => swarm.node('w1').leave()).toThrow('Cannot connect to the Docker daemon');
  });
});

describe('a manager that leaves', () => {
  test.each([
    [1, 'Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. '],
    [2, `Removing this node leaves 1 managers out of 2. Without a Raft quorum your swarm will be inaccessible. ${END}`],
    [3, END],
  ])('without force is warned; of %s', (managers, warning) => {
    expect(() => createSwarm({ managers }).node('m1').leave()).toThrow(`${BEGINNING}${warning}`);
  });

  test('of five with one lost is warned of a quorum that would not be lost', () => {
    const swarm = createSwarm({ managers: 5 });
    swarm.node('m5').crash();
    swarm.run({ for: '10s' });
    expect(() => swarm.node('m1').leave()).toThrow(`${BEGINNING}${END}`);

    swarm.node('m4').crash();
    swarm.run({ for: '10s' });

    expect(() => swarm.node('m1').leave()).toThrow('Removing this node leaves 2 managers out of 5. ');
  });

  test('without a leader is told nothing of its fellows', () => {
    const swarm = createSwarm({ managers: 3 });
    swarm.node('m2').crash();
    swarm.node('m3').crash();
    swarm.run({ for: '1m' });

    expect(() => swarm.node('m1').leave()).toThrow(`${BEGINNING}${END}`);
  });

  test('by force remains a member that counts for the quorum', () => {
    const swarm = settled({ managers: 3 });

    swarm.node('m3').leave({ force: true });
    swarm.runUntilSettled();
    expect(membersOf(swarm)).toEqual(['m1 reachable', 'm2 reachable', 'm3 unreachable']);
    swarm.node('m2').leave({ force: true });
    swarm.run({ for: '1m' });

    expect(swarm.leader).toBeUndefined();
  });

  test('comes back beside the member that it was, which seems to be reachable', () => {
    const swarm = settled({ managers: 3 });
    swarm.node('m3').leave({ force: true });
    swarm.runUntilSettled();

    swarm.join({ name: 'm3', role: 'manager' });
    swarm.runUntilSettled();
    swarm.run({ for: '30s' });
    expect(membersOf(swarm)).toEqual(['m1 reachable', 'm2 reachable', 'm3 reachable', 'm3-2 reachable']);
    expect(swarm.node('m3').state).toBe('down');

    swarm.node('m3').demote();
    swarm.runUntilSettled();
    swarm.node('m3').remove();

    expect(membersOf(swarm)).toEqual(['m1 reachable', 'm2 reachable', 'm3-2 reachable']);
  });

  test('as the leader leaves the others to elect a new one', () => {
    const swarm = settled({ managers: 3, workers: 1 });

    swarm.node('m1').leave({ force: true });
    swarm.runUntilSettled();

    expect(swarm.leader?.id).not.toBe('m1');
    expect(swarm.node('m1').state).toBe('down');
    expect(runningIn(swarm)).toBe(4);
  });
});

test('a fork goes on as its origin does while a machine is away, and after it is back', () => {
  const swarm = settled({ managers: 3, workers: 2 });
  swarm.node('w1').leave();
  swarm.node('m2').leave({ force: true });
  const play = (one: Swarm) => {
    one.join({ name: 'w1' });
    one.join({ name: 'm2', role: 'manager' });
    one.runUntilSettled();
    return one.trace.records;
  };

  const fork = swarm.fork();

  expect(play(fork)).toEqual(play(swarm));
});
