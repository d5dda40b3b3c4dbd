import { defineFault } from '../define-fault.ts';
import { liftTrouble, strikeThese } from '../image-trouble.ts';
import { NODE, nodeText } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';
import { nameOf, selectNode } from '../select.ts';

const ERROR = 'failed to register layer: write /var/lib/docker: no space left on device';

export const diskFull = defineFault({
  kind: 'disk-full',
  says: 'the disk of a node is full: it can neither pull an image nor create a container, and rejects what it is given',
  parameters: { node: NODE },
  strikes: DURING_UPDATE,
  lasts: { says: 'then there is room again. Default: there is none' },
  describe: ({ node }) => `the disk of ${nodeText(node)} is full`,
  strike({ node: wanted }, strike) {
    const node = selectNode(wanted, strike);
    if (!node) return { targets: [] };
    const where = { nodes: [nameOf(node)], error: ERROR };
    const { targets } = strikeThese(strike.port.images(), { pullFails: where, createFails: where }, strike);
    return { targets: targets.length === 0 ? [] : where.nodes };
  },
  end: liftTrouble,
});
