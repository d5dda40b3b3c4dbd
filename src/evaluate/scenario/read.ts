/** The scenario reader: YAML text to a {@link Scenario}, complaints with file, line and column. */
import { OUTCOMES } from '../metrics/index.ts';
import { type Comparison, parseComparison } from './expectation.ts';
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
  word,
} from './key.ts';
import { DEFAULT_CLUSTER, DEFAULT_PATIENCE, FAULT_KINDS, type Scenario } from './scenario.ts';
import { readSource } from './source.ts';

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
  read: (place) => place.check(parseComparison),
};

const moment: Form<string> = {
  form: 'duration, or `during update`',
  read: (place) => (place.value === 'during update' ? place.value : duration.read(place)),
};

export const SCENARIO_KEYS = {
  name: key(text, "what the report calls it. Default: the file's name"),
  cluster: key(mapping(CLUSTER_KEYS), 'the machines'),
  images: key(entriesOf(image, 'image to mapping'), 'how containers behave; images without an entry are good'),
  faults: key(
    listOf(
      mapping({
        kind: requiredKey(word(FAULT_KINDS), 'what happens'),
        node: key(text, 'whom it hits: a name, or `any`, drawn with the seed. Default `any`'),
        at: key(
          moment,
          'when, counted from the deployment; `during update` draws from its first 30 s. Default `during update`',
        ),
        for: key(duration, 'after which it is over. Default: it is not'),
      }),
      'list of mappings',
    ),
    'what goes wrong, or is done, meanwhile',
  ),
  expect: key(
    mapping({
      outcome: key(oneOrMore(word(OUTCOMES)), 'how the update has to end'),
      running: key(comparison, 'on the lowest number of running tasks'),
      exposed: key(comparison, 'on the slots in which the new version has run'),
    }),
    'what a good policy makes of it, for every service that the release changes; exit code 1 where it does not',
  ),
  patience: key(duration, `virtual time after which a rollout counts as stuck. Default ${DEFAULT_PATIENCE}`),
};

/** @throws ScenarioError */
export function readScenario(source: string, file: string): Scenario {
  const { name, cluster, images, faults, expect, patience } = readKeys(readSource(source, file), SCENARIO_KEYS);
  return {
    name: name ?? file,
    cluster: cluster ?? {},
    images: images ?? {},
    faults: (faults ?? []).map(({ kind, node = 'any', at = 'during update', for: lasting }) => ({
      kind,
      node,
      at,
      ...(lasting !== undefined && { for: lasting }),
    })),
    expect: { outcome: [], ...expect },
    patience: patience ?? DEFAULT_PATIENCE,
  };
}
