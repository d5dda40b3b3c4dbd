import { describe, expect, test } from 'vitest';
import { NO_LATENCIES } from '../../../src/agent/index.ts';
import { agentTask } from '../../support/agent-task.ts';
import { AgentWorld } from '../../support/agent-world.ts';

const web = { 'web:1': { pull: '2s', start: '300ms', stop: '200ms' } };

describe('a session', () => {
  test('begins with the complete set of assignments, and every status reaches the manager', () => {
    const world = new AgentWorld({ images: web });
    world.assign(agentTask('t1'));

    world.agent.start();
    world.runUntil(10_000);

    expect(world.states('t1')).toEqual(['0 ACCEPTED', '0 PREPARING', '2000 READY', '2000 STARTING', '2300 RUNNING']);
    expect(world.statuses.at(-1)).toBe('2300 t1 RUNNING');
  });

  test('is held by heartbeats at the period that the manager tells', () => {
    const world = new AgentWorld();
    world.agent.start();

    world.runUntil(16_000);

    const beats = world.heard.filter(({ message }) => message.kind === 'heartbeat').map(({ at }) => at);
    expect(beats).toEqual([0, 5_000, 10_000, 15_000]);
  });

  test('that is not answered is given up after 5 s and tried again with growing pauses', () => {
    const world = new AgentWorld();
    world.isReachable = false;
    world.agent.start();

    world.runUntil(40_000);

    const attempts = world.heard.filter(({ message }) => message.kind === 'open-session').map(({ at }) => at);
    // Half of 100 ms, 300 ms, 700 ms, 1.5 s, 3.1 s and 6.3 s, each after 5 s of patience.
    expect(attempts).toEqual([0, 5_050, 10_200, 15_550, 21_300, 27_850, 36_000]);
  });

  test('that comes back tells every status again and gets the complete set', () => {
    const world = new AgentWorld({ images: web });
    world.assign(agentTask('t1'));
    world.agent.start();
    world.at(5_000, () => {
      world.isReachable = false;
      world.breakSession();
    });
    world.at(6_000, () => world.agent.engine.exit('web.1.t1', 1));
    world.at(20_000, () => {
      world.isReachable = true;
    });

    world.runUntil(40_000);

    const late = world.statuses.filter((line) => Number(line.split(' ')[0]) > 6_000);
    expect(late.map((line) => line.split(' ').slice(1).join(' '))).toContain('t1 FAILED');
    expect(world.heard.filter(({ message }) => message.kind === 'open-assignments')).toHaveLength(2);
  });

  test('is renewed at once when the description of the node has changed, which is looked at every 20 s', () => {
    const world = new AgentWorld();
    world.agent.start();
    world.at(3_000, () => {
      world.description = { hostname: 'w1', engine: { version: '29.0' } };
      world.agent.noteDescription();
    });

    world.runUntil(65_000);

    const opened = world.heard.filter(({ message }) => message.kind === 'open-session');
    expect(opened.map(({ at }) => at)).toEqual([0, 20_000]);
    expect(opened[1]?.message).toMatchObject({ sessionId: 's1', description: { engine: { version: '29.0' } } });
  });

  test('is left alone where the description is found to be as before', () => {
    const world = new AgentWorld();
    world.agent.start();
    world.at(3_000, () => world.agent.noteDescription());

    world.runUntil(65_000);

    expect(world.heard.filter(({ message }) => message.kind === 'open-session')).toHaveLength(1);
  });

  test('that could not be renewed when the description had changed tells of it all the same', () => {
    const world = new AgentWorld();
    world.agent.start();
    world.at(19_000, () => {
      world.description = { hostname: 'w1', engine: { version: '29.0' } };
      world.agent.noteDescription();
      world.isReachable = false;
      world.breakSession();
    });
    world.at(21_000, () => {
      world.isReachable = true;
    });

    world.runUntil(65_000);

    const told = world.heard.flatMap(({ message }) => (message.kind === 'open-session' ? [message.description] : []));
    expect(told.at(-1)).toEqual({ hostname: 'w1', engine: { version: '29.0' } });
  });
});

describe('a machine that crashes', () => {
  test('finds its containers ended with 255 when it is back, and tells so', () => {
    const world = new AgentWorld({ images: web });
    world.assign(agentTask('t1'));
    world.agent.start();
    world.at(5_000, () => world.agent.crash());
    world.runUntil(60_000);
    const silent = world.statuses.length;
    world.agent.start();

    world.runUntil(61_000);

    expect(world.statuses.slice(silent).at(-1)).toBe('60000 t1 FAILED');
    expect(world.states('t1').at(-1)).toBe('60000 FAILED: task: non-zero exit (255)');
  });

  test('does nothing while it is down, whatever was under way', () => {
    for (const at of [1_000, 2_100, 2_400, 6_500]) {
      const world = new AgentWorld({ images: web });
      world.assign(agentTask('t1', {}, { networks: [{ networkId: 'n', addresses: [] }] }));
      world.agent.start();
      world.at(Math.min(at, 5_000), () => {});
      if (at > 5_000) world.assign(world.tasks.get('t1')!, 'SHUTDOWN');
      world.at(at, () => world.agent.crash());
      const before = world.records.length;

      world.runUntil(100_000);

      expect(world.records.slice(before)).toEqual([]);
      expect(world.timeline.simulator.pendingAperiodic).toBe(0);
    }
  });
});

test('an agent that stops in good order leaves its containers running', () => {
  const world = new AgentWorld({ images: web });
  world.assign(agentTask('t1'));
  world.agent.start();
  world.at(5_000, () => world.agent.stop());
  world.at(8_000, () => world.agent.start());

  world.runUntil(10_000);

  expect(world.recordsOf('container.exited')).toEqual([]);
  expect(world.states('t1').at(-1)).toBe('8000 RUNNING');
});

test('a node that leaves removes its tasks and accepts no others', () => {
  const world = new AgentWorld({ images: web });
  world.assign(agentTask('t1'));
  world.agent.start();
  world.at(5_000, () => world.agent.leave());
  world.assign(agentTask('t2'));

  world.runUntil(10_000);

  expect(world.recordsOf('container.removed')).toMatchObject([{ payload: { container: 'web.1.t1' } }]);
  expect(world.states('t2')).toEqual([]);
});

test('without latencies a stop has neither the second after an update nor the two for gossip', () => {
  const world = new AgentWorld({ images: web, latencies: NO_LATENCIES });
  world.assign(agentTask('t1', {}, { networks: [{ networkId: 'n', addresses: [] }] }));
  world.agent.start();
  world.at(5_000, () => world.assign(world.tasks.get('t1')!, 'SHUTDOWN'));

  world.runUntil(10_000);

  expect(world.states('t1').at(-1)).toBe('5200 SHUTDOWN');
});

test('a task is in the rotation from its start until it is stopped, and gone with its container', () => {
  const world = new AgentWorld({ images: web });
  world.assign(agentTask('t1', {}, { networks: [{ networkId: 'n', addresses: [] }] }));
  world.agent.start();
  world.at(5_000, () => world.assign(world.tasks.get('t1')!, 'SHUTDOWN'));

  world.runUntil(20_000);

  expect(world.recordsOf('rotated')).toEqual([
    { at: 2_300, kind: 'rotated', payload: { task: 't1', rotation: 'in' } },
    { at: 6_000, kind: 'rotated', payload: { task: 't1', rotation: 'draining' } },
    { at: 8_200, kind: 'rotated', payload: { task: 't1', rotation: 'out' } },
  ]);
});
