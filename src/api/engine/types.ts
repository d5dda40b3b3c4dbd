/**
 * The Engine API's JSON in Docker's own spelling (moby api/types/swarm, mount, network). Use it as a namespace:
 * `import type { Engine } from '../api/index.ts'` and then `Engine.ServiceSpec`.
 *
 * A key that the engine leaves out when it is empty is optional here. Durations are whole nanoseconds, times are
 * RFC 3339 text in UTC.
 */

import type { Driver, Meta, StringMap, Version } from './common-types.ts';
import type { NetworkAttachment } from './network-types.ts';

export type * from './common-types.ts';
export type * from './network-types.ts';

// ---------------------------------------------------------------------------------------------------------------
// Service

export interface Service extends Meta {
  readonly Spec: ServiceSpec;
  readonly PreviousSpec?: ServiceSpec;
  readonly Endpoint: Endpoint;
  readonly UpdateStatus?: UpdateStatus;
  readonly JobStatus?: JobStatus;
  /** Only in lists that were asked for with `status=true`. */
  readonly ServiceStatus?: ServiceStatus;
}

export interface ServiceSpec {
  readonly Name?: string;
  readonly Labels?: StringMap | null;
  readonly TaskTemplate?: TaskSpec;
  readonly Mode?: ServiceMode;
  readonly UpdateConfig?: UpdateConfig | null;
  readonly RollbackConfig?: UpdateConfig | null;
  readonly EndpointSpec?: EndpointSpec | null;
}

/** Exactly one key; none means replicated. */
export interface ServiceMode {
  readonly Replicated?: { readonly Replicas?: number };
  readonly Global?: Readonly<Record<string, never>>;
  readonly ReplicatedJob?: { readonly MaxConcurrent?: number; readonly TotalCompletions?: number };
  readonly GlobalJob?: Readonly<Record<string, never>>;
}

export interface UpdateConfig {
  readonly Parallelism?: number;
  readonly Delay?: number;
  readonly FailureAction?: string;
  /** 0 cannot be told from absent. */
  readonly Monitor?: number;
  readonly MaxFailureRatio?: number;
  readonly Order?: string;
}

export interface UpdateStatus {
  readonly State?: string;
  readonly StartedAt?: string;
  readonly CompletedAt?: string;
  readonly Message?: string;
}

export interface JobStatus {
  readonly JobIteration: Version;
  readonly LastExecution?: string;
}

export interface ServiceStatus {
  readonly RunningTasks: number;
  readonly DesiredTasks: number;
  readonly CompletedTasks: number;
}

export interface EndpointSpec {
  readonly Mode?: string;
  readonly Ports?: readonly PortConfig[];
}

export interface PortConfig {
  readonly Name?: string;
  readonly Protocol?: string;
  readonly TargetPort?: number;
  readonly PublishedPort?: number;
  readonly PublishMode?: string;
}

export interface Endpoint {
  readonly Spec?: EndpointSpec;
  readonly Ports?: readonly PortConfig[];
  readonly VirtualIPs?: readonly { readonly NetworkID?: string; readonly Addr?: string }[];
}

// ---------------------------------------------------------------------------------------------------------------
// Task

export interface Task extends Meta {
  readonly Name?: string;
  readonly Labels?: StringMap | null;
  readonly Spec: TaskSpec;
  readonly ServiceID?: string;
  readonly Slot?: number;
  readonly NodeID?: string;
  readonly Status: TaskStatus;
  readonly DesiredState: string;
  readonly NetworksAttachments?: readonly NetworkAttachment[];
  readonly GenericResources?: readonly GenericResource[];
  readonly JobIteration?: Version;
  readonly Volumes?: readonly { readonly ID?: string; readonly Source?: string; readonly Target?: string }[] | null;
}

export interface TaskSpec {
  readonly ContainerSpec?: ContainerSpec | null;
  readonly PluginSpec?: Readonly<Record<string, unknown>> | null;
  readonly Resources?: ResourceRequirements | null;
  readonly RestartPolicy?: RestartPolicy | null;
  readonly Placement?: Placement | null;
  readonly Networks?: readonly NetworkAttachmentConfig[] | null;
  readonly LogDriver?: Driver | null;
  readonly ForceUpdate?: number;
  readonly Runtime?: string;
}

export interface TaskStatus {
  readonly Timestamp?: string;
  /** Lower case: `running`. */
  readonly State?: string;
  readonly Message?: string;
  readonly Err?: string;
  readonly ContainerStatus?: { readonly ContainerID: string; readonly PID: number; readonly ExitCode: number };
  readonly PortStatus: { readonly Ports?: readonly PortConfig[] };
}

