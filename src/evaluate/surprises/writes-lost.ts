import { count } from '../words.ts';
import type { ManagersSurprise } from './surprise.ts';

export const writesLost: ManagersSurprise = {
  code: 'writes-lost',
  rule: 'A new cluster by force has what its one manager knew to be committed; what the others had committed without it is lost, although it was acknowledged.',
  recognise({ records }) {
    const forced = records.find((record) => record.kind === 'manager.forced' && record.lost > 0);
    if (forced?.kind !== 'manager.forced') return undefined;
    return {
      at: forced.at,
      text: `the new cluster of ${forced.node} lacks the end of the log, ${count(forced.lost, 'write')} long, that the managers before it had committed`,
    };
  },
};
