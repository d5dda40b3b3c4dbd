/** Runs a scenario on the control plane with scripted workers, and holds every commit against the laws. */
import { LAWS } from '../laws/all.ts';
import { OrchestrationWorld } from './orchestration/world.ts';
import type { Scenario } from './scenario-arbitraries.ts';
import { LawWatch } from './swarm-laws.ts';

/**
 * Longer than anything waits that is not stuck: a delayed start gives up on the old task after a minute, and what takes
 * longest is to stop a container.
 */
const QUIET_MS = 80_000;

/** How long a scenario has to go on after its last command to come to rest. */
export const SETTLE_MS = 200_000;

/** Says whether the scenario came to rest. @throws Error where a law is broken. */
export function obeysLaws(scenario: Scenario): boolean {
  const isInstant = scenario.commitMs === undefined;
  const watch = new LawWatch(LAWS.filter(({ needsInstantWrites }) => isInstant || !needsInstantWrites));
  const world: OrchestrationWorld = new OrchestrationWorld(scenario, {
    seed: scenario.seed,
    listener: {
      committed: (atMs, changes) => watch.committed(atMs, changes, world.store),
      refused: () => undefined,
    },
  });
  world.run();
  const isAtRest = scenario.untilMs - watch.lastCommitMs > QUIET_MS;
  if (isAtRest) watch.atRest(scenario.untilMs, world.store);
  return isAtRest;
}
