import type { ServiceBody } from './body/service.ts';
import { isOlder } from './version.ts';

/** Fields that clients before a version cannot have meant. (moby daemon/server/router/swarm/helpers.go) */
const SINCE: readonly (readonly [version: string, path: string])[] = [
  ['1.40', 'TaskTemplate.ContainerSpec.Sysctls'],
  ['1.40', 'TaskTemplate.Placement.MaxReplicas'],
  ['1.41', 'TaskTemplate.ContainerSpec.CapabilityAdd'],
  ['1.41', 'TaskTemplate.ContainerSpec.CapabilityDrop'],
  ['1.41', 'TaskTemplate.ContainerSpec.Ulimits'],
  ['1.41', 'TaskTemplate.Resources.Limits.Pids'],
  ['1.41', 'Mode.ReplicatedJob'],
  ['1.41', 'Mode.GlobalJob'],
  ['1.44', 'TaskTemplate.ContainerSpec.Privileges.Seccomp'],
  ['1.44', 'TaskTemplate.ContainerSpec.Privileges.AppArmor'],
  ['1.44', 'TaskTemplate.ContainerSpec.Privileges.NoNewPrivileges'],
  ['1.44', 'TaskTemplate.ContainerSpec.Healthcheck.StartInterval'],
  ['1.46', 'TaskTemplate.ContainerSpec.OomScoreAdj'],
];

const NETWORKS_MOVED = '1.44';

/** A service as a client of this version means it. */
export function asSentBy(apiVersion: string, body: ServiceBody): ServiceBody {
  const known = SINCE.filter(([version]) => isOlder(apiVersion, version)).reduce<ServiceBody>(
    (spec, [, path]) => without(spec, path.split('.')),
    body,
  );
  const { Networks, TaskTemplate = {} } = known;
  const areMoved = isOlder(apiVersion, NETWORKS_MOVED) && (TaskTemplate.Networks ?? []).length === 0;
  return areMoved && Networks ? { ...known, TaskTemplate: { ...TaskTemplate, Networks } } : known;
}

function without<T>(value: T, [key, ...rest]: readonly string[]): T {
  if (typeof value !== 'object' || value === null || key === undefined || !Object.hasOwn(value, key)) return value;
  const { [key]: field, ...others } = value as Record<string, unknown>;
  return (rest.length === 0 ? others : { ...others, [key]: without(field, rest) }) as T;
}
