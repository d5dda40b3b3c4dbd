import { DryswarmError } from '../../base/index.ts';
import { defineFault } from '../define-fault.ts';
import { idsOf } from '../node-trouble.ts';
import { DURING_UPDATE, required } from '../parameter.ts';

export const partition = defineFault({
  kind: 'partition',
  says: 'the network falls apart: nodes of different groups do not reach each other any more',
  parameters: {
    groups: required(
      'groups',
      'lists of nodes; a single list is cut off from all others, nodes in none keep their links',
    ),
  },
  strikes: DURING_UPDATE,
  lasts: { says: 'then it is whole again. Default: it stays apart' },
  describe: ({ groups }) => `the network falls apart: ${groups.map((names) => names.join(', ')).join(' | ')}`,
  check({ groups }) {
    const names = groups.flat();
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice !== undefined) throw new DryswarmError('invalid-fault', `node ${twice} is in two groups`);
    if (groups.length === 0 || groups.some((group) => group.length === 0)) {
      throw new DryswarmError('invalid-fault', 'a group has no nodes', 'write [[m1], [m2, m3]]');
    }
  },
  strike({ groups }, strike) {
    const ids = groups.map((names) => idsOf(names, strike));
    if (ids.some((group, index) => group.length < groups[index]!.length)) return { targets: [] };
    strike.port.partition(strike.name, ids);
    return { targets: groups.flat() };
  },
  end: (_, __, { port, name }) => port.heal(name),
});
