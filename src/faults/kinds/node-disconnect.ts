import { defineFault } from '../define-fault.ts';
import { isConnected, itsNode, NODE, nodeText, toOneNode, toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';

export const nodeDisconnect = defineFault({
  kind: 'node-disconnect',
  says: 'a machine is cut off the network; what runs there runs on',
  parameters: { node: NODE },
  strikes: DURING_UPDATE,
  lasts: { says: 'then it is connected again. Default: it stays cut off' },
  describe: ({ node }) => `${nodeText(node)} is cut off`,
  strike: toOneNode((port, id) => port.disconnect(id), itsNode, isConnected),
  end: toThoseNodes((port, id) => port.reconnect(id)),
});
