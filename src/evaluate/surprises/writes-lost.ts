import { count } from '../words.ts';
import type { ManagersSurprise } from './surprise.ts';

export const writesLost: ManagersSurprise = {
  code: 'writes-lost',
  rule: 'A new cluster by force has what its one manager knew to be committed; what the others had committed without it is lost, although it was acknowledged.',
  recognise(story) {
    const forced = story.of('manager.forced').find(({ lost }) => lost > 0);
    if (!forced) return undefined;
    return {
      at: forced.at,
      text: `the new cluster of ${forced.node} lacks the end of the log, ${count(forced.lost, 'write')} long, that the managers before it had committed`,
    };
  },
};