export interface ContainerSpec {
  readonly Image?: string;
  readonly Labels?: StringMap | null;
  readonly Command?: readonly string[] | null;
  readonly Args?: readonly string[] | null;
  readonly Hostname?: string;
  readonly Env?: readonly string[] | null;
  readonly Dir?: string;
  readonly User?: string;
  readonly Groups?: readonly string[] | null;
  readonly Privileges?: Privileges | null;
  readonly Init?: boolean | null;
  readonly StopSignal?: string;
  readonly TTY?: boolean;
  readonly OpenStdin?: boolean;
  readonly ReadOnly?: boolean;
  readonly Mounts?: readonly Mount[] | null;
  readonly StopGracePeriod?: number | null;
  readonly Healthcheck?: HealthConfig | null;
  /** Lines of /etc/hosts: `address name [aliases...]`. */
  readonly Hosts?: readonly string[] | null;
  readonly DNSConfig?: DNSConfig | null;
  readonly Secrets?: readonly SecretReference[] | null;
  readonly Configs?: readonly ConfigReference[] | null;
  readonly Isolation?: string;
  readonly Sysctls?: StringMap | null;
  readonly CapabilityAdd?: readonly string[] | null;
  readonly CapabilityDrop?: readonly string[] | null;
  readonly Ulimits?: readonly Ulimit[] | null;
  readonly OomScoreAdj?: number;
}

export interface Privileges {
  readonly CredentialSpec?: { readonly Config?: string; readonly File?: string; readonly Registry?: string } | null;
  readonly SELinuxContext?: {
    readonly Disable?: boolean;
    readonly User?: string;
    readonly Role?: string;
    readonly Type?: string;
    readonly Level?: string;
  } | null;
  readonly Seccomp?: { readonly Mode?: string; readonly Profile?: string };
  readonly AppArmor?: { readonly Mode?: string };
  readonly NoNewPrivileges?: boolean;
}

export interface HealthConfig {
  readonly Test?: readonly string[] | null;
  readonly Interval?: number;
  readonly Timeout?: number;
  readonly StartPeriod?: number;
  readonly StartInterval?: number;
  readonly Retries?: number;
}

export interface DNSConfig {
  readonly Nameservers?: readonly string[];
  readonly Search?: readonly string[];
  readonly Options?: readonly string[];
}

export interface Ulimit {
  readonly Name: string;
  readonly Hard: number;
  readonly Soft: number;
}

export interface FileTarget {
  readonly Name: string;
  readonly UID: string;
  readonly GID: string;
  readonly Mode: number;
}

export interface SecretReference {
  readonly File?: FileTarget | null;
  readonly SecretID: string;
  readonly SecretName: string;
}

export interface ConfigReference {
  readonly File?: FileTarget;
  /** The config is used by the engine (a credential spec) and not mounted. */
  readonly Runtime?: Readonly<Record<string, never>>;
  readonly ConfigID: string;
  readonly ConfigName: string;
}

export interface Mount {
  readonly Type?: string;
  readonly Source?: string;
  readonly Target?: string;
  readonly ReadOnly?: boolean;
  readonly Consistency?: string;
  readonly BindOptions?: {
    readonly Propagation?: string;
    readonly NonRecursive?: boolean;
    readonly CreateMountpoint?: boolean;
    readonly ReadOnlyNonRecursive?: boolean;
    readonly ReadOnlyForceRecursive?: boolean;
  };
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean;
    readonly Labels?: StringMap | null;
    readonly Subpath?: string;
    readonly DriverConfig?: Driver;
  };
  readonly ImageOptions?: { readonly Subpath?: string };
  readonly TmpfsOptions?: {
    readonly SizeBytes?: number;
    readonly Mode?: number;
    readonly Options?: readonly (readonly string[])[];
  };
  readonly ClusterOptions?: Readonly<Record<string, never>>;
}

export interface ResourceRequirements {
  readonly Limits?: { readonly NanoCPUs?: number; readonly MemoryBytes?: number; readonly Pids?: number } | null;
  readonly Reservations?: Resources | null;
}

export interface Resources {
  readonly NanoCPUs?: number;
  readonly MemoryBytes?: number;
  readonly GenericResources?: readonly GenericResource[] | null;
}

export interface GenericResource {
  readonly NamedResourceSpec?: { readonly Kind?: string; readonly Value?: string };
  readonly DiscreteResourceSpec?: { readonly Kind?: string; readonly Value?: number };
}

