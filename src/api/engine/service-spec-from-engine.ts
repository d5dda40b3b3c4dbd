import type {
  EndpointSpec,
  GenericResource,
  NetworkAttachmentConfig,
  Placement,
  PortConfig,
  ResourceRequirements,
  RestartPolicy,
  ServiceMode,
  ServiceSpec,
  TaskSpec,
  UpdateConfig,
} from '../objects.ts';
import { containerFromEngine, driverFromEngine } from './container-from-engine.ts';
import { InvalidParameterError } from './invalid-parameter.ts';
import { nonEmptyMap, omitEmpty } from './omit.ts';
import type * as Engine from './types.ts';

/**
 * What the daemon makes of a service that a client sends, on create and on update: defaults where the API has them,
 * enumerations checked. A service without a name keeps the empty one: the real daemon invents a name.
 * (moby daemon/cluster/convert/service.go, ServiceSpecToGRPC)
 *
 * @throws InvalidParameterError in the daemon's words.
 */
export function serviceSpecFromEngine(spec: Engine.ServiceSpec): ServiceSpec {
  const task = taskSpecFromEngine(spec.TaskTemplate ?? {});
  return {
    name: spec.Name ?? '',
    labels: spec.Labels ?? {},
    task,
    ...(spec.UpdateConfig && { update: updateFromEngine(spec.UpdateConfig) }),
    ...(spec.RollbackConfig && { rollback: updateFromEngine(spec.RollbackConfig) }),
    ...(spec.EndpointSpec && { endpoint: endpointFromEngine(spec.EndpointSpec) }),
    mode: modeFromEngine(spec.Mode ?? {}),
  };
}

function taskSpecFromEngine(task: Engine.TaskSpec): TaskSpec {
  if (task.Runtime && task.Runtime !== 'container') throw new InvalidParameterError('unsupported runtime');
  if (!task.ContainerSpec) throw new InvalidParameterError('mismatched Runtime and *Spec fields');
  return {
    container: containerFromEngine(task.ContainerSpec),
    ...omitEmpty<Omit<TaskSpec, 'container' | 'forceUpdate'>>({
      resources: task.Resources && resourcesFromEngine(task.Resources),
      restart: task.RestartPolicy && restartFromEngine(task.RestartPolicy),
      placement: task.Placement && placementFromEngine(task.Placement),
      networks: task.Networks?.map(attachmentFromEngine),
      logDriver: task.LogDriver && driverFromEngine(task.LogDriver),
    }),
    forceUpdate: task.ForceUpdate ?? 0,
  };
}

function attachmentFromEngine({
  Target,
  Aliases,
  DriverOpts,
}: Engine.NetworkAttachmentConfig): NetworkAttachmentConfig {
  const more: Omit<NetworkAttachmentConfig, 'target'> = omitEmpty({
    aliases: Aliases,
    driverOpts: nonEmptyMap(DriverOpts),
  });
  return { target: Target ?? '', ...more };
}

function resourcesFromEngine({ Limits, Reservations }: Engine.ResourceRequirements): ResourceRequirements {
  return omitEmpty<ResourceRequirements>({
    limits:
      Limits &&
      omitEmpty<NonNullable<ResourceRequirements['limits']>>({
        nanoCpus: Limits.NanoCPUs,
        memoryBytes: Limits.MemoryBytes,
        pids: Limits.Pids,
      }),
    reservations:
      Reservations &&
      omitEmpty<NonNullable<ResourceRequirements['reservations']>>({
        nanoCpus: Reservations.NanoCPUs,
        memoryBytes: Reservations.MemoryBytes,
        generic: Reservations.GenericResources?.flatMap(genericFromEngine),
      }),
  });
}

function genericFromEngine(resource: Engine.GenericResource): GenericResource[] {
  const { DiscreteResourceSpec: discrete, NamedResourceSpec: named } = resource;
  if (discrete) return [{ kind: discrete.Kind ?? '', value: discrete.Value ?? 0 }];
  return named ? [{ kind: named.Kind ?? '', name: named.Value ?? '' }] : [];
}

function restartFromEngine(policy: Engine.RestartPolicy): RestartPolicy {
  const condition = policy.Condition || 'any';
  if (condition !== 'none' && condition !== 'on-failure' && condition !== 'any') {
    throw new InvalidParameterError(`invalid RestartCondition: ${JSON.stringify(condition)}`);
  }
  return {
    condition,
    maxAttempts: policy.MaxAttempts ?? 0,
    // An explicit 0 s is kept: it means to restart at once.
    ...(typeof policy.Delay === 'number' && { delay: policy.Delay }),
    ...(typeof policy.Window === 'number' && { window: policy.Window }),
  };
}

function placementFromEngine(placement: Engine.Placement): Placement {
  return omitEmpty<Placement>({
    constraints: placement.Constraints,
    preferences: placement.Preferences?.flatMap(({ Spread }) => (Spread ? [{ spread: Spread.SpreadDescriptor }] : [])),
    platforms: placement.Platforms?.map(({ OS, Architecture }) => ({ os: OS ?? '', architecture: Architecture ?? '' })),
    maxReplicas: placement.MaxReplicas,
  });
}

function updateFromEngine(config: Engine.UpdateConfig): UpdateConfig {
  const failureAction = config.FailureAction || 'pause';
  if (failureAction !== 'pause' && failureAction !== 'continue' && failureAction !== 'rollback') {
    throw new InvalidParameterError(`unrecognized update failure action ${failureAction}`);
  }
  const order = config.Order || 'stop-first';
  if (order !== 'stop-first' && order !== 'start-first') {
    throw new InvalidParameterError(`unrecognized update order ${order}`);
  }
  return {
    parallelism: config.Parallelism ?? 0,
    delay: config.Delay ?? 0,
    failureAction,
    // The API cannot say 0 s: it is the same as nothing, and swarmkit then takes its default.
    ...(config.Monitor && { monitor: config.Monitor }),
    maxFailureRatio: config.MaxFailureRatio ?? 0,
    order,
  };
}

function endpointFromEngine(endpoint: Engine.EndpointSpec): EndpointSpec {
  const mode = endpoint.Mode || 'vip';
  if (mode !== 'vip' && mode !== 'dnsrr') {
    throw new InvalidParameterError(`invalid resolution mode: ${JSON.stringify(mode)}`);
  }
  return { mode, ports: (endpoint.Ports ?? []).map(portFromEngine) };
}

/** Unknown words fall back to the first of swarmkit's enumerations, without an error. */
function portFromEngine(port: Engine.PortConfig): PortConfig {
  const protocol = port.Protocol?.toLowerCase();
  return {
    ...(port.Name && { name: port.Name }),
    protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp',
    targetPort: port.TargetPort ?? 0,
    publishedPort: port.PublishedPort ?? 0,
    publishMode: port.PublishMode?.toLowerCase() === 'host' ? 'host' : 'ingress',
  };
}

function modeFromEngine(mode: Engine.ServiceMode): ServiceMode {
  if (Object.values(mode).filter((value) => value != null).length > 1) {
    throw new InvalidParameterError('must specify only one service mode');
  }
  if (mode.Global) return { kind: 'global' };
  if (mode.GlobalJob) return { kind: 'global-job' };
  if (mode.ReplicatedJob) {
    const maxConcurrent = mode.ReplicatedJob.MaxConcurrent ?? 1;
    const totalCompletions = mode.ReplicatedJob.TotalCompletions ?? maxConcurrent;
    return { kind: 'replicated-job', maxConcurrent, totalCompletions };
  }
  return { kind: 'replicated', replicas: mode.Replicated?.Replicas ?? 1 };
}
