import { type Micros, seconds } from '../../base/index.ts';
import { time } from '../words.ts';
import type { ManagersSurprise } from './surprise.ts';

export const staleLeader: ManagersSurprise = {
  code: 'stale-leader',
  rule: 'A leader that is cut off needs ten to twenty seconds to step down: until then it answers questions from what it knew, while another one may lead already, and writes to it hang.',
  recognise({ records }) {
    let leader: string | undefined;
    /** Machines that do nothing, as far as it matters: who is elected does something again. */
    const still = new Set<string>();
    const replaced = new Map<string, { readonly by: string; readonly at: number }>();
    for (const record of records) {
      if (record.kind === 'raft.leader-elected') {
        if (leader !== undefined && leader !== record.node && !still.has(leader))
          replaced.set(leader, { by: record.node, at: record.at });
        leader = record.node;
        replaced.delete(leader);
        still.delete(leader);
      } else if (record.kind === 'raft.stepped-down') {
        const since = replaced.get(record.node);
        if (since && record.at - since.at > LONG)
          return {
            at: record.at,
            text: `${record.node} took itself for the leader for ${time(record.at - since.at)} after ${since.by} had become it`,
          };
      } else if (record.kind === 'fault.injected' && (record.fault === 'crash' || record.fault === 'freeze'))
        still.add(record.target);
    }
    return undefined;
  },
};

/** A leader that is in touch hears of its successor within this. */
const LONG: Micros = seconds(1);
