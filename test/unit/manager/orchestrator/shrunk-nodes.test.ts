import { describe, expect, it } from 'vitest';
import { type Task, TaskState } from '../../../../src/api/index.ts';
import type { VectorService, VectorStep } from '../../../support/orchestration/input.ts';
import { OrchestrationWorld } from '../../../support/orchestration/world.ts';

const WEB: VectorService = {
  name: 'web',
  image: 'web',
  replicas: 4,
  reserve: { cpus: 1 },
  restart: { condition: 'any', delayMs: 2_000 },
};

/** Two nodes of four CPUs. All is well before the given steps, and they have long been over when it ends. */
function play(service: Partial<VectorService>, steps: readonly VectorStep[]): readonly Task[] {
  const world = new OrchestrationWorld(
    {
      retentionLimit: 5,
      measureFromMs: 0,
      untilMs: 200_000,
      nodes: ['n1', 'n2'].map((name) => ({ name, cpus: 4, memoryMb: 1_000 })),
      images: { web: { pullMs: 300, startMs: 1_000, stopMs: 500 } },
      steps: [{ at: 1_000, op: 'createService', service: { ...WEB, ...service } }, ...steps],
    },
    { seed: 1, listener: { committed: () => undefined, refused: () => undefined } },
  );
  world.run();
  return world.store.tasks.all();
}

function shrink(at: number, cpus: number): VectorStep {
  return { at, op: 'nodeResources', node: 'n1', cpus, memoryMb: 1_000 };
}

function runningOn(tasks: readonly Task[]): Readonly<Record<string, number>> {
  const counts = { n1: 0, n2: 0 };
  for (const { nodeId, status } of tasks) if (status.state === TaskState.RUNNING) counts[nodeId as 'n1' | 'n2'] += 1;
  return counts;
}

describe('a node that has shrunk', () => {
  it('keeps as many tasks as it still has room for, and the others are rejected and move', () => {
    const tasks = play({}, [shrink(20_000, 1)]);

    expect(runningOn(tasks)).toEqual({ n1: 1, n2: 3 });
    const rejected = tasks.filter(({ status }) => status.state === TaskState.REJECTED);
    expect(rejected.map(({ nodeId, status }) => [nodeId, status.message, status.err])).toEqual([
      ['n1', 'task rejected by constraint enforcer', 'assigned node no longer meets constraints'],
    ]);
  });

  it('keeps what reserves nothing', () => {
    expect(runningOn(play({ reserve: null }, [shrink(20_000, 1)]))).toEqual({ n1: 2, n2: 2 });
  });

  it('loses replicas for good where nothing is ever restarted', () => {
    const tasks = play({ restart: { condition: 'none' } }, [shrink(20_000, 1)]);
    expect(runningOn(tasks)).toEqual({ n1: 1, n2: 2 });
  });

  it('is overbooked for as long as it is not active', () => {
    const paused: VectorStep = { at: 20_000, op: 'nodeAvailability', node: 'n1', availability: 'pause' };
    expect(runningOn(play({}, [paused, shrink(21_000, 1)]))).toEqual({ n1: 2, n2: 2 });

    const active: VectorStep = { at: 30_000, op: 'nodeAvailability', node: 'n1', availability: 'active' };
    expect(runningOn(play({}, [paused, shrink(21_000, 1), active]))).toEqual({ n1: 1, n2: 3 });
  });

  it('gets nothing back by itself when it has grown again', () => {
    expect(runningOn(play({}, [shrink(20_000, 1), shrink(60_000, 4)]))).toEqual({ n1: 1, n2: 3 });
  });
});
