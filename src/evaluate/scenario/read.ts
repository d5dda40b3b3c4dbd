/** The scenario reader: YAML text to a {@link Scenario}, complaints with file, line and column. */
import { durationOf } from '../../api/index.ts';
import type { DurationInput } from '../../base/index.ts';
import { BEHAVIOURS, type ImageDefinition, type NodeDefinition } from '../../swarm/index.ts';
import { OUTCOMES } from '../metrics/index.ts';
import { type Expectation, parseComparison } from './expectation.ts';
import {
  type ClusterDefinition,
  DEFAULT_PATIENCE,
  FAULT_KINDS,
  type Scenario,
  type ScenarioFault,
} from './scenario.ts';
import { type Place, readSource } from './source.ts';

/** @throws ScenarioError */
export function readScenario(text: string, file: string): Scenario {
  const entries = readSource(text, file).mapping(['name', 'cluster', 'images', 'faults', 'expect', 'patience']);
  return {
    name: entries.get('name')?.text() ?? file,
    cluster: readCluster(entries.get('cluster')),
    images: readImages(entries.get('images')),
    faults: (entries.get('faults')?.list() ?? []).map(readFault),
    expect: readExpectation(entries.get('expect')),
    patience: readDuration(entries.get('patience')) ?? DEFAULT_PATIENCE,
  };
}

const NODE_KEYS = ['availability', 'labels', 'engineLabels', 'cpus', 'memory'] as const;

function readCluster(place: Place | undefined): ClusterDefinition {
  const entries = place?.mapping(['managers', 'workers', 'node', 'nodes']) ?? new Map<string, Place>();
  const managers = entries.get('managers')?.count();
  const workers = entries.get('workers')?.count();
  const node = entries.get('node');
  const nodes = entries.get('nodes');
  return {
    ...(managers !== undefined && { managers }),
    ...(workers !== undefined && { workers }),
    ...(node && { node: readNode(node, NODE_KEYS) }),
    ...(nodes && { nodes: nodes.list().map(readNamedNode) }),
  };
}

function readNamedNode(place: Place): NodeDefinition {
  const entries = place.mapping(['name', 'role', ...NODE_KEYS]);
  const name = entries.get('name')?.text() ?? place.refuse(`${place.name} needs a name`);
  const role = entries.get('role')?.oneOf(['manager', 'worker']);
  return { ...readNode(place, ['name', 'role', ...NODE_KEYS]), name, ...(role && { role }) };
}

function readNode(place: Place, known: readonly string[]): Omit<NodeDefinition, 'name' | 'role'> {
  const entries = place.mapping(known);
  const availability = entries.get('availability')?.oneOf(['active', 'pause', 'drain']);
  const labels = readLabels(entries.get('labels'));
  const engineLabels = readLabels(entries.get('engineLabels'));
  const cpus = entries.get('cpus');
  const memory = entries.get('memory');
  return {
    ...(availability && { availability }),
    ...(labels && { labels }),
    ...(engineLabels && { engineLabels }),
    ...(cpus && {
      cpus:
        typeof cpus.value === 'number' && cpus.value > 0
          ? cpus.value
          : cpus.refuse(`${cpus.name} must be a number above 0`),
    }),
    ...(memory && { memory: typeof memory.value === 'number' ? memory.value : memory.text() }),
  };
}

function readLabels(place: Place | undefined): Record<string, string> | undefined {
  if (!place) return undefined;
  return Object.fromEntries([...place.mapping()].map(([key, value]) => [key, String(value.value)]));
}

function readImages(place: Place | undefined): Record<string, ImageDefinition> {
  return Object.fromEntries([...(place?.mapping() ?? [])].map(([image, behaviour]) => [image, readImage(behaviour)]));
}

/** Each behaviour is read once here, so that a mistake is found with its place and not in the middle of a run. */
function readImage(place: Place): ImageDefinition {
  const entries = place.mapping(BEHAVIOURS.map(({ name }) => name));
  for (const behaviour of BEHAVIOURS) entries.get(behaviour.name)?.check((value) => behaviour.read(value));
  return (place.value ?? {}) as ImageDefinition;
}

function readFault(place: Place): ScenarioFault {
  const entries = place.mapping(['kind', 'node', 'at', 'for']);
  const kind =
    entries.get('kind')?.oneOf(FAULT_KINDS) ??
    place.refuse(`${place.name} needs a kind`, `known: ${FAULT_KINDS.join(', ')}`);
  const at = entries.get('at');
  const lasting = readDuration(entries.get('for'));
  return {
    kind,
    node: entries.get('node')?.text() ?? 'any',
    at: !at || at.value === 'during update' ? 'during update' : (readDuration(at) ?? 'during update'),
    ...(lasting !== undefined && { for: lasting }),
  };
}

function readExpectation(place: Place | undefined): Expectation {
  const entries = place?.mapping(['outcome', 'running', 'exposed']) ?? new Map<string, Place>();
  const outcome = entries.get('outcome');
  const running = entries.get('running')?.check(parseComparison);
  const exposed = entries.get('exposed')?.check(parseComparison);
  return {
    outcome: !outcome
      ? []
      : Array.isArray(outcome.value)
        ? outcome.list().map((item) => item.oneOf(OUTCOMES))
        : [outcome.oneOf(OUTCOMES)],
    ...(running && { running }),
    ...(exposed && { exposed }),
  };
}

function readDuration(place: Place | undefined): DurationInput | undefined {
  return place?.check((value) => {
    if (typeof value !== 'string') place.refuse(`${place.name} must be a duration`, 'write 30s, 1m30s or 250ms');
    durationOf(value as string);
    return value as string;
  });
}
