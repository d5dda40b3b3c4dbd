/** The calls for everything but services: each reads one answer. */

import { checkReference, type EngineClient, encodeFilters } from '../client.ts';
import type { Filters } from '../flags/types.ts';
import { type Decoded, decode, encode, map, omit, slice, struct, text } from '../go/type.ts';
import { driver, version } from './common-types.ts';
import { type Node, type NodeSpec, node, nodeSpec } from './node-types.ts';
import { type Swarm, type SwarmSpec, swarm, swarmSpec } from './swarm-types.ts';
import { type Task, task } from './task-types.ts';

const network = struct('network.Summary', { Name: text, Id: text, Scope: text }, { goNames: { Id: 'ID' } });
export type Network = Decoded<typeof network>;

/** A secret or a config: their data is never answered. */
const storedText = struct('swarm.Secret', {
  ID: text,
  Version: omit(version),
  Spec: struct('swarm.SecretSpec', { Name: omit(text), Labels: map(text), Templating: omit(driver) }),
});
export type StoredText = Decoded<typeof storedText>;
export type StoredTextKind = 'secrets' | 'configs';

export function listTasks(client: EngineClient, filters: Filters): Task[] {
  return decode(slice(task), client.get('/tasks', { query: { filters: encodeFilters(filters) } })) ?? [];
}

export function inspectTask(client: EngineClient, id: string): Task {
  return decode(task, client.get(`/tasks/${checkReference('task', id)}`));
}

export function listNodes(client: EngineClient, filters: Filters = {}): Node[] {
  return decode(slice(node), client.get('/nodes', { query: { filters: encodeFilters(filters) } })) ?? [];
}

/** The IDs of the nodes that are not down. */
export function activeNodes(client: EngineClient): ReadonlySet<string> {
  return new Set(
    listNodes(client)
      .filter((node) => node.Status.State !== 'down')
      .map(({ ID }) => ID),
  );
}

export function inspectNode(client: EngineClient, reference: string): Node {
  return decode(node, client.get(`/nodes/${checkReference('node', reference)}`));
}

export function updateNode(client: EngineClient, update: { id: string; version: number; spec: NodeSpec }): void {
  client.post(`/nodes/${checkReference('node', update.id)}/update`, {
    query: { version: String(update.version) },
    body: encode(nodeSpec, update.spec),
  });
}

export function removeNode(client: EngineClient, reference: string, options: { force: boolean }): void {
  client.delete(`/nodes/${checkReference('node', reference)}`, { query: { force: options.force ? '1' : undefined } });
}

export function listNetworks(client: EngineClient, filters: Filters): Network[] {
  return decode(slice(network), client.get('/networks', { query: { filters: encodeFilters(filters) } })) ?? [];
}

/** `scope` restricts the look-up, for instance to the swarm's networks. */
export function inspectNetwork(client: EngineClient, reference: string, scope?: 'swarm'): Network {
  return decode(network, client.get(`/networks/${checkReference('network', reference)}`, { query: { scope } }));
}

export function listStoredTexts(client: EngineClient, kind: StoredTextKind, filters: Filters): StoredText[] {
  return decode(slice(storedText), client.get(`/${kind}`, { query: { filters: encodeFilters(filters) } })) ?? [];
}

export function inspectStoredText(client: EngineClient, kind: StoredTextKind, name: string): StoredText {
  return decode(storedText, client.get(`/${kind}/${checkReference(kind.slice(0, -1), name)}`));
}

export function inspectSwarm(client: EngineClient): Swarm {
  return decode(swarm, client.get('/swarm'));
}

export type SwarmRotation = 'rotateWorkerToken' | 'rotateManagerToken' | 'rotateManagerUnlockKey';

export function updateSwarm(
  client: EngineClient,
  update: { version: number; spec: SwarmSpec; rotate?: SwarmRotation },
): void {
  const query = {
    rotateManagerToken: String(update.rotate === 'rotateManagerToken'),
    rotateManagerUnlockKey: String(update.rotate === 'rotateManagerUnlockKey'),
    rotateWorkerToken: String(update.rotate === 'rotateWorkerToken'),
    version: String(update.version),
  };
  client.post('/swarm/update', { query, body: encode(swarmSpec, update.spec) });
}

export function unlockKey(client: EngineClient): string {
  return decode(struct('swarm.UnlockKeyResponse', { UnlockKey: text }), client.get('/swarm/unlockkey')).UnlockKey;
}
