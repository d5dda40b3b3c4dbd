import { defineFault } from '../define-fault.ts';
import { isNotDrained, itsNode, NODE, nodeText, toOneNode, toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';

export const nodeDrain = defineFault({
  kind: 'node-drain',
  says: 'somebody drains a node: `docker node update --availability drain`',
  parameters: { node: NODE },
  strikes: DURING_UPDATE,
  lasts: { says: 'then it is made active again. Default: it stays drained' },
  describe: ({ node }) => `${nodeText(node)} is drained`,
  strike: toOneNode((port, id) => port.setAvailability(id, 'drain'), itsNode, isNotDrained),
  end: toThoseNodes((port, id) => port.setAvailability(id, 'active')),
});
