/** Turns a vector's services and nodes into Swarm's objects, and back into the vector's labels. */
import type {
  Node,
  NodeDescription,
  ServiceMode,
  ServiceSpec,
  TaskSpec,
  UpdateConfig,
} from '../../../src/api/index.ts';
import type { NewEntity } from '../../../src/store/index.ts';
import type { VectorNode, VectorService, VectorUpdateConfig } from './input.ts';

const MS = 1e6;
const MIB = 1024 * 1024;

export function serviceSpec(service: VectorService): ServiceSpec {
  const ports = service.hostPorts;
  return {
    name: service.name,
    labels: {},
    task: taskSpec(service),
    mode: modeOf(service),
    ...(service.update && { update: updateConfig(service.update) }),
    ...(service.rollback && { rollback: updateConfig(service.rollback) }),
    ...(ports && {
      endpoint: {
        mode: 'vip' as const,
        ports: ports.map((port) => ({
          protocol: 'tcp' as const,
          targetPort: port,
          publishedPort: port,
          publishMode: 'host' as const,
        })),
      },
    }),
  };
}

function modeOf(service: VectorService): ServiceMode {
  switch (service.mode ?? 'replicated') {
    case 'global':
      return { kind: 'global' };
    case 'global-job':
      return { kind: 'global-job' };
    case 'replicated-job':
      return {
        kind: 'replicated-job',
        maxConcurrent: service.maxConcurrent ?? 0,
        totalCompletions: service.totalCompletions ?? 0,
      };
    default:
      return { kind: 'replicated', replicas: service.replicas ?? 0 };
  }
}

function taskSpec({ image, env, force, restart, reserve, placement }: VectorService): TaskSpec {
  return {
    container: { image, ...(env && { env }) },
    forceUpdate: force ?? 0,
    ...(restart && {
      restart: {
        condition: restart.condition,
        maxAttempts: restart.maxAttempts ?? 0,
        ...(restart.delayMs != null && { delay: restart.delayMs * MS }),
        ...(restart.windowMs != null && { window: restart.windowMs * MS }),
      },
    }),
    ...(reserve && {
      resources: {
        reservations: { nanoCpus: Math.round((reserve.cpus ?? 0) * 1e9), memoryBytes: (reserve.memoryMb ?? 0) * MIB },
      },
    }),
    ...(placement && {
      placement: {
        ...(placement.constraints && { constraints: placement.constraints }),
        ...(placement.spread && { preferences: placement.spread.map((spread) => ({ spread })) }),
        ...(placement.maxReplicasPerNode && { maxReplicas: placement.maxReplicasPerNode }),
      },
    }),
  };
}

function updateConfig(config: VectorUpdateConfig): UpdateConfig {
  return {
    parallelism: config.parallelism ?? 0,
    delay: (config.delayMs ?? 0) * MS,
    failureAction: config.failureAction ?? 'pause',
    ...(config.monitorMs != null && { monitor: config.monitorMs * MS }),
    maxFailureRatio: config.maxFailureRatio ?? 0,
    order: config.order ?? 'stop-first',
  };
}

export function nodeObject(node: VectorNode): NewEntity<Node> {
  const role = node.role ?? 'worker';
  return {
    id: node.name,
    spec: { name: node.name, labels: node.labels ?? {}, role, availability: node.availability ?? 'active' },
    description: nodeDescription(node.name, node),
    status: { state: 'ready', message: '', addr: '' },
    role,
  };
}

export function nodeDescription(
  hostname: string,
  { cpus, memoryMb }: Pick<VectorNode, 'cpus' | 'memoryMb'>,
): NodeDescription {
  return {
    hostname,
    platform: { os: 'linux', architecture: 'amd64' },
    resources: { nanoCpus: Math.round(cpus * 1e9), memoryBytes: memoryMb * MIB },
  };
}

/** The image, plus `#F` for a force counter and `+A,B` for an environment. */
export function labelOf({ container, forceUpdate }: TaskSpec): string {
  const force = forceUpdate > 0 ? `#${forceUpdate}` : '';
  const env = container.env && container.env.length > 0 ? `+${container.env.join(',')}` : '';
  return `${container.image}${force}${env}`;
}
