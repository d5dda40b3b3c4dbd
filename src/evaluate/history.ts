/** What a service's tasks went through in a rehearsal, read from the trace. */
import type { TaskStateName, UpdateState } from '../api/index.ts';
import type { Instant } from '../base/index.ts';
import type { SwarmRecord } from '../swarm/index.ts';

/** The life of one task, as far as the managers learned of it. */
export interface TaskLife {
  readonly task: string;
  readonly slot: number;
  readonly image: string;
  /** The version of the specification that it was made from. */
  readonly version: number;
  node: string;
  readonly createdAt: Instant;
  runningFrom: Instant | undefined;
  /** When it was seen to have left RUNNING, or its machine crashed. */
  runningUntil: Instant | undefined;
  end: { readonly at: Instant; readonly state: TaskStateName; readonly err: string } | undefined;
  /** When its machine stood still; what runs there does nothing then. */
  readonly standstills: readonly Span[];
}

interface Span {
  readonly from: Instant;
  /** Undefined: it has not ended. */
  readonly until: Instant | undefined;
}

export interface StatusChange {
  readonly at: Instant;
  readonly state: UpdateState | 'none';
  readonly message: string;
}

export interface ServiceHistory {
  readonly name: string;
  /** When the files were deployed. */
  readonly from: Instant;
  /** When the rehearsal ended. */
  readonly until: Instant;
  /** Replicas, or for a global service the nodes that ran a task when the files were deployed. */
  readonly wanted: number;
  /** Whether the deployment made the service. */
  readonly isNew: boolean;
  /** The specification's version that the deployment brought; undefined where it changed no task. */
  readonly newVersion: number | undefined;
  readonly statuses: readonly StatusChange[];
  readonly tasks: readonly TaskLife[];
  /** Nothing of the service was under way any more at the end. */
  readonly isAtRest: boolean;
}

/** The kinds of record that histories are made of. */
export const HISTORY_RECORDS: readonly SwarmRecord['kind'][] = [
  'fault.injected',
  'task.created',
  'task.placed',
  'task.changed',
  'task.removed',
  'update.changed',
];

/**
 * All tasks of a service, history that the swarm has deleted included. What runs on a machine that crashes, or leaves, ends there and then,
 * though the managers may go on counting it for a day.
 */
export function taskLives(records: readonly SwarmRecord[], serviceId: string): TaskLife[] {
  const lives = new Map<string, Life>();
  for (const record of records) {
    if (record.kind === 'fault.injected' && (record.fault === 'crash' || record.fault === 'leave')) {
      for (const life of lives.values()) if (life.node === record.target) close(life, record.at);
      continue;
    }
    if (!('service' in record) || record.service !== serviceId || !('task' in record)) continue;
    if (record.kind === 'task.created') {
      lives.set(record.task, {
        task: record.task,
        slot: record.slot,
        image: record.image,
        version: record.version,
        node: record.node,
        createdAt: record.at,
        runningFrom: undefined,
        runningUntil: undefined,
        end: undefined,
      });
      continue;
    }
    const life = lives.get(record.task);
    if (!life) continue;
    life.node = record.node;
    if (record.kind === 'task.changed') observe(life, record.at, record.state, record.err);
    else if (record.kind === 'task.removed') close(life, record.at);
  }
  const standstills = standstillsIn(records);
  return [...lives.values()].map((life) => ({ ...life, standstills: standstills.get(life.node) ?? [] }));
}

/** When each machine stood still. */
function standstillsIn(records: readonly SwarmRecord[]): ReadonlyMap<string, readonly Span[]> {
  const spans = new Map<string, readonly Span[]>();
  for (const record of records) {
    if (record.kind !== 'fault.injected') continue;
    const { fault, target, at } = record;
    const known = spans.get(target) ?? [];
    const last = known.at(-1);
    const isFrozen = last !== undefined && last.until === undefined;
    if (fault === 'freeze' && !isFrozen) spans.set(target, [...known, { from: at, until: undefined }]);
    else if ((fault === 'thaw' || fault === 'crash') && isFrozen)
      spans.set(target, [...known.slice(0, -1), { from: last.from, until: at }]);
  }
  return spans;
}

type Life = Omit<TaskLife, 'standstills'>;

function observe(life: Life, at: Instant, state: TaskStateName, err: string): void {
  if (state === 'RUNNING') life.runningFrom ??= at;
  else if (ENDED.has(state)) {
    close(life, at);
    life.end ??= { at, state, err };
  }
}

function close(life: Life, at: Instant): void {
  if (life.runningFrom !== undefined) life.runningUntil ??= at;
}

/** A task that ended so was not told to. */
export const FAILED: ReadonlySet<TaskStateName> = new Set(['FAILED', 'REJECTED']);

export const ENDED: ReadonlySet<TaskStateName> = new Set(['COMPLETE', 'SHUTDOWN', 'FAILED', 'REJECTED', 'ORPHANED']);

export function statusChanges(records: readonly SwarmRecord[], serviceId: string, from: Instant): StatusChange[] {
  const changes: StatusChange[] = [];
  for (const record of records) {
    if (record.kind !== 'update.changed' || record.service !== serviceId || record.at < from) continue;
    changes.push({ at: record.at, state: record.state, message: record.message });
  }
  return changes;
}

/** Whether a task ran at an instant. */
export function wasRunning(life: TaskLife, at: Instant): boolean {
  return runningSpans(life).some(([from, until]) => from <= at && at < until);
}

/** When a task ran: from the first instant of a span until before the last, which is infinite where it has not ended. */
export function runningSpans(life: TaskLife): (readonly [from: Instant, until: Instant])[] {
  const { runningFrom, runningUntil: end = Number.POSITIVE_INFINITY, standstills } = life;
  if (runningFrom === undefined) return [];
  const spans: (readonly [Instant, Instant])[] = [];
  let at = runningFrom;
  for (const { from, until = Number.POSITIVE_INFINITY } of standstills) {
    if (until <= at || from >= end) continue;
    if (from > at) spans.push([at, from]);
    at = until;
  }
  return at < end ? [...spans, [at, end]] : spans;
}

/** How many tasks ran from each instant on at which that changed, starting with the beginning of the history. */
export function runningOverTime({
  tasks,
  from,
  until,
}: Pick<ServiceHistory, 'tasks' | 'from' | 'until'>): (readonly [at: Instant, count: number])[] {
  const edges = new Map<Instant, number>();
  for (const [begin, end] of tasks.flatMap(runningSpans)) {
    edges.set(begin, (edges.get(begin) ?? 0) + 1);
    edges.set(end, (edges.get(end) ?? 0) - 1);
  }
  let count = tasks.filter((life) => wasRunning(life, from)).length;
  const line: (readonly [Instant, number])[] = [[from, count]];
  for (const at of [...edges.keys()].sort((a, b) => a - b)) {
    if (at <= from || at > until) continue;
    count += edges.get(at) ?? 0;
    line.push([at, count]);
  }
  return line;
}
