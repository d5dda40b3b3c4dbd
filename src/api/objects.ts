/**
 * Swarm's objects as plain, immutable data. Names follow swarmkit's api/*.proto in camelCase. An absent key means
 * "not set", which is not the same as 0 wherever Swarm distinguishes the two. Spec durations are nanoseconds;
 * times are instants of the simulation.
 */
import type { Instant, Nanoseconds } from '../base/index.ts';
import type { TaskState } from './task-state.ts';

export type Labels = Readonly<Record<string, string>>;

/** What every stored object carries. `version` is the store's index at its last change. */
export interface Meta {
  readonly id: string;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

// ---------------------------------------------------------------------------------------------------------------
// Service

/** swarmkit ServiceSpec. */
export interface ServiceSpec {
  readonly name: string;
  readonly labels: Labels;
  readonly task: TaskSpec;
  readonly mode: ServiceMode;
  readonly update?: UpdateConfig;
  readonly rollback?: UpdateConfig;
  readonly endpoint?: EndpointSpec;
}

export type ServiceMode =
  | { readonly kind: 'replicated'; readonly replicas: number }
  | { readonly kind: 'global' }
  | { readonly kind: 'replicated-job'; readonly maxConcurrent: number; readonly totalCompletions: number }
  | { readonly kind: 'global-job' };

export interface TaskSpec {
  readonly container: ContainerSpec;
  readonly resources?: ResourceRequirements;
  readonly restart?: RestartPolicy;
  readonly placement?: Placement;
  readonly networks?: readonly NetworkAttachmentConfig[];
  readonly logDriver?: Driver;
  /** The counter that `docker service update --force` raises. */
  readonly forceUpdate: number;
}

export interface Driver {
  readonly name: string;
  readonly options?: Labels;
}

export interface ContainerSpec {
  readonly image: string;
  readonly labels?: Labels;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly hostname?: string;
  readonly env?: readonly string[];
  readonly dir?: string;
  readonly user?: string;
  readonly groups?: readonly string[];
  readonly tty?: boolean;
  readonly openStdin?: boolean;
  readonly readOnly?: boolean;
  readonly init?: boolean;
  readonly stopSignal?: string;
  /** Default 10 s, chosen by the engine. Fractions of a second are cut off. */
  readonly stopGracePeriod?: Nanoseconds;
  readonly healthcheck?: HealthConfig;
  readonly mounts?: readonly Mount[];
  readonly hosts?: readonly string[];
  readonly dns?: {
    readonly nameservers?: readonly string[];
    readonly search?: readonly string[];
    readonly options?: readonly string[];
  };
  readonly secrets?: readonly FileReference[];
  readonly configs?: readonly FileReference[];
  readonly sysctls?: Labels;
  readonly capabilityAdd?: readonly string[];
  readonly capabilityDrop?: readonly string[];
  readonly ulimits?: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  readonly isolation?: string;
  readonly privileges?: Readonly<Record<string, unknown>>;
  readonly oomScoreAdj?: number;
  /** Registry credentials. A change of these alone does not make a prepared task dirty. */
  readonly pullOptions?: { readonly registryAuth?: string };
}

/** A health check as the engine understands it; 0 or absent means the engine's default. */
export interface HealthConfig {
  /** `[]` inherits the image's test, `['NONE']` disables, else `['CMD', ...]` or `['CMD-SHELL', text]`. */
  readonly test?: readonly string[];
  readonly interval?: Nanoseconds;
  readonly timeout?: Nanoseconds;
  readonly retries?: number;
  readonly startPeriod?: Nanoseconds;
  readonly startInterval?: Nanoseconds;
}

export interface Mount {
  readonly type: 'bind' | 'volume' | 'tmpfs' | 'npipe' | 'cluster' | 'image';
  readonly source?: string;
  readonly target: string;
  readonly readOnly?: boolean;
  readonly consistency?: string;
  readonly bind?: Readonly<Record<string, unknown>>;
  readonly volume?: {
    readonly noCopy?: boolean;
    readonly subpath?: string;
    readonly labels?: Labels;
    readonly driver?: Driver;
  };
  readonly tmpfs?: { readonly sizeBytes?: number; readonly mode?: number };
}

export interface FileReference {
  readonly id: string;
  readonly name: string;
  readonly file?: { readonly name: string; readonly uid: string; readonly gid: string; readonly mode: number };
}

export interface NetworkAttachmentConfig {
  /** Network id (or name, until the control API resolves it). */
  readonly target: string;
  readonly aliases?: readonly string[];
  readonly driverOpts?: Labels;
}

/** CPU in nanoCPUs (1 CPU = 10^9), memory in bytes. */
export interface Resources {
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  readonly generic?: readonly GenericResource[];
}

export type GenericResource =
  | { readonly kind: string; readonly value: number }
  | { readonly kind: string; readonly name: string };

export interface ResourceRequirements {
  readonly limits?: { readonly nanoCpus?: number; readonly memoryBytes?: number; readonly pids?: number };
  readonly reservations?: {
    readonly nanoCpus?: number;
    readonly memoryBytes?: number;
    readonly generic?: readonly GenericResource[];
  };
}

export type RestartCondition = 'none' | 'on-failure' | 'any';

export interface RestartPolicy {
  readonly condition: RestartCondition;
  /** Default 5 s when absent; 0 restarts at once. */
  readonly delay?: Nanoseconds;
  /** 0 means no limit. */
  readonly maxAttempts: number;
  /** Absent or 0: attempts are counted for the life of the slot and spec version. */
  readonly window?: Nanoseconds;
}

export interface Placement {
  readonly constraints?: readonly string[];
  readonly preferences?: readonly { readonly spread: string }[];
  readonly platforms?: readonly Platform[];
  /** 0 or absent means no limit. */
  readonly maxReplicas?: number;
}

export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

export type FailureAction = 'pause' | 'continue' | 'rollback';
export type UpdateOrder = 'stop-first' | 'start-first';

/** swarmkit UpdateConfig: both `update` and `rollback`. */
export interface UpdateConfig {
  /** Slots updated at once; 0 means all of them. */
  readonly parallelism: number;
  readonly delay: Nanoseconds;
  readonly failureAction: FailureAction;
  /** Absent means 5 s; 0 is a value of its own at this level (the docker API cannot express it). */
  readonly monitor?: Nanoseconds;
  readonly maxFailureRatio: number;
  readonly order: UpdateOrder;
}

export interface EndpointSpec {
  readonly mode: 'vip' | 'dnsrr';
  readonly ports: readonly PortConfig[];
}

export interface PortConfig {
  readonly name?: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly targetPort: number;
  /** 0: chosen by the allocator (ingress) or by the node (host). */
  readonly publishedPort: number;
  readonly publishMode: 'ingress' | 'host';
}

export interface Endpoint {
  readonly spec?: EndpointSpec;
  readonly ports?: readonly PortConfig[];
  readonly virtualIps?: readonly { readonly networkId: string; readonly addr: string }[];
}

export type UpdateState =
  | 'updating'
  | 'paused'
  | 'completed'
  | 'rollback_started'
  | 'rollback_paused'
  | 'rollback_completed';

export interface UpdateStatus {
  readonly state: UpdateState;
  readonly message: string;
  readonly startedAt?: Instant;
  readonly completedAt?: Instant;
}

export interface JobStatus {
  readonly jobIteration: number;
  readonly lastExecution?: Instant;
}

export interface Service extends Meta {
  readonly spec: ServiceSpec;
  readonly specVersion?: number;
  readonly previousSpec?: ServiceSpec;
  readonly previousSpecVersion?: number;
  readonly endpoint?: Endpoint;
  readonly updateStatus?: UpdateStatus;
  readonly jobStatus?: JobStatus;
  readonly pendingDelete?: boolean;
}

// ---------------------------------------------------------------------------------------------------------------
// Task

export interface TaskStatus {
  readonly state: TaskState;
  readonly message: string;
  readonly err?: string;
  /** When the state was entered, by the clock of whoever wrote it. */
  readonly timestamp: Instant;
  /** When the dispatcher wrote an agent's report; absent for states that the managers set. */
  readonly appliedAt?: Instant;
  readonly container?: { readonly containerId?: string; readonly pid?: number; readonly exitCode?: number };
  readonly portStatus?: { readonly ports: readonly PortConfig[] };
}

export interface Task extends Meta {
  readonly serviceId: string;
  /** Replicated: 1, 2, ...; replicated job: 0, 1, ...; global: 0. */
  readonly slot: number;
  /** '' until a node is chosen. */
  readonly nodeId: string;
  readonly spec: TaskSpec;
  readonly specVersion?: number;
  readonly serviceName: string;
  readonly serviceLabels: Labels;
  readonly status: TaskStatus;
  readonly desiredState: TaskState;
  readonly endpoint?: Endpoint;
  readonly logDriver?: Driver;
  readonly networks?: readonly { readonly networkId: string; readonly addresses: readonly string[] }[];
  readonly assignedGenericResources?: readonly GenericResource[];
  readonly volumes?: readonly { readonly id: string; readonly source: string; readonly target: string }[];
  /** Jobs only. */
  readonly jobIteration?: number;
}

// ---------------------------------------------------------------------------------------------------------------
// Node

export type NodeState = 'unknown' | 'down' | 'ready' | 'disconnected';
export type Availability = 'active' | 'pause' | 'drain';
export type NodeRole = 'worker' | 'manager';

export interface NodeSpec {
  readonly name?: string;
  readonly labels: Labels;
  readonly role: NodeRole;
  readonly availability: Availability;
}

export interface NodeDescription {
  readonly hostname: string;
  readonly platform?: Platform;
  readonly resources?: Resources;
  readonly engine?: {
    readonly version?: string;
    readonly labels?: Labels;
    readonly plugins?: readonly { readonly type: string; readonly name: string }[];
  };
}

export interface NodeStatus {
  readonly state: NodeState;
  readonly message: string;
  readonly addr: string;
}

export interface ManagerStatus {
  readonly raftId: number;
  readonly addr: string;
  readonly leader: boolean;
  readonly reachability: 'unknown' | 'unreachable' | 'reachable';
}

export interface Node extends Meta {
  readonly spec: NodeSpec;
  /** Absent until the node has reported one. */
  readonly description?: NodeDescription;
  readonly status: NodeStatus;
  /** The role in effect; `spec.role` is the desired one. */
  readonly role: NodeRole;
  readonly managerStatus?: ManagerStatus;
}

// ---------------------------------------------------------------------------------------------------------------
// Cluster and the rest

export interface ClusterSpec {
  readonly name: string;
  readonly labels: Labels;
  readonly orchestration: { readonly taskHistoryRetentionLimit: number };
  /** 0: as it was, and the default for a new leader. */
  readonly dispatcher: { readonly heartbeatPeriod: Nanoseconds };
  readonly raft: {
    readonly snapshotInterval: number;
    readonly keepOldSnapshots: number;
    readonly logEntriesForSlowFollowers: number;
    readonly electionTick: number;
    readonly heartbeatTick: number;
  };
  readonly taskDefaults?: { readonly logDriver?: Driver };
  readonly autoLockManagers?: boolean;
}

/** What lets machines in, and managers unlock themselves. */
export type SwarmSecret = 'worker' | 'manager' | 'unlockKey';

export interface Cluster extends Meta {
  readonly spec: ClusterSpec;
  /** Nodes that were removed: nobody talks to them any more. */
  readonly blacklistedCertificates?: readonly string[];
  /** How often each secret was replaced; it is made up from that. Default never. */
  readonly rotations?: Readonly<Partial<Record<SwarmSecret, number>>>;
}

export interface NetworkSpec {
  readonly name: string;
  readonly labels: Labels;
  readonly driver?: Driver;
  readonly internal?: boolean;
  readonly attachable?: boolean;
  readonly ingress?: boolean;
  readonly ipv6?: boolean;
  readonly ipam?: Readonly<Record<string, unknown>>;
}

export interface Network extends Meta {
  readonly spec: NetworkSpec;
}

/** A secret or a config. */
export interface DataObject extends Meta {
  readonly spec: {
    readonly name: string;
    readonly labels: Labels;
    readonly data: string;
    readonly driver?: Driver;
    readonly templating?: Driver;
  };
}

/** A cluster (CSI) volume, as far as scheduling looks at it. */
export interface Volume extends Meta {
  readonly name: string;
  readonly group: string;
  readonly availability: Availability;
  readonly driver: string;
  readonly sharing: 'none' | 'readonly' | 'onewriter' | 'all';
  readonly scope: 'single' | 'multi';
  readonly accessibleTopology?: readonly Labels[];
}
