import type { GenericResource, Placement, ResourceRequirements, RestartPolicy, TaskSpec } from '../objects.ts';
import { containerToEngine, driverToEngine } from './container-to-engine.ts';
import { omitEmpty } from './omit.ts';
import type * as Engine from './types.ts';

/** (moby daemon/cluster/convert/service.go, taskSpecFromGRPC) */
export function taskSpecToEngine(task: TaskSpec): Engine.TaskSpec {
  return {
    ContainerSpec: containerToEngine(task.container),
    ...omitEmpty<Engine.TaskSpec>({
      Resources: task.resources && resourcesToEngine(task.resources),
      RestartPolicy: task.restart && restartToEngine(task.restart),
      Placement: task.placement && placementToEngine(task.placement),
      Networks: task.networks?.map(({ target, aliases, driverOpts }) =>
        omitEmpty<Engine.NetworkAttachmentConfig>({ Target: target, Aliases: aliases, DriverOpts: driverOpts }),
      ),
      LogDriver: task.logDriver && driverToEngine(task.logDriver),
    }),
    ForceUpdate: task.forceUpdate,
  };
}

export function genericResourceToEngine(resource: GenericResource): Engine.GenericResource {
  if ('name' in resource) return { NamedResourceSpec: { Kind: resource.kind, Value: resource.name } };
  return { DiscreteResourceSpec: { Kind: resource.kind, Value: resource.value } };
}

function resourcesToEngine({ limits, reservations }: ResourceRequirements): Engine.ResourceRequirements {
  return omitEmpty<Engine.ResourceRequirements>({
    Limits:
      limits &&
      omitEmpty<NonNullable<Engine.ResourceRequirements['Limits']>>({
        NanoCPUs: limits.nanoCpus,
        MemoryBytes: limits.memoryBytes,
        Pids: limits.pids,
      }),
    Reservations:
      reservations &&
      omitEmpty<Engine.Resources>({
        NanoCPUs: reservations.nanoCpus,
        MemoryBytes: reservations.memoryBytes,
        GenericResources: reservations.generic?.map(genericResourceToEngine),
      }),
  });
}

function restartToEngine(policy: RestartPolicy): Engine.RestartPolicy {
  return {
    Condition: policy.condition,
    ...(policy.delay !== undefined && { Delay: policy.delay }),
    MaxAttempts: policy.maxAttempts,
    ...(policy.window !== undefined && { Window: policy.window }),
  };
}

function placementToEngine(placement: Placement): Engine.Placement {
  return omitEmpty<Engine.Placement>({
    Constraints: placement.constraints,
    Preferences: placement.preferences?.map(({ spread }) => ({ Spread: { SpreadDescriptor: spread } })),
    MaxReplicas: placement.maxReplicas,
    Platforms: placement.platforms?.map(({ os, architecture }) =>
      omitEmpty<Engine.Platform>({ Architecture: architecture, OS: os }),
    ),
  });
}
