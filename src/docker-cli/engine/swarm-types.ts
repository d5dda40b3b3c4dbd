/** The structs of moby api/types/swarm (and mount) that the client reads, changes and sends. */

import {
  any,
  bool,
  bytes,
  type Decoded,
  duration,
  map,
  number,
  omit,
  pointer,
  slice,
  struct,
  text,
  time,
} from '../go/type.ts';

export const version = struct('swarm.Version', { Index: omit(number) }, { printsAs: 'Index' });

/** Every stored object begins with these. */
const meta = { Version: omit(version), CreatedAt: omit(time), UpdatedAt: omit(time) };
const withMeta = { embeds: { Meta: struct('swarm.Meta', meta) } };

const annotations = { Name: omit(text), Labels: map(text) };
const withAnnotations = { embeds: { Annotations: struct('swarm.Annotations', annotations) } };

export const driver = struct('swarm.Driver', { Name: omit(text), Options: omit(map(text)) });

// ---------------------------------------------------------------------------------------------------------------
// Services

export const updateConfig = struct('swarm.UpdateConfig', {
  Parallelism: number,
  Delay: omit(duration),
  FailureAction: omit(text),
  Monitor: omit(duration),
  MaxFailureRatio: number,
  Order: text,
});
export type UpdateConfig = Decoded<typeof updateConfig>;

export const portConfig = struct('swarm.PortConfig', {
  Name: omit(text),
  Protocol: omit(text),
  TargetPort: omit(number),
  PublishedPort: omit(number),
  PublishMode: omit(text),
});
export type PortConfig = Decoded<typeof portConfig>;

export const endpointSpec = struct('swarm.EndpointSpec', { Mode: omit(text), Ports: omit(slice(portConfig)) });

const job = struct('swarm.ReplicatedJob', {
  MaxConcurrent: omit(pointer(number)),
  TotalCompletions: omit(pointer(number)),
});

export const serviceMode = struct('swarm.ServiceMode', {
  Replicated: omit(pointer(struct('swarm.ReplicatedService', { Replicas: omit(pointer(number)) }))),
  Global: omit(pointer(struct('swarm.GlobalService', {}))),
  ReplicatedJob: omit(pointer(job)),
  GlobalJob: omit(pointer(struct('swarm.GlobalJob', {}))),
});
export type ServiceMode = Decoded<typeof serviceMode>;

export const mount = struct('mount.Mount', {
  Type: omit(text),
  Source: omit(text),
  Target: omit(text),
  ReadOnly: omit(bool),
  Consistency: omit(text),
  BindOptions: omit(
    pointer(
      struct('mount.BindOptions', {
        Propagation: omit(text),
        NonRecursive: omit(bool),
        CreateMountpoint: omit(bool),
        ReadOnlyNonRecursive: omit(bool),
        ReadOnlyForceRecursive: omit(bool),
      }),
    ),
  ),
  VolumeOptions: omit(
    pointer(
      struct('mount.VolumeOptions', {
        NoCopy: omit(bool),
        Labels: omit(map(text)),
        Subpath: omit(text),
        DriverConfig: omit(pointer(struct('mount.Driver', { Name: omit(text), Options: omit(map(text)) }))),
      }),
    ),
  ),
  ImageOptions: omit(pointer(struct('mount.ImageOptions', { Subpath: omit(text) }))),
  TmpfsOptions: omit(
    pointer(
      struct('mount.TmpfsOptions', { SizeBytes: omit(number), Mode: omit(number), Options: omit(slice(slice(text))) }),
    ),
  ),
  ClusterOptions: omit(pointer(struct('mount.ClusterOptions', {}))),
});
export type Mount = Decoded<typeof mount>;

export const healthConfig = struct('container.HealthConfig', {
  Test: omit(slice(text)),
  Interval: omit(duration),
  Timeout: omit(duration),
  StartPeriod: omit(duration),
  StartInterval: omit(duration),
  Retries: omit(number),
});

export const dnsConfig = struct('swarm.DNSConfig', {
  Nameservers: omit(slice(text)),
  Search: omit(slice(text)),
  Options: omit(slice(text)),
});

const fileTarget = { Name: text, UID: text, GID: text, Mode: number };

export const secretReference = struct('swarm.SecretReference', {
  File: pointer(struct('swarm.SecretReferenceFileTarget', fileTarget)),
  SecretID: text,
  SecretName: text,
});
export type SecretReference = Decoded<typeof secretReference>;

