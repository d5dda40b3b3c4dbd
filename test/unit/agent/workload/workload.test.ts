import { describe, expect, test } from 'vitest';
import { type ImageDefinition, ImageWorkload } from '../../../../src/agent/index.ts';
import { distributionOf } from '../../../../src/agent/workload/duration.ts';
import { DryswarmError, seconds } from '../../../../src/base/index.ts';
import { agentTask } from '../../../support/agent-task.ts';
import { AgentWorld } from '../../../support/agent-world.ts';

const check = { test: ['CMD', 'check'], interval: 1e9, retries: 2 };

function statesOf(definition: ImageDefinition, until: number, healthcheck?: typeof check): string[] {
  const world = new AgentWorld({ images: { 'web:1': definition } });
  world.assign(agentTask('t1', healthcheck ? { healthcheck } : {}));
  world.agent.start();
  return world.runUntil(until).states('t1');
}

describe('an image', () => {
  test('of which nothing is said costs no time and runs until it is stopped', () => {
    expect(statesOf({}, 3600_000).at(-1)).toBe('0 RUNNING');
  });

  test('that the registry does not know is rejected', () => {
    const text = "pull access denied for web, repository does not exist or may require 'docker login'";
    expect(statesOf({ pull: '2s', missing: true }, 10_000).at(-1)).toBe(`2000 REJECTED: ${text}`);
  });

  test('that cannot be pulled is rejected with the error, once that is known', () => {
    const pullFails = { error: 'registry down', takes: '15s' };
    expect(statesOf({ pull: '2s', pullFails }, 60_000).at(-1)).toBe('15000 REJECTED: registry down');
  });

  test('of which no container can be made is rejected, although it could be pulled', () => {
    const createFails = { error: 'no space left on device' };
    expect(statesOf({ pull: '2s', createFails }, 60_000).at(-1)).toBe('2000 REJECTED: no space left on device');
  });

  test('that cannot be pulled any more starts where it is in the cache', () => {
    const world = new AgentWorld({ images: { 'web:1': { pull: '2s' } } });
    world.assign(agentTask('t1'));
    world.agent.start();
    world.runUntil(10_000);
    world.images.define('web:1', { pullFails: { error: 'registry down', takes: '15s' } });
    world.assign(agentTask('t2'));
    expect(world.runUntil(60_000).states('t2').at(-1)).toBe('25000 RUNNING');
  });

  test('that fails ends with its code', () => {
    expect(statesOf({ start: '3s', fails: { after: '20s', exitCode: 3 } }, 60_000).at(-1)).toBe(
      '23000 FAILED: task: non-zero exit (3)',
    );
  });

  test('that completes ends well', () => {
    expect(statesOf({ completes: '20s' }, 60_000).at(-1)).toBe('20000 COMPLETE');
  });

  test('that cannot be started fails with the text of the runtime', () => {
    expect(statesOf({ start: { takes: '1s', fails: { error: 'boom' } } }, 60_000).at(-1)).toBe(
      '1000 FAILED: starting container failed: boom',
    );
  });

  test('that is never healthy is stopped after its retries', () => {
    expect(statesOf({ neverHealthy: true }, 60_000, check).at(-1)).toBe(
      '2000 FAILED: task: non-zero exit (143): dockerexec: unhealthy container',
    );
  });

  test('that becomes healthy late runs from then on', () => {
    expect(statesOf({ healthy: { after: '1500ms' } }, 60_000, check).at(-1)).toBe('2000 RUNNING');
  });

  test('that turns unhealthy later is stopped then', () => {
    const states = statesOf({ probe: '100ms', unhealthy: { after: '10s' } }, 60_000, check);
    expect(states.at(-2)).toBe('1100 RUNNING');
    expect(states.at(-1)).toBe('12100 FAILED: task: non-zero exit (143): dockerexec: unhealthy container');
  });

  test('that ignores the stop signal is killed after its grace', () => {
    const world = new AgentWorld({ images: { 'web:1': { ignoresStopSignal: true } } });
    world.assign(agentTask('t1'));
    world.agent.start();
    world.at(1_000, () => world.assign(world.tasks.get('t1')!, 'SHUTDOWN'));

    expect(world.runUntil(60_000).states('t1').at(-1)).toBe('12000 SHUTDOWN');
  });

  test('is loaded once by two tasks that need it together, and not again by a third', () => {
    const world = new AgentWorld({ images: { 'web:1': { pull: '8s' } } });
    world.agent.start();
    world.at(1_000, () => world.assign(agentTask('t1')));
    world.at(3_000, () => world.assign(agentTask('t2')));
    world.at(20_000, () => world.assign(agentTask('t3')));
    world.runUntil(60_000);

    expect(['t1', 't2', 't3'].map((id) => world.states(id).at(-1))).toEqual([
      '9000 RUNNING',
      '9000 RUNNING',
      '20000 RUNNING',
    ]);
  });

  test('may be spoken of in any form of its name', () => {
    const images = { 'docker.io/library/web': { completes: '1s' } } as const;
    const world = new AgentWorld({ images });
    world.assign(agentTask('t1', { image: 'web:latest' }));
    world.agent.start();

    expect(world.runUntil(5_000).states('t1').at(-1)).toBe('1000 COMPLETE');
  });
});

