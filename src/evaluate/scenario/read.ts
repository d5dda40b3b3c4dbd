/** The scenario reader: YAML text to a {@link Scenario}, complaints with file, line and column. */
import type { NodeDefinition } from '../../swarm/index.ts';
import { GATE, type Gate, parseGate } from '../gates.ts';
import { OUTCOMES } from '../metrics/index.ts';
import { COMPARISON, type Comparison, parseComparison } from './expectation.ts';
import { fault } from './fault-keys.ts';
import { bytes, count, named, patterned, period, positive, scalar, wholeFrom, word } from './forms.ts';
import { image } from './image-keys.ts';
import { entriesOf, type Form, key, listOf, mapping, oneOrMore, readKeys, requiredKey } from './key.ts';
import { nodesOf } from './nodes.ts';
import { rememberPlace } from './places.ts';
import {
  type ClusterDefinition,
  DEFAULT_CLUSTER,
  DEFAULT_PATIENCE,
  DEFAULT_SEEDS,
  MAX_NODES,
  MAX_SEEDS,
  type ReleaseFiles,
  type Scenario,
} from './scenario.ts';
import { type Place, readSource } from './source.ts';

const NODE_KEYS = {
  availability: key(word(['active', 'pause', 'drain']), 'Default `active`'),
  labels: key(entriesOf(scalar, 'mapping of text'), 'what `node.labels` refers to'),
  engineLabels: key(entriesOf(scalar, 'mapping of text'), 'what `engine.labels` refers to'),
  cpus: key(positive, 'Default 4'),
  memory: key(bytes, 'Default `8g`'),
};

const many = wholeFrom(0, MAX_NODES);

const CLUSTER_KEYS = {
  managers: key(many, `how many, named m1, m2 and so on. Default ${DEFAULT_CLUSTER.managers}`),
  workers: key(many, `how many, named w1, w2 and so on. Default ${DEFAULT_CLUSTER.workers}`),
  node: key(mapping(NODE_KEYS), 'what all of these are like'),
  nodes: key(
    listOf(
      mapping({
        name: requiredKey(named, 'also the host name'),
        role: key(word(['manager', 'worker']), 'Default `worker`'),
        ...NODE_KEYS,
      }),
      'list of mappings',
    ),
    'further nodes, one by one',
  ),
};

const cluster: Form<ClusterDefinition> = {
  ...mapping(CLUSTER_KEYS),
  read(place) {
    const definition = readKeys(place, CLUSTER_KEYS);
    const nodes = nodesOf(definition);
    if (nodes.length > MAX_NODES)
      place.refuse(`a cluster of ${nodes.length} nodes is too large`, `no more than ${MAX_NODES} can be played`);
    if (!nodes.some(({ role }) => role === 'manager'))
      place.refuse('a swarm needs at least one manager', 'give managers: 1 or a node with role: manager');
    requireOneOfEach(nodes, definition.nodes?.length ?? 0, place);
    return definition;
  },
};

/** Those that are listed come last. */
function requireOneOfEach(nodes: readonly NodeDefinition[], listed: number, place: Place): void {
  const names = new Set<string>();
  for (const [index, { name }] of nodes.entries()) {
    if (names.has(name)) {
      const hint = 'those that are not listed are named m1, w1 and so on';
      place.at(['nodes', index - (nodes.length - listed), 'name']).refuse(`two nodes are named ${name}`, hint);
    }
    names.add(name);
  }
}

const comparisonText = patterned("comparison, such as `'>= 3'`", COMPARISON, parseComparison);

const comparison: Form<Comparison> = {
  form: comparisonText.form,
  schema: { anyOf: [comparisonText.schema, count.schema] },
  read: (place) => place.check(parseComparison),
};

const gateText = patterned('condition, such as `lowest running < 4` or `stuck`', GATE, parseGate);

const gate: Form<Gate> = { ...gateText, read: (place) => parseGate(gateText.read(place)) };

export const SCENARIO_KEYS = {
  name: key(named, "what the report calls it. Default: the file's name"),
  from: key(oneOrMore(named), 'the Compose files that run now, from this file on; for `dryswarm run`'),
  to: key(oneOrMore(named), 'the Compose files to be deployed next'),
  stack: key(named, 'the name of the stack. Default `stack`'),
  seeds: key(wholeFrom(1, MAX_SEEDS), `with how many seeds it is rehearsed. Default ${DEFAULT_SEEDS}`),
  cluster: key(cluster, 'the machines'),
  images: key(entriesOf(image, 'image to mapping'), 'how containers behave; images without an entry are good'),
  faults: key(listOf(fault, 'list of mappings'), 'what goes wrong, or is done, meanwhile'),
  expect: key(
    mapping({
      outcome: key(oneOrMore(word(OUTCOMES)), 'how the update has to end'),
      running: key(comparison, 'on the lowest number of running tasks'),
      exposed: key(comparison, 'on the slots in which the new version has run'),
    }),
    'what a good policy makes of it, for every service that the release changes; exit code 1 where it does not',
  ),
  failOn: key(oneOrMore(gate), 'what must not happen, besides: as for `--fail-on`'),
  patience: key(period, `virtual time after which a rollout counts as stuck. Default ${DEFAULT_PATIENCE}`),
};

/** @throws ScenarioError */
export function readScenario(source: string, file: string): Scenario {
  const place = readSource(source, file);
  const { name, cluster, images, faults, expect, patience, failOn, seeds, ...release } = readKeys(place, SCENARIO_KEYS);
  const files = filesOf(release, place);
  const scenario: Scenario = {
    name: name ?? file,
    cluster: cluster ?? {},
    images: images ?? {},
    faults: faults ?? [],
    expect: { outcome: [], ...expect },
    patience: patience ?? DEFAULT_PATIENCE,
    ...(failOn && { gates: failOn }),
    ...(files && { files }),
    ...(seeds !== undefined && { seeds }),
  };
  rememberPlace(scenario, place);
  return scenario;
}

function filesOf({ from, to, stack }: Partial<ReleaseFiles>, place: Place): ReleaseFiles | undefined {
  if (!from && !to && stack === undefined) return undefined;
  if (!from || !to) return place.refuse('a scenario that names its files needs both from and to');
  return { from, to, ...(stack !== undefined && { stack }) };
}
