/** `/networks`: those of the swarm, and the ones that every engine has (moby daemon/server/router/network). */
import { type Engine, type Network, NO_SWARM, networkSpecFromEngine, networkToEngine } from '../api/index.ts';
import { readBody } from './body/fields.ts';
import { networkBody } from './body/others.ts';
import type { Answer, Call } from './call.ts';
import { type Control, control, controlOrRefusal } from './control.ts';
import { type Filters, filtersOf, splitLabel } from './filters.ts';
import { inOrderOfIds } from './find.ts';
import { counterparts, isPredefined, localNetworks } from './predefined-networks.ts';
import { invalid, notFound, Refusal } from './refusal.ts';

const FILTERS = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];
const DEFAULT_DRIVER = 'bridge';

export function listNetworks(call: Call): Answer {
  const filters = filtersOf(call, FILTERS);
  for (const type of filters.get('type')) {
    if (type !== 'builtin' && type !== 'custom') throw new Refusal(500, `invalid filter: 'type'='${type}'`);
  }
  const used = usedNetworks(call);
  return { body: allNetworks(call).filter((network) => matches(filters, network, used)) };
}

export function inspectNetwork(call: Call): Answer {
  return { body: findNetwork(call, call.params.id!, call.query.get('scope') ?? '') };
}

export function createNetwork(call: Call): Answer {
  const body = readBody(networkBody, call.body);
  const { Name = '', Driver = DEFAULT_DRIVER, Scope = '' } = body;
  if (allNetworks(call).some((network) => network.Name === Name && network.Scope === 'swarm')) {
    throw new Refusal(409, `network with name ${Name} already exists`);
  }
  if (isPredefined(Name)) throw new Refusal(403, `operation is not permitted on predefined ${Name} network `);
  if (Driver !== 'overlay' && Scope !== 'swarm') {
    throw new Refusal(501, `only networks of the swarm are simulated, and the driver ${Driver} makes local ones`);
  }
  const access = controlOrRefusal(call);
  // The engine itself answers for overlay networks before it asks the swarm.
  if (access instanceof Refusal) throw access.status === 503 ? new Refusal(403, NO_SWARM) : access;
  const { request } = access;
  const { id } = request<Network>({ op: 'createNetwork', spec: networkSpecFromEngine({ ...body, Name, Driver }) });
  return { status: 201, body: { Id: id, Warning: '' } };
}

export function removeNetwork(call: Call): Answer {
  const network = findNetwork(call, call.params.id!, '');
  if (network.Scope !== 'swarm') {
    throw new Refusal(403, `${network.Name} is a pre-defined network and cannot be removed`);
  }
  control(call).request({ op: 'removeNetwork', id: network.Id });
  return { status: 204 };
}

/**
 * The id of the network that a service is to be attached to.
 * (moby daemon/cluster/networks.go, populateNetworkID)
 *
 * @throws Refusal for a network that there is not, or more than one.
 */
export function attachedNetworkId(view: Control['view'], target: string): string {
  const ofSwarm = view.networks.all().map((network) => networkToEngine(network));
  const found = pick(target, ofSwarm) ?? pick(target, counterparts());
  if (!found) throw notFound(`network ${target} not found`);
  return found.Id;
}

function findNetwork(call: Call, reference: string, scope: string): Engine.Network {
  const local = scope === 'swarm' ? [] : localNetworks();
  const ofSwarm = scope === 'local' ? [] : [...swarmNetworks(call), ...counterparts()];
  const found = pick(reference, local) ?? pick(reference, ofSwarm);
  if (!found) throw notFound(`network ${reference} not found`);
  return found;
}

function pick(reference: string, networks: readonly Engine.Network[]): Engine.Network | undefined {
  const exact = networks.find(({ Id }) => Id === reference) ?? networks.find(({ Name }) => Name === reference);
  if (exact || reference === '') return exact;
  const begun = networks.filter(({ Id }) => Id.startsWith(reference));
  if (begun.length > 1) {
    throw invalid(`${begun.length} matches found based on ID prefix: network ${reference} is ambiguous`);
  }
  return begun[0];
}

function allNetworks(call: Call): Engine.Network[] {
  return [...swarmNetworks(call), ...localNetworks()];
}

/** A node that does not reach the swarm shows its own networks. */
function swarmNetworks(call: Call): Engine.Network[] {
  const access = controlOrRefusal(call);
  if (access instanceof Refusal) return [];
  return inOrderOfIds(access.view.networks.all()).map((network) => networkToEngine(network, call.epoch));
}

/** The ids of networks that services are attached to. */
function usedNetworks({ swarm: { view } }: Call): ReadonlySet<string> {
  return new Set(view.services.all().flatMap(({ spec }) => (spec.task.networks ?? []).map(({ target }) => target)));
}

/** Unlike elsewhere, names and ids are regular expressions here. (moby daemon/network/filter.go) */
function matches(filters: Filters, network: Engine.Network, used: ReadonlySet<string>): boolean {
  const isBuiltIn = isPredefined(network.Name);
  const [dangling] = filters.get('dangling');
  const isDangling = !isBuiltIn && !used.has(network.Id);
  return (
    filters.includes('driver', network.Driver) &&
    filters.includes('scope', network.Scope) &&
    fits(filters.get('name'), network.Name) &&
    fits(filters.get('id'), network.Id) &&
    hasLabels(filters.get('label'), network.Labels ?? {}) &&
    (!filters.has('type') || filters.get('type').includes(isBuiltIn ? 'builtin' : 'custom')) &&
    (dangling === undefined || isDangling === ['1', 'true'].includes(dangling))
  );
}

function fits(patterns: readonly string[], text: string): boolean {
  return patterns.length === 0 || patterns.some((pattern) => pattern === text || isMatch(pattern, text));
}

function isMatch(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern).test(text);
  } catch {
    return false;
  }
}

function hasLabels(wanted: readonly string[], labels: Readonly<Record<string, string>>): boolean {
  return wanted.every((text) => {
    const [name, value] = splitLabel(text);
    return Object.hasOwn(labels, name) && (value === undefined || labels[name] === value);
  });
}
