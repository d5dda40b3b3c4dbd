import { type Operation, type OperationKind, runSchedule } from '../../../src/fast-check/laws/raft/operations.ts';
import { World } from '../../../src/fast-check/laws/raft/world.ts';
import { RandomStreams } from '../../../src/sim/index.ts';
import type { Scenario } from '../scenario.ts';

const SCHEDULES = 20;
const LENGTH = 300;

/** Kinds as often as they are listed. */
const KINDS: readonly OperationKind[] = [
  ...Array<OperationKind>(8).fill('deliver'),
  ...Array<OperationKind>(4).fill('work'),
  ...Array<OperationKind>(3).fill('propose'),
  ...Array<OperationKind>(2).fill('tick'),
  'pass',
  'drop',
  'duplicate',
  'add',
  'remove',
  'transfer',
  'snapshot',
  'crash',
  'restart',
  'partition',
  'heal',
];

/** Random schedules of messages, losses, crashes and changes of membership. */
export const raft: Scenario = {
  name: 'raft',
  run: () => Array.from({ length: SCHEDULES }, (_, seed) => outcomeOf(seed)),
};

function outcomeOf(seed: number): unknown {
  const stream = new RandomStreams(seed).stream('schedule');
  const schedule = Array.from({ length: LENGTH }, (): Operation => {
    return [stream.pick(KINDS), stream.integer(256), stream.integer(256)];
  });
  const world = new World({
    peers: 3 + (seed % 3),
    seed,
    lazy: seed % 2 === 0,
    electionTicks: 5,
    checkQuorum: seed % 3 === 0,
    preVote: seed % 5 === 0,
  });
  runSchedule(world, schedule);
  return { sent: world.sent, state: world.state() };
}
