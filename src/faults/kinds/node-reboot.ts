import { defineFault } from '../define-fault.ts';
import { itsNode, NODE, nodeText, toOneNode, toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';

export const nodeReboot = defineFault({
  kind: 'node-reboot',
  says: 'a machine is restarted without being drained: its containers die, and some time later it is back',
  parameters: { node: NODE },
  strikes: DURING_UPDATE,
  lasts: { default: '30s', says: 'how long the machine takes to come back' },
  describe: ({ node }) => `${nodeText(node)} reboots`,
  strike: toOneNode((port, id) => port.crash(id), itsNode),
  end: toThoseNodes((port, id) => port.boot(id)),
});
