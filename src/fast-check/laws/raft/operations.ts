/** Schedules of what happens to a world, as data that a random test draws and shrinks. */
import type { World } from './world.ts';

/**
 * Something that happens. `a` and `b` choose among what there is, modulo how much there is, so that any pair of
 * numbers means something in any state.
 */
export type Operation = readonly [kind: OperationKind, a: number, b: number];

const OPERATIONS = {
  deliver: (world, a) => world.deliver(a),
  drop: (world, a) => world.drop(a),
  duplicate: (world, a) => world.duplicate(a),
  delay: (world, a, b) => world.delay(a, b),
  deliverLate: (world, a) => world.deliverLate(a),
  tick: (world, a, b) => world.tick(a, 1 + (b % 4)),
  pass: (world, a) => world.pass(1 + (a % 8)),
  work: (world, a) => world.work(a),
  propose: (world, a) => world.propose(a),
  add: (world) => world.add(),
  remove: (world, a) => world.remove(a),
  campaign: (world, a) => world.on(a, (member) => member.raft.campaign()),
  transfer: (world, a, b) => world.on(a, (member) => member.raft.transferLeadership(world.idOf(b))),
  unreachable: (world, a, b) => world.on(a, (member) => member.raft.reportUnreachable(world.idOf(b))),
  snapshot: (world, a, b) => world.on(a, (member) => void member.takeSnapshot(b % 4)),
  crash: (world, a) => world.crash(a),
  restart: (world, a) => world.restart(a),
  partition: (world, a) => world.partition(a),
  isolate: (world) => world.isolate(),
  heal: (world) => world.partition(0),
  checkpoint: (world, a, b) => world.checkpoint(a, b),
} satisfies Record<string, (world: World, a: number, b: number) => void>;

export type OperationKind = keyof typeof OPERATIONS;

/** Lets a schedule happen. */
export function runSchedule(world: World, schedule: readonly Operation[]): void {
  for (const [kind, a, b] of schedule) OPERATIONS[kind](world, a, b);
}
