import { defineFault } from '../define-fault.ts';
import { isAwake, itsNode, NODE, nodeText, toOneNode, toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';

export const nodeFreeze = defineFault({
  kind: 'node-freeze',
  says: 'a machine stands still and loses nothing, as one does whose hypervisor has paused it; it goes on without knowing',
  parameters: { node: NODE },
  strikes: DURING_UPDATE,
  lasts: { default: '30s', says: 'how long' },
  describe: ({ node }) => `${nodeText(node)} freezes`,
  strike: toOneNode((port, id) => port.freeze(id), itsNode, isAwake),
  end: toThoseNodes((port, id) => port.thaw(id)),
});