export const configReference = struct('swarm.ConfigReference', {
  File: omit(pointer(struct('swarm.ConfigReferenceFileTarget', fileTarget))),
  Runtime: omit(pointer(struct('swarm.ConfigReferenceRuntimeTarget', {}))),
  ConfigID: text,
  ConfigName: text,
});
export type ConfigReference = Decoded<typeof configReference>;

export const credentialSpec = struct('swarm.CredentialSpec', { Config: text, File: text, Registry: text });
export type CredentialSpec = Decoded<typeof credentialSpec>;

export const privileges = struct('swarm.Privileges', {
  CredentialSpec: pointer(credentialSpec),
  SELinuxContext: pointer(
    struct('swarm.SELinuxContext', { Disable: bool, User: text, Role: text, Type: text, Level: text }),
  ),
  Seccomp: omit(pointer(struct('swarm.SeccompOpts', { Mode: omit(text), Profile: omit(bytes) }))),
  AppArmor: omit(pointer(struct('swarm.AppArmorOpts', { Mode: omit(text) }))),
  NoNewPrivileges: bool,
});

export const ulimit = struct('units.Ulimit', { Name: text, Hard: number, Soft: number });
export type Ulimit = Decoded<typeof ulimit>;

export const containerSpec = struct('swarm.ContainerSpec', {
  Image: omit(text),
  Labels: omit(map(text)),
  Command: omit(slice(text)),
  Args: omit(slice(text)),
  Hostname: omit(text),
  Env: omit(slice(text)),
  Dir: omit(text),
  User: omit(text),
  Groups: omit(slice(text)),
  Privileges: omit(pointer(privileges)),
  Init: omit(pointer(bool)),
  StopSignal: omit(text),
  TTY: omit(bool),
  OpenStdin: omit(bool),
  ReadOnly: omit(bool),
  Mounts: omit(slice(mount)),
  StopGracePeriod: omit(pointer(duration)),
  Healthcheck: omit(pointer(healthConfig)),
  Hosts: omit(slice(text)),
  DNSConfig: omit(pointer(dnsConfig)),
  Secrets: omit(slice(secretReference)),
  Configs: omit(slice(configReference)),
  Isolation: omit(text),
  Sysctls: omit(map(text)),
  CapabilityAdd: omit(slice(text)),
  CapabilityDrop: omit(slice(text)),
  Ulimits: omit(slice(ulimit)),
  OomScoreAdj: omit(number),
});
export type ContainerSpec = Decoded<typeof containerSpec>;

export const genericResource = struct('swarm.GenericResource', {
  NamedResourceSpec: omit(pointer(struct('swarm.NamedGenericResource', { Kind: omit(text), Value: omit(text) }))),
  DiscreteResourceSpec: omit(
    pointer(struct('swarm.DiscreteGenericResource', { Kind: omit(text), Value: omit(number) })),
  ),
});
export type GenericResource = Decoded<typeof genericResource>;

export const limit = struct('swarm.Limit', {
  NanoCPUs: omit(number),
  MemoryBytes: omit(number),
  Pids: omit(number),
});

export const resources = struct('swarm.Resources', {
  NanoCPUs: omit(number),
  MemoryBytes: omit(number),
  GenericResources: omit(slice(genericResource)),
});

export const resourceRequirements = struct('swarm.ResourceRequirements', {
  Limits: omit(pointer(limit)),
  Reservations: omit(pointer(resources)),
});

export const restartPolicy = struct('swarm.RestartPolicy', {
  Condition: omit(text),
  Delay: omit(pointer(duration)),
  MaxAttempts: omit(pointer(number)),
  Window: omit(pointer(duration)),
});
export type RestartPolicy = Decoded<typeof restartPolicy>;

export const platform = struct('swarm.Platform', { Architecture: omit(text), OS: omit(text) });

export const placementPreference = struct('swarm.PlacementPreference', {
  Spread: pointer(struct('swarm.SpreadOver', { SpreadDescriptor: text })),
});
export type PlacementPreference = Decoded<typeof placementPreference>;

export const placement = struct('swarm.Placement', {
  Constraints: omit(slice(text)),
  Preferences: omit(slice(placementPreference)),
  MaxReplicas: omit(number),
  Platforms: omit(slice(platform)),
});

