import type { Story } from './story.ts';
import type { ManagersSurprise, Recognised } from './surprise.ts';

export const deposedLeader: ManagersSurprise = {
  code: 'deposed-leader',
  rule: 'A manager that is cut off stands for election again and again; when it returns, its higher term ends the term of a leader that was perfectly well.',
  recognise: deposed,
};

/** A leader that steps down for a higher term although it had its quorum. */
function deposed({ records }: Story): Recognised | undefined {
  for (const record of records) {
    if (record.kind !== 'raft.stepped-down') continue;
    const term = records
      .filter(
        (earlier) =>
          earlier.kind === 'raft.term-started' &&
          earlier.seq < record.seq &&
          earlier.node !== record.node &&
          earlier.term >= record.term,
      )
      .at(-1);
    if (term?.kind !== 'raft.term-started') continue;
    return {
      at: record.at,
      text: `${term.node}, which had been cut off, came back with term ${term.term} and deposed the healthy leader ${record.node}`,
    };
  }
  return undefined;
}
