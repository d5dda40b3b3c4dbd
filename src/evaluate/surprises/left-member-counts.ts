import type { ManagersSurprise } from './surprise.ts';

export const leftMemberCounts: ManagersSurprise = {
  code: 'left-member-counts',
  rule: 'A manager that leaves by force is not taken out of the raft group: it counts for the majority, as one that is lost, until somebody demotes it.',
  recognise({ records }) {
    for (const left of records) {
      if (left.kind !== 'manager.stopped' || left.why !== 'left') continue;
      const isOut = records.some(
        (record) =>
          record.seq > left.seq &&
          record.kind === 'raft.membership-changed' &&
          record.change === 'removed' &&
          record.node === left.node,
      );
      const hasOthers = records.some(
        (record) =>
          (record.kind === 'raft.leader-elected' || record.kind === 'raft.term-started') && record.node !== left.node,
      );
      if (isOut || !hasOthers) continue;
      return {
        at: left.at,
        text: `${left.node} has left the swarm and still counts as a manager, of which a majority is needed, until it is demoted`,
      };
    }
    return undefined;
  },
};
