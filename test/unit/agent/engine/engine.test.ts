import { expect, test } from 'vitest';
import type { ContainerSpec, PortConfig, Task } from '../../../../src/api/index.ts';
import { agentTask } from '../../../support/agent-task.ts';
import { AgentWorld } from '../../../support/agent-world.ts';

function withPort(id: string, publishedPort: number, container: Partial<ContainerSpec> = {}): Task {
  const port: PortConfig = { protocol: 'tcp', targetPort: 80, publishedPort, publishMode: 'host' };
  return agentTask(id, container, { endpoint: { ports: [port] } });
}

function portsOf(world: AgentWorld, id: string): readonly number[] {
  return (world.agent.engine.look(`web.1.${id}`)?.hostPorts ?? []).map((port) => port.publishedPort);
}

test('a container cannot start on a port of the node that another one holds', () => {
  const world = new AgentWorld();
  world.assign(withPort('t1', 8080));
  world.assign(withPort('t2', 8080));
  world.agent.start();

  world.runUntil(1_000);

  expect(world.states('t1').at(-1)).toBe('0 RUNNING');
  expect(world.states('t2').at(-1)).toContain('Bind for 0.0.0.0:8080 failed: port is already allocated');
});

test('a port of the node is free again when its container has ended', () => {
  const world = new AgentWorld();
  world.assign(withPort('t1', 8080));
  world.agent.start();
  world.at(1_000, () => world.agent.engine.exit('web.1.t1', 0));
  world.assign(withPort('t2', 8080));

  world.runUntil(2_000);

  expect(world.states('t2').at(-1)).toBe('1000 RUNNING');
});

test('the engine chooses ports that nobody named, and the status tells which', () => {
  const world = new AgentWorld();
  world.assign(withPort('t1', 0));
  world.assign(withPort('t2', 0));
  world.agent.start();

  world.runUntil(1_000);

  expect([portsOf(world, 't1'), portsOf(world, 't2')]).toEqual([[32_768], [32_769]]);
  const last = world.agent.state.worker.stored.get('t2')?.status.portStatus?.ports;
  expect(last?.map((port) => port.publishedPort)).toEqual([32_769]);
});

test('a container that is removed while it is being started is stopped once it runs', () => {
  const world = new AgentWorld({ images: { 'web:1': { start: '3s', stop: '200ms' } } });
  world.assign(agentTask('t1'));
  world.agent.start();
  world.at(1_000, () => world.remove('t1'));

  world.runUntil(10_000);

  expect(world.recordsOf('container.signaled', 'container.exited', 'container.removed')).toMatchObject([
    { at: 3_000, payload: { signal: 'SIGTERM' } },
    { at: 3_200, payload: { exitCode: 143 } },
    { at: 3_200, kind: 'container.removed' },
  ]);
  expect(world.agent.engine.look('web.1.t1')).toBeUndefined();
});

test('a paused container is resumed to be stopped', () => {
  const world = new AgentWorld({ images: { 'web:1': { stop: '200ms' } } });
  world.assign(agentTask('t1'));
  world.agent.start();
  world.at(1_000, () => world.agent.engine.pause('web.1.t1'));
  world.at(2_000, () => world.assign(world.tasks.get('t1')!, 'SHUTDOWN'));

  world.runUntil(10_000);

  const actions = world
    .recordsOf('container.event-raised')
    .map(({ payload }) => (payload as { action: string }).action);
  expect(actions).toEqual(['create', 'start', 'pause', 'unpause', 'die']);
  expect(world.states('t1').at(-1)).toBe('3200 SHUTDOWN');
});

test('a stop signal may be given in short or by its number', () => {
  for (const [given, sent] of [
    ['SIGINT', 'SIGINT'],
    ['quit', 'SIGQUIT'],
    ['10', 'SIGUSR1'],
  ] as const) {
    const world = new AgentWorld();
    world.assign(agentTask('t1', { stopSignal: given }));
    world.agent.start();
    world.at(1_000, () => world.remove('t1'));

    world.runUntil(2_000);

    expect(world.recordsOf('container.signaled')).toMatchObject([{ payload: { signal: sent } }]);
  }
});

test('a health check that the engine does not accept makes the task be rejected', () => {
  const world = new AgentWorld();
  world.assign(agentTask('t1', { healthcheck: { test: ['CMD', 'check'], retries: -1 } }));
  world.agent.start();

  world.runUntil(1_000);

  expect(world.states('t1').at(-1)).toBe('0 REJECTED: Retries in Healthcheck cannot be negative');
});

test("the image's health check holds a task of a service that has none", () => {
  const world = new AgentWorld({ images: { 'web:1': { healthcheck: { interval: '4s' } } } });
  world.assign(agentTask('t1'));
  world.agent.start();

  world.runUntil(10_000);

  expect(world.states('t1').at(-1)).toBe('4000 RUNNING');
});
