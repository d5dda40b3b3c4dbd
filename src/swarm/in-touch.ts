/** Who is in touch with whom: what a swarm that is to come to rest can still expect. */
import type { SwarmCore } from './core.ts';
import type { Surroundings } from './settled.ts';

export function surroundingsOf(core: SwarmCore): Surroundings {
  const { leader, hosts, machines, cabling } = core;
  const areInTouch = (one: string, other: string) =>
    core.isAwake(one) && core.isAwake(other) && cabling.areConnected(one, other);
  return {
    hasLeader: leader !== undefined && core.isAwake(leader.name),
    canElect: hosts.canElect(areInTouch),
    isReachable: (node) => {
      const machine = machines.as(node);
      const isLocked = machine !== undefined && hosts.get(machine.name)?.isLocked === true;
      return machine !== undefined && !isLocked && leader !== undefined && areInTouch(machine.name, leader.name);
    },
  };
}
