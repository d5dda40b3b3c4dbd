import type { Network, NetworkSpec } from '../objects.ts';
import { driverFromEngine } from './container-from-engine.ts';
import { driverToEngine } from './container-to-engine.ts';
import { type EpochOption, toRfc3339 } from './instants.ts';
import { metaToEngine } from './meta.ts';
import { omitEmpty } from './omit.ts';
import type * as Engine from './types.ts';

/** What `POST /networks/create` asks for. (moby daemon/cluster/convert/network.go, BasicNetworkCreateToGRPC) */
export function networkSpecFromEngine(request: Engine.NetworkCreateRequest): NetworkSpec {
  return {
    name: request.Name,
    labels: request.Labels ?? {},
    driver: driverFromEngine(omitEmpty<Engine.Driver>({ Name: request.Driver, Options: request.Options })),
    ...omitEmpty<Pick<NetworkSpec, 'internal' | 'attachable' | 'ingress' | 'ipv6' | 'ipam'>>({
      internal: request.Internal,
      attachable: request.Attachable,
      ingress: request.Ingress,
      ipv6: request.EnableIPv6,
      ipam: request.IPAM && { ...request.IPAM, Driver: request.IPAM.Driver || 'default' },
    }),
  };
}

/** A network as `GET /networks/{id}` answers. (BasicNetworkFromGRPC) */
export function networkToEngine(network: Network, epoch?: EpochOption): Engine.Network {
  const { spec } = network;
  return {
    Name: spec.name,
    Id: network.id,
    Created: toRfc3339(network.createdAt, epoch),
    Scope: 'swarm',
    Driver: spec.driver?.name || 'overlay',
    EnableIPv4: true,
    EnableIPv6: spec.ipv6 ?? false,
    IPAM: (spec.ipam as Engine.Ipam | undefined) ?? { Driver: 'default', Options: null, Config: [] },
    Internal: spec.internal ?? false,
    Attachable: spec.attachable ?? false,
    Ingress: spec.ingress ?? false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Containers: null,
    Options: spec.driver?.options ?? null,
    Labels: spec.labels,
  };
}

export function networkAttachmentToEngine(
  network: Network,
  addresses: readonly string[],
  epoch?: EpochOption,
): Engine.NetworkAttachment {
  const { spec } = network;
  return {
    Network: {
      ...metaToEngine(network, epoch),
      Spec: {
        Name: spec.name,
        Labels: spec.labels,
        ...omitEmpty<Engine.NetworkAttachment['Network']['Spec']>({
          DriverConfiguration: spec.driver && driverToEngine(spec.driver),
          IPv6Enabled: spec.ipv6,
          Internal: spec.internal,
          Attachable: spec.attachable,
          Ingress: spec.ingress,
        }),
        Scope: 'swarm',
      },
      DriverState: spec.driver ? driverToEngine(spec.driver) : {},
    },
    ...omitEmpty<Pick<Engine.NetworkAttachment, 'Addresses'>>({ Addresses: addresses }),
  };
}
