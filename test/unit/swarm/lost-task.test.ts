/**
 * swarmkit manager/orchestrator/update/updater.go, updateTask: "Wait for the new task to come up" ends when that task has
 * reached RUNNING or is past it, and has no time limit. The orchestrator replaces the task of a node that is down, but its
 * observed state stays what it was until the node returns, is removed, or has been down for 24 hours.
 */
import { describe, expect, it } from 'vitest';
import { TaskState } from '../../../src/api/index.ts';
import { createSwarm, type ServiceHandle, type Swarm } from '../../../src/swarm/index.ts';

interface Stuck {
  readonly swarm: Swarm;
  readonly api: ServiceHandle;
  /** The node that died. */
  readonly node: string;
}

/** A good release, during which the node of a new task dies as soon as that task is seen in a state. */
function lose(state: TaskState, failureAction: 'pause' | 'rollback' = 'rollback'): Stuck {
  const swarm = createSwarm({ managers: 1, workers: 3 });
  for (const image of ['api:1', 'api:2']) swarm.images.define(image, { pull: '5s', start: '2s' });
  const constraints = ['node.role==worker'];
  const api = swarm.services.create({
    name: 'api',
    image: 'api:1',
    replicas: 4,
    constraints,
    update: { monitor: '30s', failureAction },
  });
  swarm.runUntilSettled();
  api.update((spec) => {
    spec.image = 'api:2';
  });
  const isIt = (task: ReturnType<ServiceHandle['tasks']>[number]) =>
    task.spec.container.image === 'api:2' && task.status.state === state;
  swarm.runUntil(() => api.tasks().some(isIt));
  const node = api.tasks().find(isIt)!.nodeId;
  swarm.node(node).crash();
  swarm.run({ for: '1h' });
  return { swarm, api, node };
}

describe('an update whose new task is lost before it runs', () => {
  it.each(['ASSIGNED', 'PREPARING', 'READY', 'STARTING'] as const)('waits for it, lost when %s', (state) => {
    const { api } = lose(TaskState[state]);
    expect(api.updateStatus?.state).toBe('updating');
    expect(api.running).toBeGreaterThanOrEqual(4);
  });

  it('goes on when somebody forces another one', () => {
    const { swarm, api } = lose(TaskState.PREPARING);
    api.forceUpdate();
    swarm.run({ for: '10m' });
    expect(api.updateStatus?.state).toBe('completed');
    expect(
      new Set(
        api
          .tasks()
          .slice(-4)
          .map(({ spec }) => spec.container.image),
      ),
    ).toEqual(new Set(['api:2']));
  });

  it.each([
    ['rollback', 'rollback_completed'],
    ['pause', 'paused'],
  ] as const)('counts it as a failure when the node is removed: %s', (action, state) => {
    const { swarm, api, node } = lose(TaskState.PREPARING, action);
    swarm.node(node).remove({ force: true });
    swarm.run({ for: '10m' });
    expect(api.updateStatus?.state).toBe(state);
  });

  it('counts it as a failure when the node returns', () => {
    const { swarm, api, node } = lose(TaskState.PREPARING);
    swarm.node(node).boot();
    swarm.run({ for: '10m' });
    expect(api.updateStatus?.state).toBe('rollback_completed');
  });
});
