/**
 * Laws of the orchestration: what holds in every scenario. A law watches a run commit by commit, and is asked once more
 * when the run has come to rest. It says in words how it was broken.
 */
import { type Service, type Task, TaskState } from '../../../api/index.ts';
import type { Change, ReadView } from '../../../store/index.ts';

export interface Commit {
  readonly atMs: number;
  /** In order. What came of them is in the view already. */
  readonly changes: readonly Change[];
  readonly view: ReadView;
}

export interface Watcher {
  committed?(commit: Commit): readonly string[];
  /** No task is on its way, no fault lasts, no update can still advance. */
  atRest?(view: ReadView): readonly string[];
}

export interface Law {
  /** The sentence of the reference that it protects. */
  readonly sentence: string;
  /** It speaks of what was true when a decision was made: it cannot be seen where the write comes later. */
  readonly needsInstantWrites?: true;
  /** A watcher of one run. */
  watch(): Watcher;
}

export type TaskChange = Extract<Change, { readonly table: 'tasks' }>;
export type TaskUpdate = Extract<TaskChange, { readonly kind: 'update' }>;
export type ServiceUpdate = Extract<Change, { readonly table: 'services'; readonly kind: 'update' }>;

export function taskUpdates({ changes }: Commit): readonly TaskUpdate[] {
  return changes.filter((change): change is TaskUpdate => change.table === 'tasks' && change.kind === 'update');
}

export function serviceUpdates({ changes }: Commit): readonly ServiceUpdate[] {
  return changes.filter((change): change is ServiceUpdate => change.table === 'services' && change.kind === 'update');
}

/** The tasks that a commit puts on their nodes, in order. */
export function assignmentsIn(commit: Commit): readonly Task[] {
  return taskUpdates(commit)
    .filter(
      ({ before, after }) => before.status.state < TaskState.ASSIGNED && after.status.state === TaskState.ASSIGNED,
    )
    .map(({ after }) => after);
}

/** A task for people: `web.2 (abc12)`. */
export function nameOf({ serviceName, slot, nodeId, id }: Task): string {
  return `${serviceName}.${slot || nodeId} (${id.slice(0, 5)})`;
}

/** A slot in the broad sense: a number, or a node for what runs on every node. */
export function slotOf({ serviceId, slot, nodeId, jobIteration }: Task, service: Service | undefined): string {
  const kind = service?.spec.mode.kind;
  const place = kind === 'global' || kind === 'global-job' ? nodeId : slot;
  return `${serviceId}/${place}/${jobIteration ?? ''}`;
}
