import type { Engine } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import type { ConfigSections, NetworkConfig } from '../model/config.ts';
import { scopedName, withStackLabel } from './namespace.ts';

/** The network that a service joins if it names none. */
export const DEFAULT_NETWORK = 'default';

export interface StackNetworks {
  /** The requests that create what is missing, sorted by name. */
  readonly create: readonly Engine.NetworkCreateRequest[];
  /** The names of networks that must exist, sorted. */
  readonly external: readonly string[];
}

/**
 * The networks that the services use; a network that nobody uses is not created, one that is used without a declaration
 * is. (cli/compose/convert/compose.go, Networks)
 */
export function convertNetworks(config: ConfigSections, namespace: string): StackNetworks {
  const used = new Set<string>();
  for (const service of Object.values(config.services)) {
    const names = Object.keys(service.networks ?? {});
    for (const name of names.length > 0 ? names : [DEFAULT_NETWORK]) used.add(name);
  }
  const create: Engine.NetworkCreateRequest[] = [];
  const external: string[] = [];
  for (const key of used) {
    const network = Object.hasOwn(config.networks, key) ? config.networks[key]! : {};
    if (network.external) external.push(network.name ?? key);
    else create.push(createRequest(network.name || scopedName(namespace, key), network, namespace));
  }
  create.sort((a, b) => compareText(a.Name, b.Name));
  return { create, external: external.sort(compareText) };
}

/** Networks that every node has by itself take no aliases and need not be looked for. */
export function isUserDefined(network: string): boolean {
  return !['', 'default', 'bridge', 'host', 'none'].includes(network) && !network.startsWith('container:');
}

function createRequest(name: string, network: NetworkConfig, namespace: string): Engine.NetworkCreateRequest {
  const { driver, config: pools = [] } = network.ipam ?? {};
  const hasIpam = Boolean(driver) || pools.length > 0;
  return {
    Name: name,
    Driver: network.driver || 'overlay',
    Scope: '',
    IPAM: hasIpam
      ? { Driver: driver ?? '', Options: null, Config: pools.map(({ subnet }) => (subnet ? { Subnet: subnet } : {})) }
      : null,
    Internal: network.internal ?? false,
    Attachable: network.attachable ?? false,
    Ingress: false,
    ConfigOnly: false,
    ConfigFrom: null,
    Options: network.driver_opts ?? null,
    Labels: withStackLabel(namespace, network.labels),
  };
}
