/** Tasks and what they are made of (moby api/types/swarm/task.go). */

import { any, type Decoded, duration, map, number, omit, pointer, slice, struct, text, time } from '../go/type.ts';
import { driver, meta, platform, version, withMeta } from './common-types.ts';
import { containerSpec } from './container-types.ts';

export const portConfig = struct('swarm.PortConfig', {
  Name: omit(text),
  Protocol: omit(text),
  TargetPort: omit(number),
  PublishedPort: omit(number),
  PublishMode: omit(text),
});
export type PortConfig = Decoded<typeof portConfig>;

export const genericResource = struct('swarm.GenericResource', {
  NamedResourceSpec: omit(pointer(struct('swarm.NamedGenericResource', { Kind: omit(text), Value: omit(text) }))),
  DiscreteResourceSpec: omit(
    pointer(struct('swarm.DiscreteGenericResource', { Kind: omit(text), Value: omit(number) })),
  ),
});
export type GenericResource = Decoded<typeof genericResource>;

const limit = struct('swarm.Limit', {
  NanoCPUs: omit(number),
  MemoryBytes: omit(number),
  Pids: omit(number),
});

export const resources = struct('swarm.Resources', {
  NanoCPUs: omit(number),
  MemoryBytes: omit(number),
  GenericResources: omit(slice(genericResource)),
});

const resourceRequirements = struct('swarm.ResourceRequirements', {
  Limits: omit(pointer(limit)),
  Reservations: omit(pointer(resources)),
});

const restartPolicy = struct('swarm.RestartPolicy', {
  Condition: omit(text),
  Delay: omit(pointer(duration)),
  MaxAttempts: omit(pointer(number)),
  Window: omit(pointer(duration)),
});
export type RestartPolicy = Decoded<typeof restartPolicy>;

const placementPreference = struct('swarm.PlacementPreference', {
  Spread: pointer(struct('swarm.SpreadOver', { SpreadDescriptor: text })),
});

const placement = struct('swarm.Placement', {
  Constraints: omit(slice(text)),
  Preferences: omit(slice(placementPreference)),
  MaxReplicas: omit(number),
  Platforms: omit(slice(platform)),
});

const networkAttachment = struct('swarm.NetworkAttachmentConfig', {
  Target: omit(text),
  Aliases: omit(slice(text)),
  DriverOpts: omit(map(text)),
});
export type NetworkAttachment = Decoded<typeof networkAttachment>;

export const taskSpec = struct('swarm.TaskSpec', {
  ContainerSpec: omit(pointer(containerSpec)),
  PluginSpec: omit(any),
  Resources: omit(pointer(resourceRequirements)),
  RestartPolicy: omit(pointer(restartPolicy)),
  Placement: omit(pointer(placement)),
  Networks: omit(slice(networkAttachment)),
  LogDriver: omit(pointer(driver)),
  ForceUpdate: number,
  Runtime: omit(text),
});
export type TaskSpec = Decoded<typeof taskSpec>;

export const task = struct(
  'swarm.Task',
  {
    ID: text,
    ...meta,
    Name: omit(text),
    Labels: omit(map(text)),
    Spec: omit(taskSpec),
    ServiceID: omit(text),
    Slot: omit(number),
    NodeID: omit(text),
    Status: omit(
      struct('swarm.TaskStatus', {
        Timestamp: omit(time),
        State: omit(text),
        Message: omit(text),
        Err: omit(text),
        PortStatus: omit(struct('swarm.PortStatus', { Ports: omit(slice(portConfig)) })),
      }),
    ),
    DesiredState: omit(text),
    JobIteration: omit(pointer(version)),
  },
  withMeta,
);
export type Task = Decoded<typeof task>;
