/**
 * What an agent is told of its tasks: all of them once, then what changes (swarmkit manager/dispatcher/dispatcher.go,
 * Assignments, and assignments.go).
 */
import { type Task, TaskState, tasksEqualStable } from '../../api/index.ts';
import { byNodeId, type ChangeOf, type ReadView } from '../../store/index.ts';
import { releasesDependency } from './dependencies.ts';
import { sessionRefusal } from './node-store.ts';
import { failSession, findSession } from './sessions.ts';
import type { PendingAssignments, Turn } from './state.ts';
import { timerOf } from './timers.ts';

/** So many changes are sent without waiting for quiet. */
const MAX_CHANGES = 100;

export type TaskChange = ChangeOf<'tasks'>;

export function openAssignments(turn: Turn, nodeId: string, session: number): void {
  const { ctx, state, options } = turn;
  const open = findSession(state, nodeId, session);
  if (!open) return;
  open.assignments = { since: ctx.store.index, changes: new Map(), count: 0 };
  const updated = ctx.store.tasks.find(byNodeId(nodeId)).filter(isAssigned);
  options.send(nodeId, { kind: 'assignments', session, set: 'complete', updated, removed: [] });
}

/** The node whose agent may have to hear of a change. New tasks are never assigned yet, so their creation is no news. */
export function nodeOf(change: TaskChange): string {
  if (change.kind === 'create') return '';
  return (change.kind === 'update' ? change.after : change.before).nodeId;
}

export function noteTaskChange(turn: Turn, change: TaskChange): void {
  const news = newsOf(turn.ctx.store, change);
  if (news === undefined) return;
  const nodeId = nodeOf(change);
  for (const { session, assignments } of turn.state.sessions.get(nodeId) ?? []) {
    if (!assignments || isInSet(assignments, change)) continue;
    if (news !== 'dependency') assignments.changes.set(change.id, news);
    assignments.count += 1;
    if (assignments.count >= MAX_CHANGES) sendIncrement(turn, nodeId, session);
    else turn.ctx.after(turn.options.latencies.assignmentDelay, timerOf('assignments', nodeId, session));
  }
}

export function sendIncrement(turn: Turn, nodeId: string, session: number): void {
  const { ctx, state, options } = turn;
  const open = findSession(state, nodeId, session);
  if (!open?.assignments) return;
  ctx.cancel(timerOf('assignments', nodeId, session));
  const { changes, since } = open.assignments;
  open.assignments = { since, changes: new Map(), count: 0 };
  if (changes.size > 0) {
    const updated = [...changes.values()].filter((task) => task !== null);
    const removed = [...changes].filter(([, task]) => task === null).map(([id]) => id);
    options.send(nodeId, { kind: 'assignments', session, set: 'incremental', updated, removed });
  }
  const error = sessionRefusal(state, nodeId, open.sessionId);
  if (error !== undefined) failSession(turn, nodeId, session, 'assignments', error);
}

/**
 * What a change is to the agent: a task to send, one to remove (null), something that only its dependencies show, or
 * nothing. Up to ASSIGNED a task's state is made by managers, so the agent hears of it; later it is the agent's own.
 */
function newsOf(view: ReadView, change: TaskChange): Task | null | 'dependency' | undefined {
  if (change.kind === 'create') return undefined;
  const { before } = change;
  if (change.kind === 'delete') return isAssigned(before) ? null : undefined;
  const { after } = change;
  if (!isAssigned(after)) return undefined;
  const isKnown = isAssigned(before) && before.nodeId === after.nodeId;
  if (!isKnown || after.status.state === TaskState.ASSIGNED || !tasksEqualStable(before, after)) return after;
  return after.status.state > TaskState.RUNNING && releasesDependency(view, after) ? 'dependency' : undefined;
}

function isAssigned(task: Task): boolean {
  return task.status.state >= TaskState.ASSIGNED;
}

/** The complete set was read from a store that had this change already. */
function isInSet({ since }: PendingAssignments, change: TaskChange): boolean {
  return change.kind === 'update' && change.after.version <= since;
}
