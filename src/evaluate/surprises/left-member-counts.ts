import type { ManagersSurprise } from './surprise.ts';

export const leftMemberCounts: ManagersSurprise = {
  code: 'left-member-counts',
  rule: 'A manager that leaves by force is not taken out of the raft group: it counts for the majority, as one that is lost, until somebody demotes it.',
  recognise(story) {
    for (const left of story.of('manager.stopped')) {
      if (left.why !== 'left') continue;
      const isOut = story
        .of('raft.membership-changed')
        .some(({ seq, change, node }) => seq > left.seq && change === 'removed' && node === left.node);
      const candidates = [...story.of('raft.leader-elected'), ...story.of('raft.term-started')];
      const hasOthers = candidates.some(({ node }) => node !== left.node);
      if (isOut || !hasOthers) continue;
      return {
        at: left.at,
        text: `${left.node} has left the swarm and still counts as a manager, of which a majority is needed, until it is demoted`,
      };
    }
    return undefined;
  },
};
