import { expect, test } from 'vitest';
import type { ServiceSpec } from '../../../src/api/index.ts';
import { definitionOf, specOf } from '../../../src/swarm/definition.ts';
import { createSwarm } from '../../../src/swarm/index.ts';
import { respecified } from '../../../src/swarm/respecified.ts';

/** As the docker client sends it: with empty parts, and more than definitions speak of. */
function stored(): ServiceSpec {
  const spec = specOf({ name: 'api', image: 'api:1', replicas: 2 });
  return {
    ...spec,
    task: {
      ...spec.task,
      container: { ...spec.task.container, mounts: [{ type: 'volume', source: 'data', target: '/data' }] },
      resources: { limits: { pids: 100 } },
      placement: { platforms: [{ os: 'linux', architecture: 'amd64' }] },
    },
  };
}

test('an edit leaves what it does not touch exactly as it was stored', () => {
  const spec = stored();

  expect(respecified(spec, { ...definitionOf(spec), replicas: 3 })).toEqual({
    ...spec,
    mode: { kind: 'replicated', replicas: 3 },
  });
});

test('an edited placement keeps the platforms of the image', () => {
  const { task } = respecified(stored(), { ...definitionOf(stored()), maxReplicasPerNode: 1 });

  expect(task.placement).toEqual({ maxReplicas: 1, platforms: [{ os: 'linux', architecture: 'amd64' }] });
});

test('what an edit takes away is gone', () => {
  const spec = specOf({ name: 'api', image: 'api:1', constraints: ['node.role==worker'], networks: [] });

  expect(respecified(spec, { name: 'api', image: 'api:1' }).task.placement).toBeUndefined();
});

test('scaling replaces no task', () => {
  const swarm = createSwarm({ managers: 1 });
  const { id } = swarm.request<{ readonly id: string }>({ op: 'createService', spec: stored() });
  swarm.runUntilSettled();
  const before = swarm.service('api').tasks();

  swarm.service('api').scale(3);
  swarm.runUntilSettled();

  const tasks = swarm.service('api').tasks();
  expect(tasks.filter(({ serviceId }) => serviceId === id)).toHaveLength(3);
  expect(before.every((task) => tasks.some((other) => other.id === task.id))).toBe(true);
});
