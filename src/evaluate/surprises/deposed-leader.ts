import type { ManagersSurprise } from './surprise.ts';

export const deposedLeader: ManagersSurprise = {
  code: 'deposed-leader',
  rule: 'A manager that is cut off stands for election again and again; when it returns, its higher term ends the term of a leader that was perfectly well.',
  recognise(story) {
    for (const record of story.of('raft.stepped-down')) {
      // Who wins the term succeeds a leader that has stood still, or has handed over.
      if (story.of('raft.leader-elected').some(({ term }) => term === record.term)) continue;
      const started = story
        .of('raft.term-started')
        .find(({ seq, node, term }) => seq < record.seq && node !== record.node && term === record.term);
      if (!started) continue;
      return {
        at: record.at,
        text: `${started.node}, which had been cut off, came back with term ${started.term} and deposed the healthy leader ${record.node}`,
      };
    }
    return undefined;
  },
};
