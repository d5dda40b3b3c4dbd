/** Writes the object of a node that joins (swarmkit ca/server.go, IssueNodeCertificate). */
import type { Node } from '../api/index.ts';
import type { Reactor } from '../manager/index.ts';
import type { NewEntity, Transaction } from '../store/index.ts';
import type { Machine } from './machine.ts';

export const JOIN = 'join';

/** Started with the node's object; `joined` is told when it is written. */
export function joinReactor(joined: (node: NewEntity<Node>) => void): Reactor<NewEntity<Node>> {
  return {
    name: JOIN,
    rank: 0,
    start(ctx, args) {
      ctx.write({ do: 'create' });
      ctx.next({ do: 'end' });
      return args as NewEntity<Node>;
    },
    receive() {},
    steps: {
      end(ctx, node: NewEntity<Node>) {
        joined(node);
        ctx.end();
      },
    },
    writes: {
      create: (_ctx, node: NewEntity<Node>, tx: Transaction) => {
        if (!tx.nodes.get(node.id)) tx.nodes.create(node);
      },
    },
  };
}

/** The object of a machine, as it is written first. */
export function nodeObject(id: string, machine: Machine): NewEntity<Node> {
  const { role = 'worker', availability = 'active', labels = {} } = machine.definition;
  return {
    id,
    spec: { labels, role, availability },
    description: machine.describe(),
    status: { state: 'unknown', message: '', addr: '' },
    role,
  };
}
