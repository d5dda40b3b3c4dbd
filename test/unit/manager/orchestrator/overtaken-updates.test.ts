import { describe, expect, it } from 'vitest';
import { type Task, TaskState } from '../../../../src/api/index.ts';
import type { VectorService, VectorStep } from '../../../support/orchestration/input.ts';
import { OrchestrationWorld } from '../../../support/orchestration/world.ts';

const WEB: VectorService = { name: 'web', image: 'web:1', replicas: 3, update: { parallelism: 1 } };
const PACE = { pullMs: 300, startMs: 1_000, stopMs: 500 };

/** Every write takes 100 ms. web:1 runs long before the steps, which have long been over when it ends. */
function play(service: Partial<VectorService>, steps: readonly VectorStep[]): readonly Task[] {
  const world = new OrchestrationWorld(
    {
      retentionLimit: 5,
      measureFromMs: 0,
      untilMs: 60_000,
      nodes: [{ name: 'n1', cpus: 8, memoryMb: 1_000 }],
      images: { 'web:1': PACE, 'web:2': PACE, 'web:3': PACE },
      commitMs: 100,
      steps: [{ at: 1_000, op: 'createService', service: { ...WEB, ...service } }, ...steps],
    },
    { seed: 1, listener: { committed: () => undefined, refused: () => undefined } },
  );
  world.run();
  return world.store.tasks.all();
}

function release(at: number, set: Partial<VectorService>): VectorStep {
  return { at, op: 'update', service: 'web', set };
}

function running(tasks: readonly Task[]): readonly string[] {
  return tasks.filter(({ status }) => status.state === TaskState.RUNNING).map(({ spec }) => spec.container.image);
}

function made(tasks: readonly Task[], image: string): number {
  return tasks.filter(({ spec }) => spec.container.image === image).length;
}

// The orchestrator hands slots to the updater before it fills those that are missing: where there are more replicas it
// comes to the update in the instant in which it hears of it, without a turn to write.
const OVERTAKING = { image: 'web:3', replicas: 4 };

describe('an update that is overtaken', () => {
  it('while it writes that it has begun replaces no task, and makes way', () => {
    // The other write keeps the first update from beginning until the second one is in the queue before it.
    const tasks = play({}, [
      release(10_000, { image: 'web:2' }),
      { at: 10_050, op: 'setRetention', limit: 4 },
      release(10_150, OVERTAKING),
    ]);

    expect(made(tasks, 'web:2')).toBe(0);
    expect(running(tasks)).toEqual(Array(4).fill('web:3'));
  });

  it('while a worker shuts the old task down is over for that worker, and makes way', () => {
    // The new task runs at 12,050 ms, and then its worker asks to write: the second update is in the queue before it.
    const tasks = play({ update: { parallelism: 1, order: 'start-first' } }, [
      release(10_000, { image: 'web:2' }),
      release(11_950, OVERTAKING),
    ]);

    expect(made(tasks, 'web:2')).toBe(1);
    expect(running(tasks)).toEqual(Array(4).fill('web:3'));
  });
});
