import { describe, expect, test } from 'vitest';
import { KEPT_REPETITIONS } from '../../../../src/agent/engine/log.ts';
import type { ImageDefinition } from '../../../../src/agent/index.ts';
import { DryswarmError } from '../../../../src/base/index.ts';
import { agentTask } from '../../../support/agent-task.ts';
import { AgentWorld } from '../../../support/agent-world.ts';

function worldOf(definition: ImageDefinition): AgentWorld {
  const world = new AgentWorld({ images: { 'web:1': definition } });
  world.assign(agentTask('t1'));
  world.agent.start();
  return world;
}

/** What the container has printed by then: `3000 hello`, with a mark for the error stream. */
function printed(definition: ImageDefinition, until: number): string[] {
  return linesOf(worldOf(definition).runUntil(until));
}

function linesOf(world: AgentWorld): string[] {
  return world.agent.engine
    .logOf('t1')
    .map(({ at, stream, text }) => `${at / 1000} ${text}${stream === 'stderr' ? ' (stderr)' : ''}`);
}

describe('a log', () => {
  test('begins when the process runs, not when it is started', () => {
    expect(printed({ pull: '2s', start: '3s', log: 'hello' }, 4999)).toEqual([]);
    expect(printed({ pull: '2s', start: '3s', log: 'hello' }, 5000)).toEqual(['5000 hello']);
  });

  test('has its lines in the order of their times, and of their definition within an instant', () => {
    const log = [{ line: 'late', after: '2s' }, 'first', { line: 'second', stream: 'stderr' } as const];
    expect(printed({ log }, 60_000)).toEqual(['0 first', '0 second (stderr)', '2000 late']);
  });

  test('ends with the process, whatever ends it', () => {
    const log = { line: 'tick', every: '10s' };
    expect(printed({ log, fails: { after: '25s' } }, 60_000)).toEqual(['10000 tick', '20000 tick']);
    expect(printed({ log, completes: '20s' }, 60_000)).toEqual(['10000 tick', '20000 tick']);

    const stopped = worldOf({ log }).at(15_000, () => {});
    stopped.assign(agentTask('t1'), 'SHUTDOWN');
    expect(linesOf(stopped.runUntil(60_000))).toEqual(['10000 tick']);

    const crashed = worldOf({ log }).at(35_000, () => {});
    crashed.agent.crash();
    expect(linesOf(crashed.runUntil(90_000))).toEqual(['10000 tick', '20000 tick', '30000 tick']);
  });

  test('that repeats itself begins where it is told, and keeps its last lines', () => {
    expect(printed({ log: { line: 'tick', after: '1s', every: '2s' } }, 5_000)).toEqual([
      '1000 tick',
      '3000 tick',
      '5000 tick',
    ]);
    const long = printed({ log: { line: 'tick', every: '1ms' } }, KEPT_REPETITIONS + 5);
    expect(long).toHaveLength(KEPT_REPETITIONS);
    expect([long[0], long.at(-1)]).toEqual(['6 tick', `${KEPT_REPETITIONS + 5} tick`]);
  });

  test('is gone with its container', () => {
    const world = worldOf({ log: 'hello' }).at(1000, () => {});
    world.assign(agentTask('t1'), 'SHUTDOWN');
    world.runUntil(5000);
    expect(linesOf(world)).toEqual(['0 hello']);
    world.remove('t1');
    expect(linesOf(world.runUntil(60_000))).toEqual([]);
  });

  test('meets the same luck whatever else the image does', () => {
    const log = { line: 'hello', after: '1s..9s' };
    const [at] = printed({ log }, 10_000);
    expect(Number.parseFloat(at!)).toBeGreaterThan(1000);
    expect(printed({ log, fails: { after: '20s' } }, 30_000)).toEqual([at]);
  });

  test.each(['0s', '-1s', '1s..2s'])('cannot repeat itself every %s', (every) => {
    expect(() => worldOf({ log: { line: 'tick', every } })).toThrow(DryswarmError);
  });

  test('is nothing where the image prints nothing, or the task is unknown', () => {
    expect(printed({}, 1000)).toEqual([]);
    expect(worldOf({ log: 'hello' }).runUntil(1000).agent.engine.logOf('t2')).toEqual([]);
  });
});
