/** `docker stack deploy` on a simulated swarm: networks, secrets and configs first, then each service by name. */
import type { DataObject, Network, ServiceSpec } from '../api/index.ts';
import { ApiError } from '../base/index.ts';
import type { Position } from '../compose/index.ts';
import type { Swarm } from '../swarm/index.ts';
import type { DeployedStack } from './release.ts';

/** The control API refused a service of a stack: the error is its own, with the service's name and place. */
export class RefusedService extends ApiError {
  readonly service: string;
  /** Where the Compose files write the service; absent for a stack that is of no files. */
  readonly at: Position | undefined;

  constructor({ status, message }: ApiError, service: string, at?: Position) {
    super(status, message, `Swarm says so of the service ${service}`);
    this.service = service;
    this.at = at;
  }
}

/**
 * Creates what is missing and updates every service that is there, changed or not, as docker does.
 * @throws RefusedService
 */
export function deployStack(swarm: Swarm, stack: DeployedStack): void {
  for (const spec of stack.services) {
    try {
      deployService(swarm, spec, stack);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new RefusedService(error, spec.name, placeOf(spec, stack));
    }
  }
}

function placeOf({ name, labels }: ServiceSpec, { config }: DeployedStack): Position | undefined {
  const namespace = labels['com.docker.stack.namespace'] ?? '';
  return config.positionOf?.(['services', name.slice(namespace.length + 1)]);
}

function deployService(swarm: Swarm, spec: ServiceSpec, stack: DeployedStack): void {
  const resolved = withIds(swarm, spec, stack);
  const service = swarm.view.services.all().find((known) => known.spec.name === spec.name);
  if (!service) {
    swarm.request({ op: 'createService', spec: resolved });
    return;
  }
  // The counter of forced updates is not in the files; docker keeps the one that it finds.
  const kept = { ...resolved, task: { ...resolved.task, forceUpdate: service.spec.task.forceUpdate } };
  swarm.request({ op: 'updateService', id: service.id, version: service.version, spec: kept });
}

/** A stack's specifications refer to networks, secrets and configs by name; what Swarm stores has ids. */
function withIds(swarm: Swarm, spec: ServiceSpec, stack: DeployedStack): ServiceSpec {
  const { networks } = spec.task;
  const { secrets, configs } = spec.task.container;
  return {
    ...spec,
    task: {
      ...spec.task,
      ...(networks && {
        networks: networks.map((network) => ({ ...network, target: networkId(swarm, network.target, stack) })),
      }),
      container: {
        ...spec.task.container,
        ...(secrets && {
          secrets: secrets.map((reference) => ({ ...reference, id: dataId(swarm, 'secrets', reference.name) })),
        }),
        ...(configs && {
          configs: configs.map((reference) => ({ ...reference, id: dataId(swarm, 'configs', reference.name) })),
        }),
      },
    },
  };
}

function networkId(swarm: Swarm, name: string, stack: DeployedStack): string {
  const known = swarm.view.networks.all().find((network) => network.spec.name === name);
  if (known) return known.id;
  const declared = Object.entries(stack.config.networks ?? {}).find(
    ([key, network]) => network?.name === name || name.endsWith(`_${key}`),
  );
  const driver = declared?.[1]?.driver;
  const spec = { name, labels: {}, driver: { name: driver === undefined || driver === '' ? 'overlay' : driver } };
  return swarm.request<Network>({ op: 'createNetwork', spec }).id;
}

function dataId(swarm: Swarm, table: 'secrets' | 'configs', name: string): string {
  const known = swarm.view[table].all().find((object) => object.spec.name === name);
  if (known) return known.id;
  const op = table === 'secrets' ? 'createSecret' : 'createConfig';
  return swarm.request<DataObject>({ op, spec: { name, labels: {}, data: '' } }).id;
}
