/** Services (moby api/types/swarm/service.go). */

import { type Decoded, duration, number, omit, pointer, slice, struct, text, time } from '../go/type.ts';
import { annotations, meta, version, withAnnotations, withMeta } from './common-types.ts';
import { portConfig, taskSpec } from './task-types.ts';

const updateConfig = struct('swarm.UpdateConfig', {
  Parallelism: number,
  Delay: omit(duration),
  FailureAction: omit(text),
  Monitor: omit(duration),
  MaxFailureRatio: number,
  Order: text,
});
export type UpdateConfig = Decoded<typeof updateConfig>;

const endpointSpec = struct('swarm.EndpointSpec', { Mode: omit(text), Ports: omit(slice(portConfig)) });

const job = struct('swarm.ReplicatedJob', {
  MaxConcurrent: omit(pointer(number)),
  TotalCompletions: omit(pointer(number)),
});

const serviceMode = struct('swarm.ServiceMode', {
  Replicated: omit(pointer(struct('swarm.ReplicatedService', { Replicas: omit(pointer(number)) }))),
  Global: omit(pointer(struct('swarm.GlobalService', {}))),
  ReplicatedJob: omit(pointer(job)),
  GlobalJob: omit(pointer(struct('swarm.GlobalJob', {}))),
});
export type ServiceMode = Decoded<typeof serviceMode>;

export const serviceSpec = struct(
  'swarm.ServiceSpec',
  {
    ...annotations,
    TaskTemplate: omit(taskSpec),
    Mode: omit(serviceMode),
    UpdateConfig: omit(pointer(updateConfig)),
    RollbackConfig: omit(pointer(updateConfig)),
    EndpointSpec: omit(pointer(endpointSpec)),
  },
  withAnnotations,
);
export type ServiceSpec = Decoded<typeof serviceSpec>;

const jobStatus = struct('swarm.JobStatus', { JobIteration: version, LastExecution: omit(time) });

export const service = struct(
  'swarm.Service',
  {
    ID: text,
    ...meta,
    Spec: omit(serviceSpec),
    PreviousSpec: omit(pointer(serviceSpec)),
    Endpoint: omit(
      struct('swarm.Endpoint', {
        Spec: omit(endpointSpec),
        Ports: omit(slice(portConfig)),
        VirtualIPs: omit(slice(struct('swarm.EndpointVirtualIP', { NetworkID: omit(text), Addr: omit(text) }))),
      }),
    ),
    UpdateStatus: omit(
      pointer(
        struct('swarm.UpdateStatus', {
          State: omit(text),
          StartedAt: omit(pointer(time)),
          CompletedAt: omit(pointer(time)),
          Message: omit(text),
        }),
      ),
    ),
    ServiceStatus: omit(
      pointer(struct('swarm.ServiceStatus', { RunningTasks: number, DesiredTasks: number, CompletedTasks: number })),
    ),
    JobStatus: omit(pointer(jobStatus)),
  },
  withMeta,
);
export type Service = Decoded<typeof service>;
