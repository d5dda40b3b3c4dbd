import { unreachable } from '../../base/index.ts';
import type { EndpointSpec, PortConfig, Service, ServiceMode, ServiceSpec, UpdateConfig } from '../objects.ts';
import { type EpochOption, toRfc3339 } from './instants.ts';
import { metaToEngine } from './meta.ts';
import { omitEmpty } from './omit.ts';
import { taskSpecToEngine } from './task-spec-to-engine.ts';
import type * as Engine from './types.ts';

/** A service as `GET /services/{id}` answers. (moby daemon/cluster/convert/service.go, ServiceFromGRPC) */
export function serviceToEngine(service: Service, epoch?: EpochOption): Engine.Service {
  const { updateStatus: update, jobStatus: job, endpoint, previousSpec } = service;
  return {
    ...metaToEngine(service, epoch),
    Spec: serviceSpecToEngine(service.spec),
    ...(previousSpec && { PreviousSpec: serviceSpecToEngine(previousSpec) }),
    Endpoint: {
      Spec: endpoint?.spec ? endpointSpecToEngine(endpoint.spec) : {},
      ...omitEmpty<Engine.Endpoint>({
        Ports: endpoint?.ports?.map(portToEngine),
        VirtualIPs: endpoint?.virtualIps?.map(({ networkId, addr }) => ({ NetworkID: networkId, Addr: addr })),
      }),
    },
    ...(update && {
      UpdateStatus: omitEmpty<Engine.UpdateStatus>({
        State: update.state,
        StartedAt: update.startedAt === undefined ? undefined : toRfc3339(update.startedAt, epoch),
        CompletedAt: update.completedAt === undefined ? undefined : toRfc3339(update.completedAt, epoch),
        Message: update.message,
      }),
    }),
    ...(job && {
      JobStatus: {
        JobIteration: omitEmpty<Engine.Version>({ Index: job.jobIteration }),
        LastExecution: job.lastExecution === undefined ? NO_TIME : toRfc3339(job.lastExecution, epoch),
      },
    }),
  };
}

/** Go's zero time, where the API does not leave it out. */
const NO_TIME = '0001-01-01T00:00:00Z';

/** A specification as the engine shows it: with what the daemon filled in when it was created. */
export function serviceSpecToEngine(spec: ServiceSpec): Engine.ServiceSpec {
  return {
    Name: spec.name,
    Labels: spec.labels,
    TaskTemplate: { ...taskSpecToEngine(spec.task), Runtime: 'container' },
    Mode: modeToEngine(spec.mode),
    ...(spec.update && { UpdateConfig: updateConfigToEngine(spec.update) }),
    ...(spec.rollback && { RollbackConfig: updateConfigToEngine(spec.rollback) }),
    ...(spec.endpoint && { EndpointSpec: endpointSpecToEngine(spec.endpoint) }),
  };
}

export function portToEngine(port: PortConfig): Engine.PortConfig {
  return omitEmpty<Engine.PortConfig>({
    Name: port.name,
    Protocol: port.protocol,
    TargetPort: port.targetPort,
    PublishedPort: port.publishedPort,
    PublishMode: port.publishMode,
  });
}

function endpointSpecToEngine({ mode, ports }: EndpointSpec): Engine.EndpointSpec {
  return omitEmpty<Engine.EndpointSpec>({ Mode: mode, Ports: ports.map(portToEngine) });
}

function modeToEngine(mode: ServiceMode): Engine.ServiceMode {
  switch (mode.kind) {
    case 'replicated':
      return { Replicated: { Replicas: mode.replicas } };
    case 'global':
      return { Global: {} };
    case 'replicated-job':
      return { ReplicatedJob: { MaxConcurrent: mode.maxConcurrent, TotalCompletions: mode.totalCompletions } };
    case 'global-job':
      return { GlobalJob: {} };
    default:
      return unreachable(mode);
  }
}

function updateConfigToEngine(config: UpdateConfig): Engine.UpdateConfig {
  return {
    Parallelism: config.parallelism,
    ...omitEmpty<Engine.UpdateConfig>({
      Delay: config.delay,
      FailureAction: config.failureAction,
      Monitor: config.monitor,
    }),
    MaxFailureRatio: config.maxFailureRatio,
    Order: config.order,
  };
}
