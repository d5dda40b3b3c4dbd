/** Who decides, and whether anybody can. */
import type { Swarm } from '../../swarm/index.ts';
import { swarmIn } from '../subject.ts';
import type { Verdict } from '../verdict.ts';

/** A manager leads; with a name: this one. */
export function toHaveLeader(received: unknown, name?: string): Verdict {
  const swarm = swarmIn(received, 'toHaveLeader');
  const leader = swarm.leader?.name;
  return {
    pass: leader !== undefined && (name === undefined || leader === name),
    swarm,
    subject: 'the swarm',
    expected: name === undefined ? 'to have a leader' : `to have ${name} as its leader`,
    found: leader === undefined ? `nobody leads (${describe(swarm)})` : `${leader} leads`,
  };
}

/** So many managers are up and can reach each other that they can elect a leader and accept writes. */
export function toHaveQuorum(received: unknown): Verdict {
  const swarm = swarmIn(received, 'toHaveQuorum');
  const members = swarm.managers().length;
  const majority = Math.floor(members / 2) + 1;
  const together = Math.max(0, ...upManagers(swarm).map((name) => inReach(swarm, name)));
  return {
    pass: together >= majority,
    swarm,
    subject: 'the swarm',
    expected: `to have a quorum (${majority} of ${members} ${members === 1 ? 'manager' : 'managers'})`,
    found: `${together} ${together === 1 ? 'is' : 'are'} up and can reach each other (${describe(swarm)})`,
  };
}

function upManagers(swarm: Swarm): string[] {
  return swarm
    .managers()
    .filter((node) => node.isUp && !node.isFrozen)
    .map(({ name }) => name);
}

/** How many managers one of them can talk with, itself included. */
function inReach(swarm: Swarm, name: string): number {
  const { network } = swarm;
  return upManagers(swarm).filter(
    (other) => other === name || (network.isConnected(name, other) && network.isConnected(other, name)),
  ).length;
}

function describe(swarm: Swarm): string {
  const up = upManagers(swarm);
  return swarm
    .managers()
    .map(({ name }) => `${name} ${up.includes(name) ? 'up' : 'down'}`)
    .join(', ');
}
