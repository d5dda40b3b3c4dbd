/** A manager that has led and leads no more, and how it comes to lead again. */
import { createSwarm, type Swarm } from '../../src/swarm/index.ts';

/** The leader is cut off until another one leads and it knows that it leads no more; then it follows. */
function passOn(swarm: Swarm): void {
  const { leader } = swarm;
  const since = swarm.now;
  leader?.disconnect();
  swarm.runUntil(
    ({ trace }) =>
      swarm.leader?.id !== leader?.id &&
      trace.records.some(
        ({ kind, at, by }) => kind === 'raft.stepped-down' && at > since && by.startsWith(`${leader?.id}`),
      ),
  );
  leader?.reconnect();
  swarm.runUntilSettled();
}

/** m1 has led, and follows now. */
export function withFormerLeader(): Swarm {
  const swarm = createSwarm({ managers: 3, workers: 1 });
  swarm.runUntilSettled();
  passOn(swarm);
  if (swarm.leader?.id === 'm1') throw new Error('m1 leads still');
  return swarm;
}

export function leadAgain(swarm: Swarm, node: string): void {
  for (let round = 0; round < 20 && swarm.leader?.id !== node; round += 1) passOn(swarm);
  if (swarm.leader?.id !== node) throw new Error(`${node} does not lead again`);
}
