/** Runs of a scenario on a whole swarm that are cut in two, and how they compare. */
import { expect } from 'vitest';
import { CommitWatch } from '../../src/fast-check/laws/swarm/commits.ts';
import type { SinkOptions, Swarm } from '../../src/index.ts';
import { firstDifference } from '../../src/sim/index.ts';
import type { VectorStep } from './orchestration/input.ts';
import type { Scenario } from './scenario-arbitraries.ts';
import { play, runTo, swarmOf } from './swarm-laws-player.ts';
import { type UpdateKind, UpdateWatch } from './update-kinds.ts';

/** Where a run is interrupted: so many events after one of its steps, at most up to the next. */
export interface Cut {
  /** Of so many steps and one more. */
  readonly step: number;
  readonly events: number;
}

export function playAll(drawn: Scenario, trace?: SinkOptions): Swarm {
  const swarm = swarmOf(drawn, trace && { trace });
  play(swarm, drawn.steps);
  runTo(swarm, drawn.untilMs);
  return swarm;
}

/** Plays up to the cut. The other half is what is returned with the swarm. */
export function playUntil(
  drawn: Scenario,
  { step, events }: Cut,
  trace?: SinkOptions,
): { readonly swarm: Swarm; readonly rest: readonly VectorStep[] } {
  const taken = (step % drawn.steps.length) + 1;
  const rest = drawn.steps.slice(taken);
  const swarm = swarmOf(drawn, trace && { trace });
  play(swarm, drawn.steps.slice(0, taken));
  handleEvents(swarm, events, rest[0]?.at ?? drawn.untilMs);
  return { swarm, rest };
}

/** Every cut of a run at which it is in the middle of such an update. */
export function cutsInTheMiddleOf(kind: UpdateKind, drawn: Scenario): readonly Cut[] {
  const commits = new CommitWatch();
  const updates = new UpdateWatch();
  const cuts: Cut[] = [];
  let isMet = false;
  let taken = 0;
  const watched = (swarm: Swarm, untilMs: number) => {
    let events = 0;
    runTo(swarm, untilMs, () => {
      const commit = commits.look(swarm);
      if (commit) isMet = updates.kindsAfter(commit).has(kind);
      if (isMet) cuts.push({ step: taken - 1, events });
      events += 1;
      return false;
    });
    taken += 1;
  };
  const swarm = swarmOf(drawn, { trace: { kind: 'off' } });
  play(swarm, drawn.steps, watched);
  watched(swarm, drawn.untilMs);
  return cuts;
}

function handleEvents(swarm: Swarm, events: number, untilMs: number): void {
  let handled = 0;
  runTo(swarm, untilMs, () => {
    handled += 1;
    return handled > events;
  });
}

/** Goes on from a cut. */
export function finish(swarm: Swarm, drawn: Scenario, rest: readonly VectorStep[]): Outcome {
  play(swarm, rest);
  runTo(swarm, drawn.untilMs);
  return outcomeOf(swarm);
}

type Outcome = ReturnType<typeof outcomeOf>;

export function outcomeOf(swarm: Swarm) {
  const { view } = swarm;
  return {
    now: swarm.now,
    records: swarm.trace.records,
    index: view.index,
    objects: [view.services.all(), view.tasks.all(), view.nodes.all(), view.clusters.all()],
    underWay: swarm.underWay(),
  };
}

/** The first record that differs says more than two long lists. */
export function expectSame({ records, ...rest }: Outcome, { records: expected, ...expectedRest }: Outcome): void {
  expect(firstDifference(records, expected)).toBeUndefined();
  expect(rest).toEqual(expectedRest);
}
