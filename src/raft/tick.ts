/** The passing of time (etcd-io/raft raft.go, tickElection and tickHeartbeat). */
import { maybeCampaign } from './election.ts';
import { NONE } from './entry.ts';
import { checkQuorum } from './leader.ts';
import { isPromotable, type Machine } from './machine.ts';
import { broadcastHeartbeat } from './replication.ts';

export function tick<D, S>(machine: Machine<D, S>): void {
  machine.electionElapsed += 1;
  if (machine.role === 'leader') tickLeader(machine);
  else if (machine.electionElapsed >= machine.electionTimeout && isPromotable(machine)) {
    machine.electionElapsed = 0;
    maybeCampaign(machine);
  }
}

function tickLeader<D, S>(machine: Machine<D, S>): void {
  const { settings } = machine;
  machine.heartbeatElapsed += 1;
  if (machine.electionElapsed >= settings.electionTicks) {
    machine.electionElapsed = 0;
    if (settings.checkQuorum) checkQuorum(machine);
    if (machine.role !== 'leader') return;
    // A target that did not take over in this time will not.
    machine.transferTarget = NONE;
  }
  if (machine.heartbeatElapsed >= settings.heartbeatTicks) {
    machine.heartbeatElapsed = 0;
    broadcastHeartbeat(machine);
  }
}
