/** Runs a scenario on the control plane with scripted workers, and holds every commit against the laws. */
import { LAWS } from '../laws/all.ts';
import { OrchestrationWorld } from './orchestration/world.ts';
import type { Scenario } from './scenario-arbitraries.ts';
import { LawWatch } from './swarm-laws.ts';
import { type UpdateKind, UpdateWatch } from './update-kinds.ts';

/**
 * Longer than anything waits that is not stuck: a delayed start gives up on the old task after a minute, and what takes
 * longest is to stop a container.
 */
const QUIET_MS = 80_000;

/** How long a scenario has to go on after its last command to come to rest. */
export const SETTLE_MS = 200_000;

/** What has become of a scenario. */
export interface Outcome {
  readonly isAtRest: boolean;
  /** What its updates were met in the middle of. */
  readonly kinds: ReadonlySet<UpdateKind>;
}

/** @throws Error where a law is broken. */
export function obeysLaws(scenario: Scenario): Outcome {
  const isInstant = scenario.commitMs === undefined;
  const watch = new LawWatch(LAWS.filter(({ needsInstantWrites }) => isInstant || !needsInstantWrites));
  const updates = new UpdateWatch();
  const kinds = new Set<UpdateKind>();
  const world: OrchestrationWorld = new OrchestrationWorld(scenario, {
    seed: scenario.seed,
    listener: {
      committed(atMs, changes) {
        watch.committed(atMs, changes, world.store);
        for (const kind of updates.kindsAfter({ atMs, changes, view: world.store })) kinds.add(kind);
      },
      refused: () => undefined,
    },
  });
  world.run();
  const isAtRest = scenario.untilMs - watch.lastCommitMs > QUIET_MS;
  if (isAtRest) watch.atRest(scenario.untilMs, world.store);
  return { isAtRest, kinds };
}
