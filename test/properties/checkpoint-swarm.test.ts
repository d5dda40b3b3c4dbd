import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { millis } from '../../src/base/index.ts';
import { restoreSwarm, type SinkOptions, type Swarm, type SwarmCheckpoint } from '../../src/index.ts';
import { firstDifference } from '../../src/sim/index.ts';
import type { VectorStep } from '../support/orchestration/input.ts';
import { runs } from '../support/runs.ts';
import { type Scenario, scenarios } from '../support/scenario-arbitraries.ts';
import { play, runTo, swarmOf } from '../support/swarm-laws-player.ts';

/** After the last step: long enough for what it set off, and for the first failures. */
const TAIL_MS = 30_000;

const scenario = scenarios({ maxCommands: 7, settleMs: TAIL_MS, withLeaders: false });

/** Where a run is interrupted: so many events after one of its steps, hence mostly in the middle of an instant. */
const cut = fc.record({ step: fc.nat(), events: fc.oneof(fc.nat(60), fc.nat(1_500)) });

interface Halves {
  readonly before: readonly VectorStep[];
  readonly after: readonly VectorStep[];
}

describe('a checkpoint in the middle of whatever is under way', () => {
  it('changes nothing, and running on after a restore equals running on without', () => {
    fc.assert(
      fc.property(scenario, cut, (drawn, at) => {
        const straight = outcomeOf(playAll(drawn));

        const { swarm, rest } = playUntil(drawn, at);
        const checkpoint = swarm.checkpoint();

        expectSame(finish(swarm, drawn, rest), straight);
        expectSame(finish(restoreSwarm(checkpoint), drawn, rest), straight);
        expectSame(finish(restoreSwarm(checkpoint), drawn, rest), straight);
      }),
      { numRuns: runs(100) },
    );
  });

  it('is plain data: a deep copy of it goes on in the same way', () => {
    fc.assert(
      fc.property(scenario, cut, (drawn, at) => {
        const { swarm, rest } = playUntil(drawn, at);
        const copy: SwarmCheckpoint = structuredClone(swarm.checkpoint());

        expectSame(finish(restoreSwarm(copy), drawn, rest), finish(swarm, drawn, rest));
      }),
      { numRuns: runs(40) },
    );
  });

  it('gives the same hash of everything that happens', () => {
    fc.assert(
      fc.property(scenario, cut, (drawn, at) => {
        const sink: SinkOptions = { kind: 'hash' };
        const straight = playAll(drawn, sink).trace.hash;

        const { swarm, rest } = playUntil(drawn, at, sink);
        const restored = restoreSwarm(swarm.checkpoint());
        finish(restored, drawn, rest);

        expect(straight).toMatch(/^[0-9a-f]{16}$/);
        expect(restored.trace.hash).toBe(straight);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('a fork', () => {
  it('leaves no trace in its parent or in other forks, whatever is done to it', () => {
    fc.assert(
      fc.property(scenario, cut, scenario, (drawn, at, other) => {
        const { swarm, rest } = playUntil(drawn, at);
        const straight = outcomeOf(playAll(drawn));

        const first = swarm.fork();
        const second = swarm.fork();
        const offset = swarm.now / millis(1);
        play(
          first,
          other.steps.map((step) => ({ ...step, at: step.at + offset })),
        );
        runTo(first, first.now / millis(1) + TAIL_MS);
        const third = second.fork();

        expectSame(finish(second, drawn, rest), straight);
        expectSame(finish(swarm, drawn, rest), straight);
        expectSame(finish(third, drawn, rest), straight);
      }),
      { numRuns: runs(60) },
    );
  });
});

function playAll(drawn: Scenario, trace?: SinkOptions): Swarm {
  const swarm = swarmOf(drawn, trace && { trace });
  play(swarm, drawn.steps);
  runTo(swarm, drawn.untilMs);
  return swarm;
}

/** Plays up to a step and then handles some more events, at most up to the next. */
function playUntil(
  drawn: Scenario,
  { step, events }: { readonly step: number; readonly events: number },
  trace?: SinkOptions,
): { readonly swarm: Swarm; readonly rest: readonly VectorStep[] } {
  const { before, after } = split(drawn.steps, step);
  const swarm = swarmOf(drawn, trace && { trace });
  play(swarm, before);
  handleEvents(swarm, events, after[0]?.at ?? drawn.untilMs);
  return { swarm, rest: after };
}

function split(steps: readonly VectorStep[], step: number): Halves {
  const position = (step % steps.length) + 1;
  return { before: steps.slice(0, position), after: steps.slice(position) };
}

function handleEvents(swarm: Swarm, events: number, untilMs: number): void {
  const left = millis(untilMs) - swarm.now;
  if (left <= 0) return;
  let handled = 0;
  swarm.run({
    for: `${left}us`,
    unless: () => {
      handled += 1;
      return handled > events;
    },
  });
}

function finish(swarm: Swarm, drawn: Scenario, rest: readonly VectorStep[]): Outcome {
  play(swarm, rest);
  runTo(swarm, drawn.untilMs);
  return outcomeOf(swarm);
}

type Outcome = ReturnType<typeof outcomeOf>;

function outcomeOf(swarm: Swarm) {
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
function expectSame({ records, ...rest }: Outcome, { records: expected, ...expectedRest }: Outcome): void {
  expect(firstDifference(records, expected)).toBeUndefined();
  expect(rest).toEqual(expectedRest);
}
