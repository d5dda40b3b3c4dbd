import { defineFault } from '../define-fault.ts';
import { isConnected, itsNode, NODE, nodeText, toOneNode, toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';

export const networkBlip = defineFault({
  kind: 'network-blip',
  says: 'a machine is cut off the network for moments only: shorter than the managers take to notice',
  parameters: { node: NODE },
  strikes: DURING_UPDATE,
  lasts: { default: '3s', says: 'how long' },
  describe: ({ node }) => `the network of ${nodeText(node)} blips`,
  strike: toOneNode((port, id) => port.disconnect(id), itsNode, isConnected),
  end: toThoseNodes((port, id) => port.reconnect(id)),
});
