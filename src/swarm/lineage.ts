/**
 * What led to what. A record names the one that it follows from, but whoever reacts to a commit names the last record of
 * that commit, whichever of them it was that mattered. Where there is a nearer cause, it is followed instead.
 */
import type { SwarmRecord } from './describe.ts';

type RecordOf<K extends SwarmRecord['kind']> = Extract<SwarmRecord, { readonly kind: K }>;

/** What led to the last that is told of a task, the first cause first. */
export function lineageOf(task: string, records: readonly SwarmRecord[]): readonly SwarmRecord[] {
  const trace = new Trace(records);
  const told = new Set<SwarmRecord>();
  let record = trace.lastBefore(undefined, (one) => one.kind.startsWith('task.') && ownerOf(one) === task);
  while (record) {
    told.add(record);
    const { cause, occasion } = originOf(record, trace);
    if (occasion) told.add(occasion);
    record = cause;
  }
  return [...told].sort((a, b) => a.seq - b.seq);
}

/** Why something happened, and what made it happen just then, if that is something else. */
interface Origin {
  readonly cause: SwarmRecord | undefined;
  readonly occasion?: SwarmRecord | undefined;
}

class Trace {
  /** Ascending in their numbers, of which some may be missing. */
  readonly #records: readonly SwarmRecord[];

  constructor(records: readonly SwarmRecord[]) {
    this.#records = records;
  }

  because({ because }: SwarmRecord): SwarmRecord | undefined {
    return because === undefined ? undefined : this.#numbered(because);
  }

  directlyBefore({ seq }: SwarmRecord): SwarmRecord | undefined {
    return this.#numbered(seq - 1);
  }

  /** The last one of all, or before a record, that is like this. */
  lastBefore(record: SwarmRecord | undefined, isIt: (record: SwarmRecord) => boolean): SwarmRecord | undefined {
    const from = record === undefined ? this.#records.length : this.#indexOf(record.seq);
    for (let index = from - 1; index >= 0; index -= 1) {
      const one = this.#records[index]!;
      if (isIt(one)) return one;
    }
    return undefined;
  }

  /** A task ended by itself. */
  lastEnd(record: SwarmRecord, task: string): SwarmRecord | undefined {
    return this.lastBefore(record, (one) => isEnd(one) && one.task === task);
  }

  lastFault(record: SwarmRecord, target: string): SwarmRecord | undefined {
    return this.lastBefore(record, (one) => one.kind === 'fault.injected' && one.target === target);
  }

  #numbered(seq: number): SwarmRecord | undefined {
    const record = this.#records[this.#indexOf(seq)];
    return record?.seq === seq ? record : undefined;
  }

  /** Of the first record that has this number or a higher one. */
  #indexOf(seq: number): number {
    let [low, high] = [0, this.#records.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#records[middle]!.seq < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function originOf(record: SwarmRecord, trace: Trace): Origin {
  const because = trace.because(record);
  switch (record.kind) {
    case 'task.created': {
      const replaced = replacedBy(record, trace);
      return replaced ? { cause: replaced } : { cause: decisionFor(record, trace, because), occasion: because };
    }
    case 'task.wanted':
      if (record.desired === 'READY' || record.desired === 'RUNNING') return ofTask(record, trace);
      return isOver(record, trace) ?? { cause: decisionFor(record, trace, because), occasion: because };
    case 'update.changed': {
      const culprit = /due to failure or early termination of task (\S+)$/.exec(record.message)?.[1];
      return { cause: (culprit && trace.lastEnd(record, culprit)) || because };
    }
    case 'node.changed':
      return { cause: because?.kind === 'api.requested' ? because : (trace.lastFault(record, record.name) ?? because) };
    case 'container.exited': {
      const fault = trace.lastFault(record, ownerOf(record)!);
      return fault?.at === record.at ? { cause: fault } : ofTask(record, trace);
    }
    case 'task.removed':
      return { cause: because };
    default:
      return ownerOf(record) === undefined ? { cause: because } : ofTask(record, trace);
  }
}

/** What becomes of a task follows from what was decided about it, or befell it, before. */
function ofTask(record: SwarmRecord, trace: Trace): Origin {
  const owner = ownerOf(record)!;
  const cause = trace.lastBefore(record, (one) => ownerOf(one) === owner && (STEPS.has(one.kind) || isEnd(one)));
  const because = trace.because(record);
  return { cause, occasion: because && isOccasion(because, record) ? because : undefined };
}

/** A node that has changed, or the task whose place it takes. */
function isOccasion(because: SwarmRecord, record: SwarmRecord): boolean {
  return because.kind === 'node.changed' || (ownerOf(because) !== ownerOf(record) && isOfSlot(because, record));
}

/** What has ended by itself is shut down. */
function isOver(record: TaskStep, trace: Trace): Origin | undefined {
  if (record.desired !== 'SHUTDOWN') return undefined;
  const end = trace.lastEnd(record, record.task);
  return end && { cause: end };
}

const STEPS: ReadonlySet<string> = new Set([
  'task.created',
  'task.placed',
  'task.unplaced',
  'task.wanted',
  'container.exited',
]);

/**
 * An update goes on when a task runs, in a slot that has nothing to do with the next; and a new leader does what the one
 * before has not come to. What they decide follows from what is to become of the service.
 */
function decisionFor(record: TaskStep, trace: Trace, because: SwarmRecord | undefined): SwarmRecord | undefined {
  const isOfOther = because?.kind === 'task.changed' && !isOfSlot(because, record);
  if (!isOfOther && because?.kind !== 'raft.leader-elected') return because;
  return trace.lastBefore(record, (one) => isGoal(one) && one.service === record.service) ?? because;
}

type TaskStep = RecordOf<'task.created' | 'task.wanted'>;

function isGoal(record: SwarmRecord): record is RecordOf<'service.created' | 'service.updated' | 'update.changed'> {
  if (record.kind === 'update.changed') return record.state === 'rollback_started';
  return record.kind === 'service.created' || record.kind === 'service.updated';
}

/** A restart puts a task in the place of one that it shuts down right before. */
function replacedBy(record: RecordOf<'task.created'>, trace: Trace): SwarmRecord | undefined {
  const before = trace.directlyBefore(record);
  const isReplaced = before?.kind === 'task.wanted' && before.desired === 'SHUTDOWN' && before.by === record.by;
  return isReplaced && isOfSlot(before, record) ? before : undefined;
}

/** Whose it is: an engine names containers after their tasks. */
function ownerOf(record: SwarmRecord): string | undefined {
  if ('task' in record) return record.task;
  return 'container' in record ? record.container.split('.').at(-1) : undefined;
}

function isEnd(record: SwarmRecord): record is RecordOf<'task.changed'> {
  return record.kind === 'task.changed' && ENDS.has(record.state);
}

const ENDS: ReadonlySet<string> = new Set(['COMPLETE', 'FAILED', 'REJECTED', 'ORPHANED']);

function isOfSlot(a: SwarmRecord, b: SwarmRecord): boolean {
  if (!('slot' in a && 'slot' in b)) return false;
  return a.service === b.service && a.slot === b.slot && (a.slot !== 0 || a.node === b.node);
}
