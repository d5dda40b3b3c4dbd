import { describe, expect, it } from 'vitest';
import { type Task, TaskState } from '../../../../src/api/index.ts';
import type { VectorStep } from '../../../support/orchestration/input.ts';
import { OrchestrationWorld } from '../../../support/orchestration/world.ts';

/** Four tasks, two of them on a node that they are soon no longer to be on. An update would take an hour for each. */
function replicated(steps: readonly VectorStep[]): readonly Task[] {
  const service = { name: 'web', image: 'web', replicas: 4, update: { parallelism: 1, delayMs: 3_600_000 } };
  const onlyA = { placement: { constraints: ['node.labels.zone==a'] } };
  return play([
    { at: 1_000, op: 'createService', service },
    { at: 20_000, op: 'update', service: 'web', set: onlyA },
    ...steps,
  ]);
}

function play(steps: readonly VectorStep[]): readonly Task[] {
  const pace = { pullMs: 300, startMs: 1_000, stopMs: 500 };
  const world = new OrchestrationWorld(
    {
      retentionLimit: 5,
      measureFromMs: 0,
      untilMs: 100_000,
      nodes: ['a', 'b'].map((zone) => ({ name: `n-${zone}`, labels: { zone }, cpus: 4, memoryMb: 1_000 })),
      images: { web: pace, job: { ...pace, completeAfterMs: 2_000 } },
      steps,
    },
    { seed: 1, listener: { committed: () => undefined, refused: () => undefined } },
  );
  world.run();
  return world.store.tasks.all();
}

function rejected(tasks: readonly Task[]): readonly string[] {
  return tasks.filter(({ status }) => status.state === TaskState.REJECTED).map(({ nodeId }) => nodeId);
}

describe('tasks whose node does not match their service any more', () => {
  it('are left to the update, as long as nothing becomes of the node', () => {
    expect(rejected(replicated([]))).toEqual([]);
  });

  it('are rejected when the node is written, whatever is written', () => {
    expect(
      rejected(replicated([{ at: 40_000, op: 'nodeLabels', node: 'n-b', labels: { zone: 'b', disk: 'ssd' } }])),
    ).toEqual(['n-b']);
  });

  it('are rejected by a new leader, who looks at every node', () => {
    const steps: readonly VectorStep[] = [
      { at: 40_000, op: 'leaderLost' },
      { at: 40_000, op: 'leaderElected' },
    ];
    expect(rejected(replicated(steps))).toEqual(['n-b']);
  });

  it('are let be once they have ended', () => {
    const placement = { constraints: ['node.labels.zone==b'] };
    const once = { mode: 'replicated-job', totalCompletions: 1, maxConcurrent: 1 } as const;
    const tasks = play([
      { at: 1_000, op: 'createService', service: { name: 'job', image: 'job', ...once, placement } },
      { at: 40_000, op: 'nodeLabels', node: 'n-b', labels: { zone: 'a' } },
    ]);

    expect(tasks.map(({ nodeId, status }) => [nodeId, status.state])).toEqual([['n-b', TaskState.COMPLETE]]);
  });
});
