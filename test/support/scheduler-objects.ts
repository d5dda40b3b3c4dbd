/** Swarm objects from the short descriptions that the scheduler's vectors and tests use. */
import {
  type GenericResource,
  type Network,
  type Node,
  type Service,
  type ServiceMode,
  type Task,
  TaskState,
} from '../../src/api/index.ts';
import type { NewEntity } from '../../src/store/index.ts';

/** What a description of resources looks like; absent amounts are 0. */
export interface ResourcesDescription {
  readonly nanoCPUs?: number;
  readonly memoryBytes?: number;
  readonly generic?: readonly GenericResource[];
}

export interface NodeDescription {
  readonly id: string;
  readonly hostname?: string;
  readonly role?: 'worker' | 'manager';
  readonly availability?: 'active' | 'pause' | 'drain';
  readonly status?: 'ready' | 'down' | 'unknown' | 'disconnected';
  readonly addr?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly engine?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly plugins?: readonly { readonly type: string; readonly name: string }[];
  };
  readonly platform?: { readonly os?: string; readonly arch?: string };
  readonly resources?: ResourcesDescription;
  /** The node has reported nothing at all. */
  readonly noDescription?: boolean;
}

export interface ServiceDescription {
  readonly id: string;
  readonly mode?: ServiceMode['kind'];
  readonly constraints?: readonly string[];
  readonly preferences?: readonly string[];
  readonly maxReplicasPerNode?: number;
  readonly reservations?: ResourcesDescription;
  readonly ports?: readonly {
    readonly published?: number;
    readonly target?: number;
    readonly protocol?: 'tcp' | 'udp' | 'sctp';
    readonly mode?: 'host' | 'ingress';
  }[];
  readonly platforms?: readonly { readonly os?: string; readonly arch?: string }[];
  readonly logDriver?: string;
  /** A volume mount with each of these drivers. */
  readonly volumeDrivers?: readonly string[];
  /** An attached network with each of these drivers. */
  readonly networkDrivers?: readonly string[];
}

export function nodeFrom(description: NodeDescription): NewEntity<Node> {
  const { id, role = 'worker', platform, engine, resources } = description;
  const reported = {
    hostname: description.hostname ?? '',
    ...(platform && { platform: { os: platform.os ?? '', architecture: platform.arch ?? '' } }),
    ...(resources && { resources: resourcesFrom(resources) }),
    ...(engine && { engine }),
  };
  return {
    id,
    role,
    spec: { labels: description.labels ?? {}, role, availability: description.availability ?? 'active' },
    status: { state: description.status ?? 'ready', message: '', addr: description.addr ?? '' },
    ...(!description.noDescription && { description: reported }),
  };
}

export function serviceFrom(description: ServiceDescription, specVersion: number): NewEntity<Service> {
  const { id, reservations, logDriver, volumeDrivers = [], networkDrivers = [] } = description;
  return {
    id,
    specVersion,
    spec: {
      name: id,
      labels: {},
      mode: { kind: 'replicated', replicas: 0 },
      task: {
        container: {
          image: 'image',
          mounts: volumeDrivers.map((name) => ({ type: 'volume', target: '/data', volume: { driver: { name } } })),
        },
        placement: {
          constraints: description.constraints ?? [],
          preferences: (description.preferences ?? []).map((spread) => ({ spread })),
          platforms: (description.platforms ?? []).map(({ os = '', arch = '' }) => ({ os, architecture: arch })),
          maxReplicas: description.maxReplicasPerNode ?? 0,
        },
        ...(reservations && { resources: { reservations: resourcesFrom(reservations) } }),
        ...(logDriver !== undefined && { logDriver: { name: logDriver } }),
        networks: networkDrivers.map((driver) => ({ target: networkId(driver) })),
        forceUpdate: 0,
      },
    },
    endpoint: {
      ports: (description.ports ?? []).map(({ published = 0, target = 0, protocol = 'tcp', mode = 'ingress' }) => {
        return { protocol, targetPort: target, publishedPort: published, publishMode: mode };
      }),
    },
  };
}

/** The networks that a service made by {@link serviceFrom} attaches its tasks to. */
export function networksFrom({ networkDrivers = [] }: ServiceDescription): readonly NewEntity<Network>[] {
  return [...new Set(networkDrivers)].map((name) => {
    return { id: networkId(name), spec: { name: networkId(name), labels: {}, driver: { name } } };
  });
}

/** A task of the service as an orchestrator makes it and the allocator leaves it: PENDING, to be RUNNING. */
export function taskFrom(service: NewEntity<Service>, fields: Pick<Task, 'id'> & Partial<Task>): NewEntity<Task> {
  const { spec, specVersion, endpoint } = service;
  return {
    serviceId: service.id,
    slot: 0,
    nodeId: '',
    spec: spec.task,
    ...(specVersion !== undefined && { specVersion }),
    serviceName: spec.name,
    serviceLabels: spec.labels,
    status: { state: TaskState.PENDING, message: 'pending task scheduling', timestamp: 0 },
    desiredState: TaskState.RUNNING,
    ...(endpoint && { endpoint }),
    networks: (spec.task.networks ?? []).map(({ target }) => ({ networkId: target, addresses: [] })),
    ...fields,
  };
}

function resourcesFrom({ nanoCPUs = 0, memoryBytes = 0, generic = [] }: ResourcesDescription): {
  readonly nanoCpus: number;
  readonly memoryBytes: number;
  readonly generic: readonly GenericResource[];
} {
  return { nanoCpus: nanoCPUs, memoryBytes, generic };
}

function networkId(driver: string): string {
  return `network-${driver}`;
}
