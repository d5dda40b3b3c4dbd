import { describe, expect, test } from 'vitest';
import { DEFAULT_CLUSTER_SPEC } from '../../../../src/api/index.ts';
import { millis, nanosOf, seconds } from '../../../../src/base/index.ts';
import { DispatcherWorld } from '../../../support/dispatcher-world.ts';
import { Conversation } from './conversation.ts';

describe('a session', () => {
  test('tells the managers what the node is and from where it speaks', () => {
    const { world, agent } = worldAndAgent();
    world.at(10, () => agent.open({ description: { hostname: 'box' }, address: '10.0.0.7' })).runUntil(100);
    expect(world.store.nodes.get('a')).toMatchObject({
      description: { hostname: 'box' },
      status: { state: 'ready', message: '', addr: '10.0.0.7' },
    });
  });

  test('that goes on is not a registration: it keeps its id, is not counted, and brings a new description', () => {
    const { world, agent } = worldAndAgent();
    world.at(10, () => agent.open()).runUntil(100);
    const { sessionId } = agent;
    for (const at of [110, 210, 310, 410, 510])
      world.at(at, () => agent.close().open({ sessionId, description: { hostname: `at ${at}` } }));
    world.runUntil(1000);
    expect(agent.heard('session-opened').map((opened) => opened.sessionId)).toEqual(Array(6).fill(sessionId));
    expect(agent.refusals).toEqual([]);
    expect(world.store.nodes.get('a')?.description?.hostname).toBe('at 510');
  });

  test('may be asked for again and again more than 8 s after it was last asked for, whenever it was answered', () => {
    const { world, agent } = worldAndAgent();
    for (const at of [110, 8_120, 16_130, 24_140, 32_150]) world.at(at, () => agent.open());
    world.runUntil(40_000);
    expect(agent.heard('session-opened')).toHaveLength(5);
  });

  test('that the agent gives up before the node is READY is registered all the same, but not answered', () => {
    const { world, agent } = worldAndAgent();
    world.at(10, () => agent.open().close()).runUntil(200);
    expect(world.store.nodes.get('a')?.status.state).toBe('ready');
    expect(world.heard).toEqual([]);
  });

  test('that nobody has opened is refused to heartbeats and assignments', () => {
    const { world, agent } = worldAndAgent(['a', 'b']);
    const stranger = new Conversation(world, 'zz');
    world.at(10, () => agent.heartbeat('').openAssignments()).at(20, () => stranger.heartbeat('x'));
    world.runUntil(30);
    expect(agent.refusals).toEqual([
      '10 heartbeat: rpc error: code = InvalidArgument desc = session invalid',
      '10 assignments: rpc error: code = InvalidArgument desc = session invalid',
    ]);
    expect(stranger.refusals).toEqual(['20 heartbeat: rpc error: code = NotFound desc = node not registered']);
  });

  test('of a node that is lost is not known any more', () => {
    const { world, agent } = worldAndAgent();
    world.at(10, () => agent.open()).at(16_000, () => agent.heartbeat());
    world.runUntil(16_000);
    expect(world.store.nodes.get('a')?.status).toMatchObject({ state: 'down', message: 'heartbeat failure' });
    // The first refusal is the session's own stream, which wakes when the node is written.
    expect(agent.refusals).toEqual([
      '15200 session: rpc error: code = NotFound desc = node not registered',
      '16000 heartbeat: rpc error: code = NotFound desc = node not registered',
    ]);
  });

  test('ends with the leadership, also one that still waits for the node to be READY', () => {
    const { world, agent } = worldAndAgent(['a', 'b']);
    const late = new Conversation(world, 'b');
    world.at(10, () => agent.open()).at(110, () => late.open());
    world.at(150, () => world.changeLeader()).runUntil(1000);
    expect(agent.refusals).toEqual(['150 session: rpc error: code = Aborted desc = node must disconnect']);
    expect(late.refusals).toEqual(['150 session: rpc error: code = Aborted desc = node must disconnect']);
  });

  test('that is asked for in the last moment does not save a node of a new leader from being DOWN', () => {
    const { world, agent } = worldAndAgent();
    world.at(29_950, () => agent.open({ description: { hostname: 'box' } })).runUntil(40_000);
    expect(world.store.nodes.get('a')).toMatchObject({
      description: { hostname: 'box' },
      status: { state: 'down', message: 'heartbeat failure for node in "unknown" state' },
    });
    expect(agent.heard('session-opened')).toHaveLength(1);
  });

  test('is opened while a write takes long, and heartbeats are answered meanwhile', () => {
    const world = new DispatcherWorld({ commitMs: 5000 });
    const agent = new Conversation(world);
    world.at(5010, () => agent.open()).runUntil(10_100);
    expect(agent.sessionId).not.toBe('');
    world.at(10_150, () => agent.open({ sessionId: agent.sessionId })).at(11_000, () => agent.heartbeat());
    world.runUntil(11_000);
    expect(agent.heard('heartbeat-answered')).toHaveLength(1);
  });

  test('of a removed node stays valid, and its silence is no longer noticed', () => {
    const { world, agent } = worldAndAgent();
    world.at(10, () => agent.open()).at(200, () => world.write((tx) => tx.nodes.delete('a')));
    world.at(60_000, () => agent.heartbeat().open()).runUntil(61_000);
    expect(agent.heard('heartbeat-answered')).toHaveLength(1);
    expect(agent.refusals).toEqual(['60000 session: node not found']);
  });
});

