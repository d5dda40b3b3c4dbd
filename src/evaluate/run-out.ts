/** Runs a deployment to its end, with all that goes wrong meanwhile. */
import { durationOf } from '../api/index.ts';
import { type DurationInput, microsOf, nanosOf } from '../base/index.ts';
import type { FaultPort, FaultSchedule, RolloutView } from '../faults/index.ts';
import type { Swarm } from '../swarm/index.ts';
import { settle } from './settle.ts';

export interface RunOutOptions {
  readonly swarm: Swarm;
  readonly faults: FaultSchedule;
  readonly port: FaultPort;
  readonly rollout: RolloutView;
  readonly patience: DurationInput;
}

/**
 * Until nothing is under way, and no fault is to begin or to end at a known time; faults that still wait for a phase
 * then have missed it.
 * @returns what had not ended when patience did, in words.
 */
export function runOut({ swarm, faults, port, rollout, patience }: RunOutOptions): readonly string[] {
  const deadline = swarm.now + microsOf(durationOf(patience));
  const unless = faults.isWaiting ? phaseWatch(swarm, faults, rollout) : undefined;
  const interruption = unless && { unless };
  for (;;) {
    const { next } = faults;
    if (next !== undefined && next <= deadline) {
      swarm.run({ for: nanosOf(Math.max(0, next - swarm.now)), ...interruption });
    } else {
      const underWay = settle(swarm, nanosOf(deadline - swarm.now), interruption);
      if (underWay.length > 0 || !faults.isDue(rollout)) return underWay;
    }
    // What happens meets a cluster that has done all that the instant asks of it.
    swarm.run({ for: 0 });
    faults.strike(swarm.now, rollout, port);
  }
}

/** Phases follow from what is stored: they are looked for when that has changed. */
function phaseWatch(swarm: Swarm, faults: FaultSchedule, rollout: RolloutView): () => boolean {
  let seen = -1;
  return () => {
    const { index } = swarm.view;
    if (index === seen) return false;
    seen = index;
    return faults.isDue(rollout);
  };
}
