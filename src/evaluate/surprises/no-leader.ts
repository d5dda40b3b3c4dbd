import { type Micros, seconds } from '../../base/index.ts';
import type { ManagersSurprise } from './surprise.ts';

/** An election takes ten to twenty seconds; one that had to be repeated is over by then, too. */
const LONG: Micros = seconds(60);

export const noLeader: ManagersSurprise = {
  code: 'no-leader',
  rule: 'Without a majority of the managers there is no leader, and without a leader nothing changes: what runs runs on, and what dies stays dead.',
  recognise({ records, end }) {
    let leader: string | undefined;
    let lostAt = 0;
    for (const record of records) {
      if (record.kind === 'raft.leader-elected') leader = record.node;
      else if (leader !== undefined && isLoss(record, leader)) {
        leader = undefined;
        lostAt = record.at;
      }
    }
    if (leader !== undefined || lostAt === 0 || end - lostAt < LONG) return undefined;
    return { at: lostAt, text: 'the managers have had no leader since: nothing is placed, replaced or updated' };
  },
};

function isLoss(record: Parameters<ManagersSurprise['recognise']>[0]['records'][number], leader: string): boolean {
  if (record.kind === 'raft.stepped-down') return record.node === leader;
  return record.kind === 'fault.injected' && record.fault === 'crash' && record.target === leader;
}
