import type { EngineClient } from '../client.ts';
import type { Node, NodeSpec } from '../engine/node-types.ts';
import { inspectNode, updateNode } from '../engine/objects.ts';

/**
 * Changes the spec of each node in turn, stopping at the first failure. `change` returns undefined where the node is
 * already as it should be.
 */
export function changeNodes(
  client: EngineClient,
  references: readonly string[],
  steps: { change(node: Node): NodeSpec | undefined; done(reference: string): void },
): void {
  for (const reference of references) {
    const node = inspectNode(client, reference);
    const spec = steps.change(node);
    if (!spec) continue;
    updateNode(client, { id: node.ID, version: node.Version.Index, spec });
    steps.done(reference);
  }
}
