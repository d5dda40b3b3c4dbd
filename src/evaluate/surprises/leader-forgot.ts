import type { Surprise } from './surprise.ts';

export const leaderForgot: Surprise = {
  code: 'leader-forgot',
  rule: 'A new leader knows nothing of the failures that were counted and of what is still watched; an update that only had its monitor period left is completed at once.',
  recognise({ name, statuses, tasks }, story) {
    for (const [index, { at, state }] of statuses.entries()) {
      if (state !== 'completed' || index === 0) continue;
      const started = statuses[index - 1]!.at;
      const election = story.of('raft.leader-elected').find((elected) => elected.at > started && elected.at <= at);
      const failed = tasks.filter(({ createdAt, end }) => createdAt >= started && end?.state === 'FAILED').length;
      if (!election || failed === 0) continue;
      return {
        at,
        text: `${election.node} became the leader during the update of ${name} and forgot its watch: completed, with ${failed} failed tasks of the new version`,
      };
    }
    return undefined;
  },
};