export interface RestartPolicy {
  readonly Condition?: string;
  readonly Delay?: number | null;
  readonly MaxAttempts?: number | null;
  readonly Window?: number | null;
}

export interface Placement {
  readonly Constraints?: readonly string[] | null;
  readonly Preferences?: readonly { readonly Spread?: { readonly SpreadDescriptor: string } | null }[] | null;
  readonly MaxReplicas?: number;
  readonly Platforms?: readonly Platform[] | null;
}

export interface Platform {
  readonly Architecture?: string;
  readonly OS?: string;
}

export interface NetworkAttachmentConfig {
  readonly Target?: string;
  readonly Aliases?: readonly string[] | null;
  readonly DriverOpts?: StringMap | null;
}

// ---------------------------------------------------------------------------------------------------------------
// Node

export interface Node extends Meta {
  readonly Spec: NodeSpec;
  readonly Description: NodeDescription;
  readonly Status: { readonly State?: string; readonly Message?: string; readonly Addr?: string };
  readonly ManagerStatus?: { readonly Leader?: boolean; readonly Reachability?: string; readonly Addr?: string };
}

export interface NodeSpec {
  readonly Name?: string;
  readonly Labels?: StringMap | null;
  readonly Role?: string;
  readonly Availability?: string;
}

export interface NodeDescription {
  readonly Hostname?: string;
  readonly Platform: Platform;
  readonly Resources: Resources;
  readonly Engine: {
    readonly EngineVersion?: string;
    readonly Labels?: StringMap;
    readonly Plugins?: readonly { readonly Type?: string; readonly Name?: string }[];
  };
  readonly TLSInfo: TLSInfo;
}

export interface TLSInfo {
  readonly TrustRoot?: string;
  readonly CertIssuerSubject?: string;
  readonly CertIssuerPublicKey?: string;
}

// ---------------------------------------------------------------------------------------------------------------
// Swarm

export interface ClusterInfo extends Meta {
  readonly Spec: SwarmSpec;
  readonly TLSInfo: TLSInfo;
  readonly RootRotationInProgress: boolean;
  readonly DefaultAddrPool: readonly string[] | null;
  readonly SubnetSize: number;
  readonly DataPathPort: number;
}

export interface Swarm extends ClusterInfo {
  readonly JoinTokens: { readonly Worker: string; readonly Manager: string };
}

export interface SwarmSpec {
  readonly Name?: string;
  readonly Labels?: StringMap | null;
  readonly Orchestration?: { readonly TaskHistoryRetentionLimit?: number };
  readonly Raft?: {
    readonly SnapshotInterval?: number;
    readonly KeepOldSnapshots?: number;
    readonly LogEntriesForSlowFollowers?: number;
    readonly ElectionTick?: number;
    readonly HeartbeatTick?: number;
  };
  readonly Dispatcher?: { readonly HeartbeatPeriod?: number };
  readonly CAConfig?: {
    readonly NodeCertExpiry?: number;
    readonly SigningCACert?: string;
    readonly ForceRotate?: number;
  };
  readonly TaskDefaults?: { readonly LogDriver?: Driver };
  readonly EncryptionConfig?: { readonly AutoLockManagers: boolean };
}

/** The `Swarm` object of `GET /info`. */
export interface SwarmInfo {
  readonly NodeID: string;
  readonly NodeAddr: string;
  readonly LocalNodeState: 'inactive' | 'pending' | 'active' | 'error' | 'locked';
  readonly ControlAvailable: boolean;
  readonly Error: string;
  readonly RemoteManagers: readonly { readonly NodeID: string; readonly Addr: string }[] | null;
  /** This and the next two: on managers only. */
  readonly Nodes?: number;
  readonly Managers?: number;
  readonly Cluster?: ClusterInfo;
  readonly Warnings?: readonly string[];
}

export interface SwarmInitRequest {
  readonly ListenAddr: string;
  readonly AdvertiseAddr: string;
  readonly DataPathAddr: string;
  readonly DataPathPort: number;
  readonly ForceNewCluster: boolean;
  readonly Spec: SwarmSpec;
  readonly AutoLockManagers: boolean;
  readonly Availability: string;
  readonly DefaultAddrPool: readonly string[] | null;
  readonly SubnetSize: number;
}

export interface SwarmJoinRequest {
  readonly ListenAddr: string;
  readonly AdvertiseAddr: string;
  readonly DataPathAddr: string;
  readonly RemoteAddrs: readonly string[] | null;
  readonly JoinToken: string;
  readonly Availability: string;
}
