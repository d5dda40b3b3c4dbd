import { defineFault } from '../define-fault.ts';
import { toOneNode, toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE } from '../parameter.ts';

export const leaderCrash = defineFault({
  kind: 'leader-crash',
  says: 'the leading manager loses its power; its successor knows no more than what is stored',
  parameters: {},
  strikes: DURING_UPDATE,
  lasts: { says: 'then it is switched on again. Default: it stays off' },
  describe: () => 'the leader crashes',
  strike: toOneNode(
    (port, id) => port.crash(id),
    () => 'leader',
  ),
  end: toThoseNodes((port, id) => port.boot(id)),
});
