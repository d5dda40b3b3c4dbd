/** The scenario reader: YAML text to a {@link Scenario}, complaints with file, line and column. */
import { type Gate, parseGate } from '../gates.ts';
import { OUTCOMES } from '../metrics/index.ts';
import { type Comparison, parseComparison } from './expectation.ts';
import { fault } from './fault-keys.ts';
import { image } from './image-keys.ts';
import {
  bytes,
  count,
  duration,
  entriesOf,
  type Form,
  key,
  listOf,
  mapping,
  oneOrMore,
  positive,
  readKeys,
  requiredKey,
  scalar,
  text,
  wholeFrom,
  word,
} from './key.ts';
import {
  DEFAULT_CLUSTER,
  DEFAULT_PATIENCE,
  DEFAULT_SEEDS,
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

const CLUSTER_KEYS = {
  managers: key(count, `how many, named m1, m2 and so on. Default ${DEFAULT_CLUSTER.managers}`),
  workers: key(count, `how many, named w1, w2 and so on. Default ${DEFAULT_CLUSTER.workers}`),
  node: key(mapping(NODE_KEYS), 'what all of these are like'),
  nodes: key(
    listOf(
      mapping({
        name: requiredKey(text, 'also the host name'),
        role: key(word(['manager', 'worker']), 'Default `worker`'),
        ...NODE_KEYS,
      }),
      'list of mappings',
    ),
    'further nodes, one by one',
  ),
};

const comparison: Form<Comparison> = {
  form: "comparison, such as `'>= 3'`",
  schema: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
  read: (place) => place.check(parseComparison),
};

const gate: Form<Gate> = {
  form: 'condition, such as `lowest running < 4` or `stuck`',
  schema: { type: 'string' },
  read: (place) => place.check(() => parseGate(place.text())),
};

export const SCENARIO_KEYS = {
  name: key(text, "what the report calls it. Default: the file's name"),
  from: key(oneOrMore(text), 'the Compose files that run now, from this file on; for `dryswarm run`'),
  to: key(oneOrMore(text), 'the Compose files to be deployed next'),
  stack: key(text, 'the name of the stack. Default `stack`'),
  seeds: key(wholeFrom(1, MAX_SEEDS), `with how many seeds it is rehearsed. Default ${DEFAULT_SEEDS}`),
  cluster: key(mapping(CLUSTER_KEYS), 'the machines'),
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
  patience: key(duration, `virtual time after which a rollout counts as stuck. Default ${DEFAULT_PATIENCE}`),
};

/** @throws ScenarioError */
export function readScenario(source: string, file: string): Scenario {
  const place = readSource(source, file);
  const { name, cluster, images, faults, expect, patience, failOn, seeds, ...release } = readKeys(place, SCENARIO_KEYS);
  const files = filesOf(release, place);
  return {
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
}

function filesOf({ from, to, stack }: Partial<ReleaseFiles>, place: Place): ReleaseFiles | undefined {
  if (!from && !to && stack === undefined) return undefined;
  if (!from || !to) return place.refuse('a scenario that names its files needs both from and to');
  return { from, to, ...(stack !== undefined && { stack }) };
}
