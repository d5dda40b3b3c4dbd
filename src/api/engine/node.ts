import type { Node, NodeSpec } from '../objects.ts';
import type { EpochOption } from './instants.ts';
import { InvalidParameterError } from './invalid-parameter.ts';
import { metaToEngine } from './meta.ts';
import { omitEmpty } from './omit.ts';
import { genericResourceToEngine } from './task-spec-to-engine.ts';
import type * as Engine from './types.ts';

const ROLES = ['worker', 'manager'] as const;
const AVAILABILITIES = ['active', 'pause', 'drain'] as const;

/**
 * What a client asks of a node; words in any case. (moby daemon/cluster/convert/node.go, NodeSpecToGRPC)
 *
 * @throws InvalidParameterError for an unknown or absent role or availability.
 */
export function nodeSpecFromEngine(spec: Engine.NodeSpec): NodeSpec {
  const role = ROLES.find((name) => name === spec.Role?.toLowerCase());
  if (!role) throw new InvalidParameterError(`invalid Role: ${JSON.stringify(spec.Role ?? '')}`);
  const availability = AVAILABILITIES.find((name) => name === spec.Availability?.toLowerCase());
  if (!availability)
    throw new InvalidParameterError(`invalid Availability: ${JSON.stringify(spec.Availability ?? '')}`);
  return { ...(spec.Name && { name: spec.Name }), labels: spec.Labels ?? {}, role, availability };
}

export function nodeSpecToEngine(spec: NodeSpec): Engine.NodeSpec {
  return {
    ...(spec.name && { Name: spec.name }),
    Labels: spec.labels,
    Role: spec.role,
    Availability: spec.availability,
  };
}

/** A node as `GET /nodes/{id}` answers. (NodeFromGRPC) */
export function nodeToEngine(node: Node, epoch?: EpochOption): Engine.Node {
  const { status, managerStatus: manager } = node;
  return {
    ...metaToEngine(node, epoch),
    Spec: nodeSpecToEngine(node.spec),
    Description: descriptionToEngine(node.description),
    Status: omitEmpty<Engine.Node['Status']>({ State: status.state, Message: status.message, Addr: status.addr }),
    ...(manager && {
      ManagerStatus: omitEmpty<NonNullable<Engine.Node['ManagerStatus']>>({
        Leader: manager.leader,
        Reachability: manager.reachability,
        Addr: manager.addr,
      }),
    }),
  };
}

function descriptionToEngine(description: Node['description']): Engine.NodeDescription {
  const { platform, resources, engine } = description ?? {};
  return {
    ...omitEmpty<Pick<Engine.NodeDescription, 'Hostname'>>({ Hostname: description?.hostname }),
    Platform: omitEmpty<Engine.Platform>({ Architecture: platform?.architecture, OS: platform?.os }),
    Resources: omitEmpty<Engine.Resources>({
      NanoCPUs: resources?.nanoCpus,
      MemoryBytes: resources?.memoryBytes,
      GenericResources: resources?.generic?.map(genericResourceToEngine),
    }),
    Engine: omitEmpty<Engine.NodeDescription['Engine']>({
      EngineVersion: engine?.version,
      Labels: engine?.labels,
      Plugins: engine?.plugins?.map(({ type, name }) => ({ Type: type, Name: name })),
    }),
    TLSInfo: {},
  };
}
