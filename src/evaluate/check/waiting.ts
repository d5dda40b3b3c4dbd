import { TaskState } from '../../api/index.ts';
import type { Rollout } from './rollout.ts';
import type { Subject } from './subject.ts';

/** Why a task of the service has no node at the end, in Swarm's words; undefined where each has one. */
export function waitingTask({ swarm, result }: Rollout): string | undefined {
  return waiting(swarm, result.service)[0]?.status.err;
}

/** What to add where tasks have no node because all are too small: nobody may have said how large they are. */
export function assumptionBehind(subject: Subject, reason: string | undefined): string {
  const isAboutSize = reason?.includes('insufficient resources') ?? false;
  if (!isAboutSize || !subject.isClusterAssumed) return '';
  return ' Nodes are assumed to have 4 CPUs and 8 GiB each; name yours with --scenario.';
}

/** How many tasks have no node at the end, although they should run. */
export function waitingCount({ swarm, result }: Rollout): number {
  return waiting(swarm, result.service).length;
}

/** Why nodes rejected a task of the service, in the daemon's words; undefined where none did. */
export function refusal({ swarm, result }: Rollout): string | undefined {
  return tasksOf(swarm, result.service).find(({ status }) => status.state === TaskState.REJECTED)?.status.err;
}

function waiting(swarm: Rollout['swarm'], service: string): ReturnType<typeof tasksOf> {
  return tasksOf(swarm, service).filter(
    ({ status, desiredState }) => status.state < TaskState.ASSIGNED && desiredState <= TaskState.COMPLETE,
  );
}

function tasksOf(swarm: Rollout['swarm'], service: string) {
  return swarm.service(service).tasks();
}
