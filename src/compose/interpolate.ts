import { parseFloat64, quote } from '../go/index.ts';
import { ComposeError } from './problem.ts';
import { type Lookup, substitute } from './template.ts';
import { type Mapping, type Node, type ScalarValue, scalar } from './tree.ts';

/**
 * Replaces variables in every text of a document, keys excepted. A text that changed and stands where a number or a
 * truth value belongs is converted. (cli/compose/interpolation, cli/compose/loader/interpolate.go)
 *
 * @throws ComposeError with stage `interpolation`.
 */
export function interpolate(document: Mapping, lookup: Lookup): Mapping {
  return {
    ...document,
    entries: document.entries.map((entry) => ({ ...entry, value: interpolateNode(entry.value, entry.key, lookup) })),
  };
}

function interpolateNode(node: Node, path: string, lookup: Lookup): Node {
  switch (node.kind) {
    case 'mapping':
      // Docker does not look into a mapping that has a key which is not a string.
      if (!node.hasTextKeys) return node;
      return {
        ...node,
        entries: node.entries.map((entry) => ({
          ...entry,
          value: interpolateNode(entry.value, `${path}.${entry.key}`, lookup),
        })),
      };
    case 'sequence':
      return { ...node, items: node.items.map((item) => interpolateNode(item, `${path}.[]`, lookup)) };
    default: {
      if (typeof node.value !== 'string') return node;
      const result = substitute(node.value, lookup);
      if ('invalid' in result) {
        throw new ComposeError(
          'interpolation',
          `invalid interpolation format for ${path}: ${quote(result.invalid)}; you may need to escape any $ with another $`,
          node.at,
          `set the variable, give it a default (\${NAME:-value}), or write $$ for a dollar sign`,
        );
      }
      if (result.text === node.value) return node;
      const cast = castFor(path);
      if (!cast) return scalar(result.text, node.at);
      const converted = cast(result.text);
      if ('problem' in converted) {
        const message = `error while interpolating ${path}: failed to cast to expected type: ${converted.problem}`;
        throw new ComposeError('interpolation', message, node.at);
      }
      return scalar(converted.value, node.at);
    }
  }
}

type Cast = (text: string) => { readonly value: ScalarValue } | { readonly problem: string };

const toInteger: Cast = (text) => {
  if (!/^[-+]?[0-9]+$/.test(text)) return { problem: `strconv.Atoi: parsing ${quote(text)}: invalid syntax` };
  const value = BigInt(text.replace(/^\+/, ''));
  if (value >= 2n ** 63n || value < -(2n ** 63n)) {
    return { problem: `strconv.Atoi: parsing ${quote(text)}: value out of range` };
  }
  return { value };
};

const toBoolean: Cast = (text) => {
  const word = text.toLowerCase();
  if (['y', 'yes', 'true', 'on'].includes(word)) return { value: true };
  if (['n', 'no', 'false', 'off'].includes(word)) return { value: false };
  return { problem: `invalid boolean: ${text}` };
};

const CASTS: readonly (readonly [pattern: readonly string[], cast: Cast])[] = (
  [
    ['services.*.configs.[].mode', toInteger],
    ['services.*.secrets.[].mode', toInteger],
    ['services.*.healthcheck.retries', toInteger],
    ['services.*.healthcheck.disable', toBoolean],
    ['services.*.deploy.replicas', toInteger],
    ['services.*.deploy.update_config.parallelism', toInteger],
    ['services.*.deploy.update_config.max_failure_ratio', parseFloat64],
    ['services.*.deploy.rollback_config.parallelism', toInteger],
    ['services.*.deploy.rollback_config.max_failure_ratio', parseFloat64],
    ['services.*.deploy.restart_policy.max_attempts', toInteger],
    ['services.*.deploy.placement.max_replicas_per_node', toInteger],
    ['services.*.ports.[].target', toInteger],
    ['services.*.ports.[].published', toInteger],
    ['services.*.ulimits.*', toInteger],
    ['services.*.ulimits.*.hard', toInteger],
    ['services.*.ulimits.*.soft', toInteger],
    ['services.*.privileged', toBoolean],
    ['services.*.oom_score_adj', toInteger],
    ['services.*.read_only', toBoolean],
    ['services.*.stdin_open', toBoolean],
    ['services.*.tty', toBoolean],
    ['services.*.volumes.[].read_only', toBoolean],
    ['services.*.volumes.[].volume.nocopy', toBoolean],
    ['networks.*.external', toBoolean],
    ['networks.*.internal', toBoolean],
    ['networks.*.attachable', toBoolean],
    ['volumes.*.external', toBoolean],
    ['secrets.*.external', toBoolean],
    ['configs.*.external', toBoolean],
  ] as const
).map(([pattern, cast]) => [pattern.split('.'), cast]);

/** A key with a dot in it counts as two, as in docker: below such a service nothing is converted. */
function castFor(path: string): Cast | undefined {
  const parts = path.split('.');
  const found = CASTS.find(
    ([pattern]) =>
      pattern.length === parts.length && pattern.every((part, index) => part === '*' || part === parts[index]),
  );
  return found?.[1];
}