export const networkAttachment = struct('swarm.NetworkAttachmentConfig', {
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

// ---------------------------------------------------------------------------------------------------------------
// Tasks

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

// ---------------------------------------------------------------------------------------------------------------
// Nodes

export const tlsInfo = struct('swarm.TLSInfo', {
  TrustRoot: omit(text),
  CertIssuerSubject: omit(bytes),
  CertIssuerPublicKey: omit(bytes),
});
export type TLSInfo = Decoded<typeof tlsInfo>;

export const nodeSpec = struct(
  'swarm.NodeSpec',
  { ...annotations, Role: omit(text), Availability: omit(text) },
  withAnnotations,
);
export type NodeSpec = Decoded<typeof nodeSpec>;

export const node = struct(
  'swarm.Node',
  {
    ID: text,
    ...meta,
    Spec: omit(nodeSpec),
    Description: omit(
      struct('swarm.NodeDescription', {
        Hostname: omit(text),
        Platform: omit(platform),
        Resources: omit(resources),
        Engine: omit(
          struct('swarm.EngineDescription', {
            EngineVersion: omit(text),
            Labels: omit(map(text)),
            Plugins: omit(slice(struct('swarm.PluginDescription', { Type: omit(text), Name: omit(text) }))),
          }),
        ),
        TLSInfo: omit(tlsInfo),
      }),
    ),
    Status: omit(struct('swarm.NodeStatus', { State: omit(text), Message: omit(text), Addr: omit(text) })),
    ManagerStatus: omit(
      pointer(struct('swarm.ManagerStatus', { Leader: omit(bool), Reachability: omit(text), Addr: omit(text) })),
    ),
  },
  withMeta,
);
export type Node = Decoded<typeof node>;

// ---------------------------------------------------------------------------------------------------------------
// The swarm itself

const externalCA = struct('swarm.ExternalCA', { Protocol: text, URL: text, Options: omit(map(text)), CACert: text });
export type ExternalCA = Decoded<typeof externalCA>;

export const swarmSpec = struct(
  'swarm.Spec',
  {
    ...annotations,
    Orchestration: omit(struct('swarm.OrchestrationConfig', { TaskHistoryRetentionLimit: omit(pointer(number)) })),
    Raft: omit(
      struct('swarm.RaftConfig', {
        SnapshotInterval: omit(number),
        KeepOldSnapshots: omit(pointer(number)),
        LogEntriesForSlowFollowers: omit(number),
        ElectionTick: number,
        HeartbeatTick: number,
      }),
    ),
    Dispatcher: omit(struct('swarm.DispatcherConfig', { HeartbeatPeriod: omit(duration) })),
    CAConfig: omit(
      struct('swarm.CAConfig', {
        NodeCertExpiry: omit(duration),
        ExternalCAs: omit(slice(externalCA)),
        SigningCACert: omit(text),
        SigningCAKey: omit(text),
        ForceRotate: omit(number),
      }),
    ),
    TaskDefaults: omit(struct('swarm.TaskDefaults', { LogDriver: omit(pointer(driver)) })),
    EncryptionConfig: omit(struct('swarm.EncryptionConfig', { AutoLockManagers: bool })),
  },
  withAnnotations,
);
export type SwarmSpec = Decoded<typeof swarmSpec>;

const clusterFields = {
  ID: text,
  ...meta,
  Spec: swarmSpec,
  TLSInfo: tlsInfo,
  RootRotationInProgress: bool,
  DefaultAddrPool: slice(text),
  SubnetSize: number,
  DataPathPort: number,
};

export const swarm = struct('swarm.Swarm', {
  ...clusterFields,
  JoinTokens: struct('swarm.JoinTokens', { Worker: text, Manager: text }),
});
export type Swarm = Decoded<typeof swarm>;

/** The `Swarm` block of `GET /info`. */
export const swarmInfo = struct('swarm.Info', {
  NodeID: text,
  NodeAddr: text,
  LocalNodeState: text,
  ControlAvailable: bool,
  Error: text,
  RemoteManagers: slice(struct('swarm.Peer', { NodeID: text, Addr: text })),
  Nodes: omit(number),
  Managers: omit(number),
  Cluster: omit(pointer(struct('swarm.ClusterInfo', clusterFields))),
  Warnings: omit(slice(text)),
});
export type SwarmInfo = Decoded<typeof swarmInfo>;
