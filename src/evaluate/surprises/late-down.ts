import { seconds } from '../../base/index.ts';
import { time } from '../words.ts';
import type { ManagersSurprise } from './surprise.ts';

export const lateDown: ManagersSurprise = {
  code: 'late-down',
  rule: 'A new leader gives every node six heartbeat periods to report, and not three: what has died with the old leader, or shortly before, counts as down only half a minute after the election.',
  recognise(story) {
    const down = story.of('node.changed').find(({ message }) => message === NOT_HEARD_OF);
    if (!down) return undefined;
    const elected = story
      .of('raft.leader-elected')
      .filter(({ at }) => at <= down.at - LEAST)
      .at(-1);
    if (!elected) return undefined;
    return {
      at: down.at,
      text: `${down.name} was gone when ${elected.node} became the leader, and was called down only ${time(down.at - elected.at)} later`,
    };
  },
};

/** (swarmkit manager/dispatcher/dispatcher.go, markNodesUnknown) */
const NOT_HEARD_OF = 'heartbeat failure for node in "unknown" state';

/** Six periods are this long at least. An election in between starts them anew. */
const LEAST = seconds(27);
