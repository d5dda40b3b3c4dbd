/** Node states as the dispatcher sets them: sessions, heartbeats, leader changes, and tasks that are given up. */
import {
  type CallError,
  type NodeStatusEvent,
  NodeStatusWorld,
  type Sighting,
} from '../../support/node-status-world.ts';
import { vectorsOf } from '../../support/scheduler-vectors.ts';
import { type Difference, type Family, failed, isRecord, passed, type Verdict } from '../family.ts';

/** The earliest and the latest time over all measurements. */
type Range = readonly [earliest: number, latest: number];

interface NodeStatusVector {
  readonly id: string;
  readonly nodes: readonly string[];
  readonly runningTasks?: Readonly<Record<string, number>>;
  readonly events: readonly NodeStatusEvent[];
  readonly endMs: number;
  readonly statuses: Readonly<Record<string, readonly ExpectedStatus[]>>;
  readonly orphanedAtMs?: Readonly<Record<string, Range>>;
  readonly errors?: readonly ExpectedError[];
}

interface ExpectedStatus {
  readonly atMs: Range;
  readonly state: string;
  readonly message?: string;
}

interface ExpectedError {
  readonly atMs: Range;
  readonly node: string;
  readonly call: string;
  readonly error: string;
}

export const schedulerNodeStatus: Family = {
  name: 'scheduler: node status',
  recognises: (content) =>
    vectorsOf(content).every(({ events, statuses }) => Array.isArray(events) && isRecord(statuses)),
  cases: (content) =>
    (vectorsOf(content) as unknown as NodeStatusVector[]).map((vector) => ({
      id: vector.id,
      run: ({ seed }) => replay(vector, seed),
    })),
};

function replay({ nodes, runningTasks = {}, events, endMs, ...expected }: NodeStatusVector, seed: number): Verdict {
  const world = new NodeStatusWorld({ seed, nodes, runningTasks, events });
  world.runUntil(endMs);
  for (const [node, statuses] of Object.entries(expected.statuses)) {
    const difference = compareStatuses(statuses, world.statuses.get(node) ?? [], `statuses.${node}`);
    if (difference) return failed(difference);
  }
  const difference =
    compareOrphans(expected.orphanedAtMs ?? {}, world.orphanedAt) ?? compareErrors(expected.errors ?? [], world.errors);
  return difference ? failed(difference) : passed;
}

function compareStatuses(
  expected: readonly ExpectedStatus[],
  got: readonly Sighting[],
  where: string,
): Difference | undefined {
  for (let index = 0; index < Math.max(expected.length, got.length); index += 1) {
    const wanted = expected[index];
    const seen = got[index];
    const agrees =
      wanted &&
      seen &&
      isWithin(seen.at, wanted.atMs) &&
      seen.state.toUpperCase() === wanted.state &&
      seen.message === (wanted.message ?? '');
    if (!agrees)
      return { ...(seen && { at: seen.at }), where: `${where}[${index}]`, expected: wanted, got: seen ?? 'nothing' };
  }
  return undefined;
}

function compareOrphans(
  expected: Readonly<Record<string, Range>>,
  got: ReadonlyMap<string, number>,
): Difference | undefined {
  for (const node of new Set([...Object.keys(expected), ...got.keys()])) {
    const at = got.get(node);
    const range = expected[node];
    if (!range || at === undefined || !isWithin(at, range))
      return { where: `orphanedAtMs.${node}`, expected: range ?? 'never', got: at ?? 'never' };
  }
  return undefined;
}

/** Only those kinds of errors were listed that came in every measurement: others may come or not. */
function compareErrors(expected: readonly ExpectedError[], got: readonly CallError[]): Difference | undefined {
  const kinds = new Set(expected.map(kindOf));
  const comparable = got.filter((error) => kinds.has(kindOf(error)));
  for (const [index, wanted] of expected.entries()) {
    const found = comparable.findIndex(
      (error) => error.node === wanted.node && kindOf(error) === kindOf(wanted) && isWithin(error.at, wanted.atMs),
    );
    if (found < 0) return { at: wanted.atMs[0], where: `errors[${index}]`, expected: wanted, got };
    comparable.splice(found, 1);
  }
  const [surplus] = comparable;
  return surplus && { at: surplus.at, where: 'errors', expected: 'nothing more', got: surplus };
}

function kindOf({ call, error }: { readonly call: string; readonly error: string }): string {
  return `${call} ${error}`;
}

function isWithin(at: number, [earliest, latest]: Range): boolean {
  return at >= earliest && at <= latest;
}
