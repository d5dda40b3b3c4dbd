/** What the rollout behind a finding has to show, said without the rule that has found it. */
import { TaskState } from '../../src/api/index.ts';
import type { Rollout } from '../../src/evaluate/index.ts';

/** By code of a problem or warning: whether the harm can be seen in the rollout. */
export const HARM: Readonly<Record<string, (rollout: Rollout) => boolean>> = {
  'after-pause': ({ result }) => result.outcome === 'paused' && result.failures > 0,
  'bad-image': ({ result }) => result.outcome === 'completed' && result.failures > 0,
  capacity: ({ result }) => result.outcome === 'completed' && result.lowestRunning! * 2 < result.wanted,
  'clean-exit': (rollout) => running(rollout) < rollout.result.wanted && rollout.result.failures === 0,
  'dead-node': (rollout) => isWaiting(rollout),
  'deployed-again': ({ result }) => result.outcome === 'unchanged' && result.failures > 0,
  drain: (rollout) => isWaiting(rollout) || rollout.result.lowestRunning === 0,
  duration: ({ result }) => result.duration! > 3600e6,
  exposure: ({ result }) => result.detection !== undefined && result.lowestRunning! * 2 < result.wanted,
  'failure-ratio': ({ result }) => result.outcome === 'completed' && result.failures > 0,
  'grace-period': ({ swarm, deployedAt }) =>
    swarm.trace.records.some(
      (record) => record.at > deployedAt && record.kind === 'container.exited' && record.exitCode === 137,
    ),
  'impossible-constraint': (rollout) => isWaiting(rollout) && running(rollout) === 0,
  'job-attempts': (rollout) => rollout.swarm.nodes().every(({ name }) => failuresOn(name, rollout) > 4),
  'late-failure': ({ result }) => result.outcome === 'completed' && result.failures > 0,
  'leader-crash': ({ result }) => result.outcome === 'completed' && result.failures > 0,
  'never-placed': (rollout) => isWaiting(rollout) || running(rollout) === 0,
  'no-health-check': ({ result }) => result.outcome === 'completed' && result.exposure === result.wanted,
  'node-death': ({ result }) => ['stuck', 'rolled back', 'paused'].includes(result.outcome),
  'restart-none': (rollout) => running(rollout) < rollout.result.wanted && !isWaiting(rollout),
  'retry-limit': (rollout) => running(rollout) < rollout.result.wanted && !isWaiting(rollout),
  rollback: ({ result, swarm }) =>
    result.lowestRunning! * 2 < result.wanted || rollbackTime(swarm, result.service) > 300e6,
  'scaling-meanwhile': ({ result }) => result.lowestRunning === 0 || result.lowestRunning! < result.wanted - 2,
  'slow-pull': ({ result }) => result.lowestRunning! * 2 < result.wanted,
  'start-first-fit': (rollout) => rollout.result.outcome === 'stuck' && isWaiting(rollout),
  'unwatched-health': ({ result }) => result.outcome === 'completed' && result.exposure === result.wanted,
  'version-mix': ({ result }) => result.outcome === 'rolled back',
};

function running({ swarm, result }: Rollout): number {
  return swarm.service(result.service).running;
}

/** How often a task of the service failed on a node. */
function failuresOn(node: string, { swarm, result }: Rollout): number {
  return swarm.trace.records.filter(
    (record) =>
      record.kind === 'task.changed' &&
      record.name === result.service &&
      record.node === node &&
      record.state === 'FAILED',
  ).length;
}

function isWaiting({ swarm, result }: Rollout): boolean {
  return swarm
    .service(result.service)
    .tasks()
    .some(({ status, desiredState }) => status.state < TaskState.ASSIGNED && desiredState <= TaskState.RUNNING);
}

function rollbackTime(swarm: Rollout['swarm'], service: string): number {
  const at = (state: string) =>
    swarm.trace.records.find(
      (record) => record.kind === 'update.changed' && record.name === service && record.state === state,
    )!.at;
  return at('rollback_completed') - at('rollback_started');
}
