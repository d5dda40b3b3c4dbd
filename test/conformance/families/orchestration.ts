/**
 * Orchestration vectors, with and without commit latency: a scenario, and what the real orchestrators did with it.
 * Where several outcomes were measured, one of them has to be reproduced completely.
 */
import type { VectorInput } from '../../support/orchestration/input.ts';
import { Recording } from '../../support/orchestration/recording.ts';
import { OrchestrationWorld } from '../../support/orchestration/world.ts';
import { type Difference, type Family, failed, firstDifference, isRecord, passed, type Verdict } from '../family.ts';

interface Vector {
  readonly name: string;
  readonly family: string;
  readonly input: VectorInput;
  readonly expected: {
    readonly canonical: 'slots' | 'tasks' | 'events' | 'summary' | 'final';
    readonly variants: readonly Record<string, unknown>[];
    readonly finalRunningByNode?: Record<string, unknown>;
    readonly common?: readonly (readonly unknown[])[];
  };
}

export const orchestration: Family = {
  name: 'orchestration',
  recognises: (content) => isOrchestration(content) && content.input.commitMs === undefined,
  cases: (content) => casesOf(content as Vector),
};

export const orchestrationLatency: Family = {
  name: 'orchestration with commit latency',
  recognises: (content) => isOrchestration(content) && content.input.commitMs !== undefined,
  cases: (content) => casesOf(content as Vector),
};

function isOrchestration(content: unknown): content is Vector {
  return (
    isRecord(content) &&
    isRecord(content.input) &&
    'steps' in content.input &&
    isRecord(content.expected) &&
    'variants' in content.expected
  );
}

function casesOf(vector: Vector) {
  return [{ id: vector.name, run: ({ seed }: { readonly seed: number }) => replay(vector, seed) }];
}

function replay({ input, expected }: Vector, seed: number): Verdict {
  const recording = new Recording();
  const world = new OrchestrationWorld(input, { seed, listener: recording });
  world.run();

  const got: Record<string, unknown> = {
    updateStatus: sortedStatus(recording.updateStatus),
    commandErrors: recording.commandErrors,
    final: recording.final(world.store),
    runningRange: recording.runningRange(input.measureFromMs),
    running: recording.running(),
    slots: multiset(recording.slots()),
    tasks: multiset(recording.tasks()),
    events: multiset(recording.events()),
  };
  const differences = expected.variants.map((variant, index) => differenceFrom(variant, got, index));
  if (!differences.includes(undefined)) return failed(latest(differences as Difference[]));

  if (expected.finalRunningByNode) {
    const byNode = recording.runningByNode(world.store);
    const wanted = Object.fromEntries(
      Object.entries(expected.finalRunningByNode).filter(([, nodes]) => Object.keys(nodes as object).length > 0),
    );
    const difference = firstDifference(wanted, byNode, 'finalRunningByNode');
    if (difference) return failed(difference);
  }
  const missing = missingCommon(expected.common ?? [], got.events as Multiset);
  return missing ? failed(missing) : passed;
}

type Multiset = ReadonlyMap<string, number>;

function multiset(items: readonly unknown[]): Multiset {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = canonical(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function differenceFrom(
  variant: Record<string, unknown>,
  got: Record<string, unknown>,
  index: number,
): Difference | undefined {
  for (const key of Object.keys(variant)) {
    if (key === 'seen') continue;
    const where = `variants[${index}].${key}`;
    const value = variant[key];
    const difference =
      key === 'slots' || key === 'tasks' || key === 'events'
        ? multisetDifference(countedItems(key, value as readonly unknown[]), got[key] as Multiset, where)
        : firstDifference(value, got[key], where);
    if (difference) return { ...difference, ...timeOf(difference) };
  }
  return undefined;
}

/** `{count, ...item}` or, for events, `[count, ...item]`. */
function countedItems(form: string, items: readonly unknown[]): Multiset {
  const counts = new Map<string, number>();
  for (const item of items) {
    const [count, rest] =
      form === 'events' ? splitEvent(item as readonly unknown[]) : splitObject(item as Record<string, unknown>);
    const key = canonical(rest);
    counts.set(key, (counts.get(key) ?? 0) + count);
  }
  return counts;
}

function splitEvent([count, ...rest]: readonly unknown[]): [number, unknown] {
  return [count as number, rest];
}

function splitObject({ count, ...rest }: Record<string, unknown>): [number, unknown] {
  return [count as number, rest];
}

function multisetDifference(expected: Multiset, got: Multiset, where: string): Difference | undefined {
  const missing = [...expected].filter(([key, count]) => (got.get(key) ?? 0) < count);
  const surplus = [...got].filter(([key, count]) => (expected.get(key) ?? 0) < count);
  if (missing.length === 0 && surplus.length === 0) return undefined;
  const [expectedItem, gotItem] = nearest(missing, surplus);
  return { where, expected: expectedItem, got: gotItem };
}

/** The pair of items that agree the longest, so that the first real difference shows. */
function nearest(missing: readonly [string, number][], surplus: readonly [string, number][]): [string, string] {
  let best: [string, string] = [describe(missing[0]), describe(surplus[0])];
  let length = -1;
  for (const one of missing) {
    for (const other of surplus) {
      const agreed = commonPrefix(one[0], other[0]);
      if (agreed <= length) continue;
      length = agreed;
      best = [describe(one, agreed), describe(other, agreed)];
    }
  }
  return best;
}

function describe(item: [string, number] | undefined, from = 0): string {
  if (!item) return 'nothing';
  const start = Math.max(0, from - 200);
  return `${item[1]} x ${start > 0 ? '…' : ''}${item[0].slice(start, start + 1000)}`;
}

function commonPrefix(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}

function timeOf(difference: Difference): { at?: number } {
  const times = [difference.expected, difference.got].flatMap((side) => {
    const match = /\[(?:\d+,)?(\d+),"/.exec(typeof side === 'string' ? side : (JSON.stringify(side) ?? ''));
    return match ? [Number(match[1])] : [];
  });
  return times.length > 0 ? { at: Math.min(...times) } : {};
}

/** Of the differences from each variant, the one that shows last: the variant that agrees the longest. */
function latest(differences: readonly Difference[]): Difference {
  return differences.reduce((best, difference) => ((difference.at ?? 0) > (best.at ?? 0) ? difference : best));
}

function missingCommon(common: readonly (readonly unknown[])[], events: Multiset): Difference | undefined {
  for (const [count, ...event] of common) {
    const found = events.get(canonical(event)) ?? 0;
    if (found < (count as number))
      return { where: 'common', expected: [count, ...event], got: `${found} of them`, at: event[0] as number };
  }
  return undefined;
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (isRecord(value)) {
    const entries = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
    return `{${entries.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** By time, then service; the changes of one service at one instant stay in order. */
function sortedStatus(events: Recording['updateStatus']): unknown[] {
  return [...events].sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0));
}
