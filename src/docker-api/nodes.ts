/** `/nodes` (moby daemon/cluster/nodes.go, swarmkit manager/controlapi/node.go). */
import { type Engine, type Node, nodeSpecFromEngine, nodeToEngine } from '../api/index.ts';
import { managerAddress, nodeAddress } from './addresses.ts';
import { readBody } from './body/fields.ts';
import { nodeBody } from './body/others.ts';
import type { Answer, Call } from './call.ts';
import { type Control, control } from './control.ts';
import { type Filters, filtersOf } from './filters.ts';
import { find, inOrderOfIds } from './find.ts';
import { isOn, requiredVersionOf } from './query.ts';
import { Refusal } from './refusal.ts';

const FILTERS = ['name', 'id', 'label', 'role', 'membership', 'node.label'];
/** What the words of a filter can be; nobody is pending in a simulated swarm. */
const WORDS = { role: ['worker', 'manager'], membership: ['accepted', 'pending'] } as const;

export function listNodes(call: Call): Answer {
  const filters = filtersOf(call, FILTERS);
  for (const key of ['role', 'membership'] as const) checkWords(filters, key);
  const access = control(call);
  const listed = access.view.nodes.all().filter((node) => matches(filters, node));
  return { body: inOrderOfIds(listed).map((node) => shown(call, access, node)) };
}

export function inspectNode(call: Call): Answer {
  const access = control(call);
  return { body: shown(call, access, findNode(access, call.params.id!)) };
}

export function updateNode(call: Call): Answer {
  const body = readBody(nodeBody, call.body);
  const version = requiredVersionOf(call, 'node');
  const access = control(call);
  const spec = nodeSpecFromEngine(body);
  access.request({ op: 'updateNode', id: findNode(access, call.params.id!).id, version, spec });
  return {};
}

export function removeNode(call: Call): Answer {
  const access = control(call);
  access.request({ op: 'removeNode', id: findNode(access, call.params.id!).id, force: isOn(call, 'force') });
  return {};
}

/** @throws Refusal for a reference to none or several. */
export function findNode({ view }: Control, reference: string): Node {
  return find({ noun: 'node', all: view.nodes.all(), nameOf: hostname }, reference);
}

/** With what the leader knows of it as a member of raft. (swarmkit manager/controlapi/node.go, ListNodes) */
function shown({ swarm, epoch }: Call, { managers }: Control, node: Node): Engine.Node {
  const manager = managers.get(node.id);
  const completed: Node = {
    ...node,
    status: { ...node.status, addr: nodeAddress(swarm, node.id) },
    ...(manager && { managerStatus: { ...manager, addr: managerAddress(swarm, node.id) } }),
  };
  return nodeToEngine(completed, epoch);
}

function matches(filters: Filters, node: Node): boolean {
  return (
    filters.begins('name', hostname(node) ?? '') &&
    filters.begins('id', node.id) &&
    filters.matchesLabels('label', node.description?.engine?.labels ?? {}) &&
    filters.matchesLabels('node.label', node.spec.labels) &&
    (wordsOf(filters, 'role').length === 0 || wordsOf(filters, 'role').includes(node.role)) &&
    (wordsOf(filters, 'membership').length === 0 || wordsOf(filters, 'membership').includes('accepted'))
  );
}

function hostname({ description }: Node): string | undefined {
  return description?.hostname;
}

function wordsOf(filters: Filters, key: keyof typeof WORDS): string[] {
  return filters
    .get(key)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function checkWords(filters: Filters, key: keyof typeof WORDS): void {
  const known: readonly string[] = WORDS[key];
  for (const word of filters.get(key)) {
    if (word !== '' && !known.includes(word.toLowerCase())) throw new Refusal(500, `Invalid ${key} filter: '${word}'`);
  }
}
