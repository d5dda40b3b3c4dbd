import type { Node } from '../../api/index.ts';

export const NODE_LABEL_PREFIX = 'node.labels.';
export const ENGINE_LABEL_PREFIX = 'engine.labels.';

/**
 * The value of the label that `node.labels.NAME` or `engine.labels.NAME` names on a node: '' where the node does not
 * carry it, undefined where the text names no label. The prefix is read in any case, NAME exactly.
 *
 * swarmkit cuts the prefix off by bytes before it folds, so that only ASCII letters can match it
 * (manager/constraint/constraint.go, NodeMatches; manager/scheduler/nodeset.go, tree).
 */
export function labelOf(node: Node, descriptor: string): string | undefined {
  const nodeLabel = nameAfter(descriptor, NODE_LABEL_PREFIX);
  if (nodeLabel !== undefined) return own(node.spec.labels, nodeLabel);
  const engineLabel = nameAfter(descriptor, ENGINE_LABEL_PREFIX);
  if (engineLabel !== undefined) return own(node.description?.engine?.labels, engineLabel);
  return undefined;
}

function nameAfter(descriptor: string, prefix: string): string | undefined {
  if (descriptor.length <= prefix.length) return undefined;
  const start = descriptor.slice(0, prefix.length).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return start === prefix ? descriptor.slice(prefix.length) : undefined;
}

/** A label may be called `constructor`: only what was set counts. */
function own(labels: Readonly<Record<string, string>> | undefined, name: string): string {
  return labels !== undefined && Object.hasOwn(labels, name) ? labels[name]! : '';
}
