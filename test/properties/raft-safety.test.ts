import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Operation, type OperationKind, runSchedule } from '../support/raft/operations.ts';
import { World, type WorldOptions } from '../support/raft/world.ts';

const RUNS = Number(process.env.RAFT_RUNS ?? 1000);
/** Generous: the runs are many, not slow, and nothing here depends on the clock. */
const LIMIT_MS = 600_000;

/** How often each thing happens, in relation to the others. */
const WEIGHTS: Record<OperationKind, number> = {
  deliver: 40,
  drop: 4,
  duplicate: 3,
  delay: 6,
  deliverLate: 6,
  tick: 10,
  pass: 6,
  work: 20,
  propose: 16,
  add: 4,
  remove: 5,
  campaign: 3,
  transfer: 2,
  unreachable: 1,
  snapshot: 4,
  crash: 3,
  restart: 4,
  partition: 2,
  isolate: 3,
  heal: 3,
  checkpoint: 3,
};

const kinds = fc.oneof(
  ...Object.entries(WEIGHTS).map(([kind, weight]) => ({ arbitrary: fc.constant(kind as OperationKind), weight })),
);
const operations: fc.Arbitrary<Operation[]> = fc.array(fc.tuple(kinds, fc.nat(255), fc.nat(255)), {
  minLength: 20,
  maxLength: 160,
  size: 'max',
});

const options: fc.Arbitrary<WorldOptions> = fc.record({
  peers: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
  lazy: fc.boolean(),
  electionTicks: fc.integer({ min: 3, max: 10 }),
  checkQuorum: fc.boolean(),
  preVote: fc.boolean(),
  maxMessageBytes: fc.constantFrom(0, 30, 65_535),
  maxApplyingBytes: fc.constantFrom(40, Number.POSITIVE_INFINITY),
  maxInflightMessages: fc.constantFrom(1, 3, 256),
  stepDownOnRemoval: fc.boolean(),
});

describe('raft, over random schedules of delays, losses, duplicates, cuts, crashes and changes of membership', () => {
  test(
    'keeps its promises at every step, and comes back to one leader and equal logs',
    () => {
      fc.assert(
        fc.property(options, operations, (chosen, schedule) => {
          const world = new World(chosen);
          runSchedule(world, schedule);
          world.recover();
        }),
        { numRuns: RUNS },
      );
    },
    LIMIT_MS,
  );

  test(
    'gives the same messages and the same state for the same seed and schedule',
    () => {
      fc.assert(
        fc.property(options, operations, (chosen, schedule) => {
          const [one, other] = [new World(chosen), new World(chosen)];
          runSchedule(one, schedule);
          runSchedule(other, schedule);
          expect(other.sent).toEqual(one.sent);
          expect(other.state()).toEqual(one.state());
        }),
        { numRuns: Math.ceil(RUNS / 10) },
      );
    },
    LIMIT_MS,
  );

  test(
    'runs on after a checkpoint as if there had been none, and does not touch the checkpoint',
    () => {
      fc.assert(
        fc.property(options, operations, (chosen, schedule) => {
          const [straight, restored] = [new World(chosen), new World(chosen, true)];
          runSchedule(straight, schedule);
          runSchedule(restored, schedule);
          expect(restored.sent).toEqual(straight.sent);
          expect(restored.state()).toEqual(straight.state());
          const { made, now } = restored.checkpoints();
          expect(now).toEqual(made);
        }),
        { numRuns: Math.ceil(RUNS / 4) },
      );
    },
    LIMIT_MS,
  );
});
