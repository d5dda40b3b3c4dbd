import { defineFault } from '../define-fault.ts';
import { toThoseNodes } from '../node-trouble.ts';
import { DURING_UPDATE, defaulted } from '../parameter.ts';
import { drawSome, nameOf, upNodes } from '../select.ts';

export const managerCrash = defineFault({
  kind: 'manager-crash',
  says: 'managers lose their power, drawn with the seed: the leader may be among them',
  parameters: { count: defaulted('count', 1, 'how many') },
  strikes: DURING_UPDATE,
  lasts: { says: 'then they are switched on again. Default: they stay off' },
  describe: ({ count }) => (count === 1 ? 'a manager crashes' : `${count} managers crash`),
  strike({ count }, strike) {
    const managers = upNodes(strike).filter(({ role }) => role === 'manager');
    if (managers.length < count) return { targets: [] };
    const drawn = drawSome(managers, count, strike, 'manager');
    for (const { id } of drawn) strike.port.crash(id);
    return { targets: drawn.map(nameOf) };
  },
  end: toThoseNodes((port, id) => port.boot(id)),
});