describe('what happens to some only', () => {
  const run = (definition: ImageDefinition, attempt: number, slot = 1, seed = 1) => {
    const images = new ImageWorkload({ seed, identify: () => ({ attempt, nth: attempt, node: 'w1' }) });
    images.define('web:1', definition);
    const task = agentTask('t1', {}, { slot });
    return images.run({ id: 'id', name: 'name', image: 'web:1', task });
  };

  test('is limited by attempts, slots and nodes', () => {
    const fails = { after: '1s', attempts: [2, 3], slots: [1] } as const;

    const hit = [1, 2, 3, 4].map((attempt) => run({ fails }, attempt).ends !== undefined);

    expect(hit).toEqual([false, true, true, false]);
    expect(run({ fails }, 2, 2).ends).toBeUndefined();
    expect(run({ fails: { after: '1s', nodes: ['w2'] } }, 1).ends).toBeUndefined();
    expect(run({ fails: { after: '1s', nth: 4 } }, 4).ends).toBeDefined();
  });

  test('by chance has its share, and the same luck for the same slot and attempt whatever else is said', () => {
    const fails = { after: '5s..9s', share: '30%' };
    const slots = Array.from({ length: 1000 }, (_, index) => index + 1);

    const alone = slots.map((slot) => run({ fails }, 1, slot).ends);
    const withMore = slots.map((slot) => run({ fails, start: '1s ± 200ms', stop: '3s ± 1s' }, 1, slot).ends);

    const share = alone.filter((ends) => ends !== undefined).length / slots.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.35);
    expect(withMore).toEqual(alone);
  });
});

describe('a definition', () => {
  const images = new ImageWorkload({ seed: 1, identify: () => ({ attempt: 1, nth: 1, node: 'w1' }) });

  test('that makes no sense is refused with a hint', () => {
    for (const definition of [
      { pul: '8s' },
      { fails: { after: '8s', share: 30 } },
      { pull: 'soon' },
      { pull: '-1s' },
    ]) {
      expect(() => images.define('web:1', definition as never), JSON.stringify(definition)).toThrow(DryswarmError);
    }
  });

  test('may give durations as text, nanoseconds or distributions', () => {
    expect(distributionOf('8s')).toEqual({ kind: 'fixed', value: seconds(8) });
    expect(distributionOf(8e9)).toEqual({ kind: 'fixed', value: seconds(8) });
    expect(distributionOf('8s ± 2s')).toEqual({ kind: 'normal', mean: seconds(8), deviation: seconds(2) });
    expect(distributionOf('8s +- 2s')).toEqual({ kind: 'normal', mean: seconds(8), deviation: seconds(2) });
    expect(distributionOf('5s..1m')).toEqual({ kind: 'uniform', min: seconds(5), max: seconds(60) });
    expect(distributionOf({ kind: 'exponential', mean: 5 })).toEqual({ kind: 'exponential', mean: 5 });
  });
});
