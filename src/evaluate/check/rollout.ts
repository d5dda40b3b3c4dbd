/** One case of the battery, played with the service of a stack. */
import { durationOf, type ServiceSpec, type Task, TaskState } from '../../api/index.ts';
import { DryswarmError, type Nanoseconds } from '../../base/index.ts';
import type { Stack } from '../../compose/index.ts';
import type { Seed } from '../../sim/index.ts';
import type { ImageDefinition, ServiceHandle, Swarm } from '../../swarm/index.ts';
import { deployStack } from '../deploy.ts';
import { type Rehearsal, rehearseOne, type ServiceResult } from '../rehearsal.ts';
import { nodesOf } from '../scenario/nodes.ts';
import type { ClusterDefinition } from '../scenario/scenario.ts';
import { withIdleLeader, withManagers } from './cluster-variants.ts';
import { firstFault } from './first-fault.ts';
import { goodImage } from './good-image.ts';
import { reaches } from './moments.ts';
import { aftermathOf, patienceOf, quietOf, recoveryOf } from './patience.ts';
import type { RolloutCase } from './rollout-case.ts';

export interface Rollout extends Rehearsal {
  readonly case: RolloutCase;
  /** What became of the service. */
  readonly result: ServiceResult;
}

/** Where a case is played. */
export interface Stage {
  readonly stack: Stack;
  /** The service's name in the swarm. */
  readonly service: string;
  readonly cluster: ClusterDefinition;
  /** Whether nobody has said what the cluster is like. */
  readonly isAssumed: boolean;
  /** How images behave, where a user has said so. */
  readonly images: Readonly<Record<string, ImageDefinition>>;
  readonly seed: Seed;
}

/** After so long an update has said that it is under way. */
const ANNOUNCED = '1s';

/** @throws as {@link rehearse} */
export function playRollout(stage: Stage, rollout: RolloutCase): Rollout {
  const { managers } = rollout;
  const cluster = managers === undefined ? stage.cluster : withManagers(stage.cluster, managers);
  const played = play({ ...stage, cluster }, rollout);
  if (!rollout.losesNode || firstFault(played)) return played;
  return playWithIdleLeader(stage, rollout) ?? played;
}

/** Undefined where what runs now cannot do without the node that leads. */
function playWithIdleLeader(stage: Stage, rollout: RolloutCase): Rollout | undefined {
  try {
    return play({ ...stage, cluster: withIdleLeader(stage.cluster) }, rollout);
  } catch (error) {
    if (error instanceof DryswarmError && error.code === 'does-not-settle') return undefined;
    throw error;
  }
}

function play(stage: Stage, rollout: RolloutCase): Rollout {
  const { stack, service, cluster, seed } = stage;
  const spec = stack.services.find(({ name }) => name === service)!;
  const company = { ...stack, services: stack.services.filter((other) => other === spec || claimsRoom(other)) };
  const image = spec.task.container.image;
  const newImage = rollout.next && !rollout.isFirst ? successorOf(image) : image;
  const release = {
    from: rollout.isFirst ? { ...company, services: company.services.filter((other) => other !== spec) } : company,
    to: { ...company, services: company.services.map((other) => (other === spec ? withImage(spec, newImage) : other)) },
  };
  const good = goodImage(spec, stage.images);
  const behaviours = [
    ...company.services.map((other) => [other.task.container.image, goodImage(other, stage.images)] as const),
    [newImage, { ...good, ...rollout.next }] as const,
  ];
  const slots = spec.mode.kind === 'replicated' ? spec.mode.replicas : nodesOf(cluster).length;
  const scenario = {
    name: rollout.describe,
    cluster,
    images: Object.fromEntries(behaviours),
    faults: [],
    expect: { outcome: [] },
    patience: patienceOf(spec, slots, pullOf(rollout)),
  };
  const rehearsal = rehearseOne(release, scenario, seed, service, (swarm) => {
    rollout.meanwhile?.(swarm, {
      name: service,
      spec,
      newImage,
      good,
      deployAgain: () => deployStack(swarm, release.to),
    });
    if (rollout.failsForGood) return aftermathOf(spec);
    if (rollout.isFirst || rollout.next === undefined) return recoveryOf(spec, slots);
    swarm.run({ for: ANNOUNCED });
    const pull = pullOf(rollout);
    reaches(swarm, () => hasEnded(swarm.service(service)), patienceOf(spec, slots, pull), quietOf(spec, pull));
    // It has gone through with all its failures: they only go on.
    return isLetThrough(swarm, service, newImage) ? 0 : aftermathOf(spec);
  });
  return { ...rehearsal, case: rollout, result: rehearsal.services.find((found) => found.service === service)! };
}

function hasEnded({ updateStatus }: ServiceHandle): boolean {
  return updateStatus?.state !== 'updating' && updateStatus?.state !== 'rollback_started';
}

function isLetThrough(swarm: Swarm, service: string, image: string): boolean {
  const { updateStatus } = swarm.service(service);
  const hasFailed = (task: Task) => task.spec.container.image === image && task.status.state === TaskState.FAILED;
  return updateStatus?.state === 'completed' && swarm.service(service).tasks().some(hasFailed);
}

function pullOf({ next }: RolloutCase): Nanoseconds {
  return typeof next?.pull === 'string' ? durationOf(next.pull) : 0;
}

/** Whether a service can be in another one's way: the rest of a stack is left out of a rollout, which saves time. */
function claimsRoom({ task, endpoint }: ServiceSpec): boolean {
  return (
    task.resources?.reservations !== undefined ||
    (endpoint?.ports.some(({ publishMode }) => publishMode === 'host') ?? false)
  );
}

function withImage(spec: ServiceSpec, image: string): ServiceSpec {
  return { ...spec, task: { ...spec.task, container: { ...spec.task.container, image } } };
}

/** The image of the next release: the same name with a tag of its own. */
function successorOf(image: string): string {
  return `${image.replace(/@.*$/, '').replace(/:[^/]*$/, '')}:next`;
}
