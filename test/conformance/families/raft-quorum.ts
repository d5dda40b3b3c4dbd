/** The arithmetic of majorities: sizes, votes, and the index that a quorum has reached. */
import { committedIndex, quorumSize, toleratedFailures, voteResult } from '../../../src/raft/index.ts';
import { type Family, failed, firstDifference, isRecord, passed, type VectorCase } from '../family.ts';

interface Content {
  readonly sizes: readonly { readonly managers: number; readonly quorum: number; readonly tolerated: number }[];
  readonly votes: readonly {
    readonly voters: readonly number[];
    readonly votes: Readonly<Record<string, boolean>>;
    readonly result: string;
  }[];
  readonly commits: readonly {
    readonly voters: readonly number[];
    readonly acked: Readonly<Record<string, number>>;
    readonly committed: number | 'unlimited';
  }[];
}

export const raftQuorums: Family = {
  name: 'raft quorums',
  recognises: (content) => isRecord(content) && content.format === 'raft-quorum-1',
  cases(content) {
    const { sizes, votes, commits } = content as Content;
    return [
      ...sizes.map(({ managers, quorum, tolerated }) =>
        caseOf(`size ${managers}`, { quorum, tolerated }, () => ({
          quorum: quorumSize(managers),
          tolerated: toleratedFailures(managers),
        })),
      ),
      ...votes.map(({ voters, votes, result }, position) =>
        caseOf(`vote ${position}`, result, () =>
          voteResult(
            voters,
            Object.entries(votes).map(([id, granted]) => ({ member: Number(id), granted })),
          ),
        ),
      ),
      ...commits.map(({ voters, acked, committed }, position) =>
        caseOf(`commit ${position}`, committed === 'unlimited' ? Number.POSITIVE_INFINITY : committed, () =>
          committedIndex(voters.map((id) => acked[id] ?? 0)),
        ),
      ),
    ];
  },
};

function caseOf(id: string, expected: unknown, compute: () => unknown): VectorCase {
  return {
    id,
    run() {
      const difference = firstDifference(expected, compute(), id);
      return difference ? failed(difference) : passed;
    },
  };
}
