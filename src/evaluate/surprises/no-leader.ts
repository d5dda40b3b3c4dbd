import { type Instant, type Micros, seconds } from '../../base/index.ts';
import type { SwarmRecord } from '../../swarm/index.ts';
import { time } from '../words.ts';
import type { ManagersSurprise } from './surprise.ts';

/** An election takes ten to twenty seconds; one that had to be repeated is over by then, too. */
const LONG: Micros = seconds(60);

export const noLeader: ManagersSurprise = {
  code: 'no-leader',
  rule: 'Without a majority of the managers there is no leader, and without a leader nothing changes: what runs runs on, and what dies stays dead.',
  recognise({ records, end }) {
    let leader: string | undefined;
    let loss: Loss | undefined;
    for (const record of records) {
      if (record.kind === 'raft.leader-elected') leader = record.node;
      if (loss && isThereAgain(record, loss)) {
        if (record.at - loss.at >= LONG)
          return {
            at: loss.at,
            text: `the managers had no leader for ${time(record.at - loss.at)}: nothing was placed, replaced or updated meanwhile`,
          };
        loss = undefined;
      } else if (!loss && leader !== undefined && isLoss(record, leader))
        loss = { leader, at: record.at, isFrozen: isFault(record, 'freeze', leader) };
    }
    if (!loss || end - loss.at < LONG) return undefined;
    return { at: loss.at, text: 'the managers have had no leader since: nothing is placed, replaced or updated' };
  },
};

interface Loss {
  readonly leader: string;
  readonly at: Instant;
  /** It stands still, and leads where it stopped if it goes on in time. */
  readonly isFrozen: boolean;
}

function isLoss(record: SwarmRecord, leader: string): boolean {
  if (record.kind === 'raft.stepped-down' || record.kind === 'manager.stopped') return record.node === leader;
  return isFault(record, 'crash', leader) || isFault(record, 'freeze', leader);
}

function isThereAgain(record: SwarmRecord, { leader, isFrozen }: Loss): boolean {
  return record.kind === 'raft.leader-elected' || (isFrozen && isFault(record, 'thaw', leader));
}

function isFault(record: SwarmRecord, fault: string, target: string): boolean {
  return record.kind === 'fault.injected' && record.fault === fault && record.target === target;
}
