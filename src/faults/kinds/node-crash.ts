import { defineFault } from '../define-fault.ts';
import { itsNode, NODE, nodeText, toOneNode, toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';

export const nodeCrash = defineFault({
  kind: 'node-crash',
  says: 'a machine loses its power: its containers die, and nobody says goodbye; the managers notice by its silence',
  parameters: { node: NODE },
  strikes: DURING_UPDATE,
  lasts: { says: 'then it is switched on again. Default: it stays off' },
  describe: ({ node }) => `${nodeText(node)} crashes`,
  strike: toOneNode((port, id) => port.crash(id), itsNode),
  end: toThoseNodes((port, id) => port.boot(id)),
});
