/** What the kinds that strike nodes have in common. */
import type { Strike, Struck } from './define-fault.ts';
import { defaulted } from './parameter.ts';
import type { FaultPort } from './port.ts';
import { nameOf, type Strikable, selectNode } from './select.ts';

type Act = (port: FaultPort, id: string) => void;

export const NODE = defaulted(
  'node',
  'any',
  'which: a name, `any worker`, `any manager` or `leader`; `any` is drawn with the seed',
);

/** A kind's `strike` that does something to one node, if it is there, up, and not so already. */
export function toOneNode<F>(
  act: Act,
  wanted: (fault: F) => string,
  canBeStruck?: Strikable,
): (fault: F, strike: Strike) => Struck {
  return (fault, strike) => {
    const node = selectNode(wanted(fault), strike, canBeStruck);
    if (!node) return { targets: [] };
    act(strike.port, node.id);
    return { targets: [nameOf(node)] };
  };
}

/** The node that a fault with the parameter {@link NODE} names. */
export const itsNode = ({ node }: { readonly node: string }): string => node;

export const isAwake: Strikable = (port, { id }) => port.isAwake(id);
export const isConnected: Strikable = (port, { id }) => port.isConnected(id);
export const isNotDrained: Strikable = (_, { spec }) => spec.availability !== 'drain';

/** A kind's `end` that does something to each node that was struck. */
export function toThoseNodes(act: Act): (fault: unknown, targets: readonly string[], strike: Strike) => void {
  return (_, targets, strike) => {
    for (const id of idsOf(targets, strike)) act(strike.port, id);
  };
}

/** Which node it is going to be, in words. */
export function nodeText(node: string): string {
  switch (node) {
    case 'any':
      return 'a node';
    case 'any worker':
      return 'a worker';
    case 'any manager':
      return 'a manager';
    case 'leader':
      return 'the leader';
    default:
      return `node ${node}`;
  }
}

/** The ids of nodes by their names. */
export function idsOf(names: readonly string[], { port }: Strike): readonly string[] {
  return port
    .nodes()
    .filter((node) => names.includes(nameOf(node)))
    .map(({ id }) => id);
}
