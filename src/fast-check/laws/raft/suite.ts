/** The laws of Raft over random schedules of delays, losses, cuts, crashes and changes of membership. */
import fc from 'fast-check';
import { DryswarmError } from '../../../base/index.ts';
import { hashOf } from '../../../sim/index.ts';
import type { LawParameters, ReadyLaw } from '../ready-law.ts';
import { type Operation, type OperationKind, runSchedule } from './operations.ts';
import { World, type WorldOptions } from './world.ts';

/** What is not left to chance about the members; the rest is drawn. */
export type RaftLawOptions = Partial<WorldOptions>;

/**
 * What Raft promises: one leader in a term, logs that agree, nothing committed is lost, and one leader again once all is
 * well. Of use to whoever runs `dryswarm/raft` with settings of their own.
 *
 * @example
 * for (const law of laws.raft({ electionTicks: 10 })) test(law.name, () => law.assert());
 */
export function raftLaws(fixed: RaftLawOptions = {}): readonly ReadyLaw[] {
  return [
    ready('its promises hold at every step, and it comes back to one leader and equal logs', fixed, keepPromises),
    ready('the same seed and schedule give the same messages and the same state', fixed, repeat),
    ready('it runs on after a checkpoint as if there had been none, and leaves the checkpoint alone', fixed, restore),
  ];
}

type Hold = (options: WorldOptions, schedule: readonly Operation[]) => void;

function ready(name: string, fixed: RaftLawOptions, hold: Hold): ReadyLaw {
  const options = worlds.map((drawn) => ({ ...drawn, ...fixed }));
  return {
    name,
    assert: (parameters: LawParameters = {}) => fc.assert(fc.property(options, schedules, hold), parameters),
  };
}

function keepPromises(options: WorldOptions, schedule: readonly Operation[]): void {
  const world = new World(options);
  runSchedule(world, schedule);
  world.recover();
}

function repeat(options: WorldOptions, schedule: readonly Operation[]): void {
  requireSame(play(new World(options), schedule), play(new World(options), schedule), 'two runs');
}

function restore(options: WorldOptions, schedule: readonly Operation[]): void {
  const restored = new World(options, true);
  requireSame(play(new World(options), schedule), play(restored, schedule), 'the runs with and without a checkpoint');
  const { made, now } = restored.checkpoints();
  requireSame(made, now, 'a checkpoint before and after');
}

/** Everything that was said, and what is left in the end. */
function play(world: World, schedule: readonly Operation[]): unknown {
  runSchedule(world, schedule);
  return [world.sent, world.state()];
}

function requireSame(one: unknown, other: unknown, what: string): void {
  if (hashOf(one) !== hashOf(other)) throw new DryswarmError('law-broken', `${what} differ`);
}

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
const schedules: fc.Arbitrary<Operation[]> = fc.array(fc.tuple(kinds, fc.nat(255), fc.nat(255)), {
  minLength: 20,
  maxLength: 160,
  size: 'max',
});

const worlds: fc.Arbitrary<WorldOptions> = fc.record({
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