describe('the period of heartbeats', () => {
  test('is drawn anew each time, within half a second of the cluster’s', () => {
    const periods = drawnPeriods(1);
    expect(Math.min(...periods)).toBeGreaterThanOrEqual(seconds(4.5));
    expect(Math.max(...periods)).toBeLessThan(seconds(5.5));
    expect(new Set(periods).size).toBeGreaterThan(periods.length / 2);
  });

  test('depends on the seed alone', () => {
    expect(drawnPeriods(1)).toEqual(drawnPeriods(1));
    expect(drawnPeriods(1)).not.toEqual(drawnPeriods(2));
  });

  test('follows the cluster’s setting from the next heartbeat on, and so does the patience', () => {
    const { world, agent } = worldAndAgent();
    world.write((tx) => void tx.clusters.create({ id: 'cluster', spec: DEFAULT_CLUSTER_SPEC }));
    world.at(10, () => agent.open()).at(1000, () => agent.heartbeat());
    world.at(2000, () =>
      world.write((tx) => {
        const cluster = tx.clusters.get('cluster')!;
        tx.clusters.put({
          ...cluster,
          spec: { ...cluster.spec, dispatcher: { heartbeatPeriod: nanosOf(seconds(1)) } },
        });
      }),
    );
    world.at(2100, () => agent.heartbeat()).runUntil(5000);
    expect(agent.heard('heartbeat-answered').map(({ period }) => period)).toEqual([seconds(5), seconds(1)]);
    expect(world.store.nodes.get('a')?.status.state).toBe('ready');
    world.runUntil(5200);
    expect(world.store.nodes.get('a')?.status.state).toBe('down');
  });
});

function worldAndAgent(nodes: readonly string[] = ['a']) {
  const world = new DispatcherWorld({ nodes });
  return { world, agent: new Conversation(world) };
}

function drawnPeriods(seed: number): number[] {
  const world = new DispatcherWorld({ seed, dispatcher: { heartbeatJitter: millis(500) } });
  const agent = new Conversation(world);
  world.at(10, () => agent.open());
  for (let beat = 1; beat <= 50; beat += 1) world.at(1000 * beat, () => agent.heartbeat());
  world.runUntil(60_000);
  return agent.heard('heartbeat-answered').map(({ period }) => period);
}
