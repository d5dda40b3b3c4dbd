/** The cluster that a check assumes: a small one, with whatever the files ask of nodes. */
import type { ServiceSpec } from '../../api/index.ts';
import { compareText } from '../../base/index.ts';
import type { NodeDefinition } from '../../swarm/index.ts';
import { numbered } from '../scenario/nodes.ts';
import type { ClusterDefinition } from '../scenario/scenario.ts';

const MANAGERS = 1;
const WORKERS = 3;

/**
 * Three workers and a manager that have each label that a constraint asks for, the values of a label in turn, and a node
 * for each host name. What no node can be made to have is left out, so that its task finds no place. The scheduler
 * prefers the first of equal nodes: as in most swarms of this size, that is no manager.
 */
export function assumedCluster(services: readonly ServiceSpec[]): ClusterDefinition {
  const wishes = services.flatMap(({ task }) => (task.placement?.constraints ?? []).flatMap(wishOf));
  const labels = valuesByName(wishes.filter(({ kind }) => kind === 'node.labels'));
  const engineLabels = valuesByName(wishes.filter(({ kind }) => kind === 'engine.labels'));
  const hosts = valuesByName(wishes.filter(({ kind }) => kind === 'node.hostname')).get('') ?? [];
  const names = [
    ...[...numbered('w', WORKERS), ...hosts].map((name) => ({ name, role: 'worker' as const })),
    ...numbered('m', MANAGERS).map((name) => ({ name, role: 'manager' as const })),
  ];
  const nodes = names.map(
    (node, index): NodeDefinition => ({
      ...node,
      labels: shareOf(labels, index),
      engineLabels: shareOf(engineLabels, index),
    }),
  );
  return { managers: 0, workers: 0, nodes };
}

interface Wish {
  readonly kind: 'node.labels' | 'engine.labels' | 'node.hostname';
  readonly name: string;
  readonly value: string;
}

/** Keys of labels keep their case, the words before them have none. (swarmkit manager/constraint/constraint.go, NodeMatches) */
function wishOf(constraint: string): Wish[] {
  const [, key = '', value = ''] = /^(.*?)==(.*)$/s.exec(constraint)?.map((part) => part.trim()) ?? [];
  const lower = key.toLowerCase();
  // Whoever writes a * means something else.
  if (value.includes('*')) return [];
  if (lower === 'node.hostname') return [{ kind: lower, name: '', value }];
  for (const kind of ['node.labels', 'engine.labels'] as const) {
    if (lower.startsWith(`${kind}.`)) return [{ kind, name: key.slice(kind.length + 1), value }];
  }
  return [];
}

function valuesByName(wishes: readonly Wish[]): ReadonlyMap<string, readonly string[]> {
  const names = [...new Set(wishes.map(({ name }) => name))].sort(compareText);
  return new Map(
    names.map((name) => {
      const values = wishes.filter((wish) => wish.name === name).map(({ value }) => value);
      return [name, [...new Set(values)].sort(compareText)];
    }),
  );
}

/** Each node has one value of each label, and every value is there while there are nodes enough. */
function shareOf(values: ReadonlyMap<string, readonly string[]>, index: number): Record<string, string> {
  return Object.fromEntries([...values].map(([name, all]) => [name, all[index % all.length]!]));
}
