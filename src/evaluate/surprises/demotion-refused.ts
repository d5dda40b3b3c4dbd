import { time } from '../words.ts';
import type { ManagersSurprise } from './surprise.ts';

export const demotionRefused: ManagersSurprise = {
  code: 'demotion-refused',
  rule: 'Whether a manager can be spared depends on which others the leader is in touch with at that moment, not on how many there are: right after a restart a demotion is refused that is carried out a second later.',
  recognise(story) {
    const refused = story
      .of('api.refused')
      .find(({ message }) => message.includes('this would result in a loss of quorum'));
    if (!refused) return undefined;
    const removed = story
      .of('raft.membership-changed')
      .find(({ change, node, seq }) => change === 'removed' && node === refused.target && seq > refused.seq);
    const later = removed ? `, and done ${time(removed.at - refused.at)} later` : '';
    return {
      at: refused.at,
      text: `the demotion of ${refused.target} was refused, because the leader was in touch with too few of the others${later}`,
    };
  },
};
