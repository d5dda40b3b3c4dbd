import type { Task } from '../engine/task-types.ts';
import type { ProgressDisplay } from './display.ts';

/** Observed and desired states in order; those that are missing here are ignored. */
const STATES = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
];
const RUNNING = rank('running');
export const COMPLETE = rank('complete');
const LONGEST_STATE = 'preparing'.length;
const LONGEST_ERROR = 75;

/** Services with more tasks have no rows for them. */
export const MOST_ROWS = 20;
/** How far a bar can go: to running, and for jobs to complete. */
const SERVICE_STEPS = RUNNING;
export const JOB_STEPS = COMPLETE;

/** 1 for `new`, and so on; 0 for a state that progress ignores. */
export function rank(state: string): number {
  return STATES.indexOf(state) + 1;
}

export function isTerminal(state: string): boolean {
  return rank(state) > RUNNING;
}

export function isRunning(task: Task): boolean {
  return !isTerminal(task.DesiredState) && task.Status.State === 'running';
}

export function hasKnownStates(task: Task): boolean {
  return rank(task.DesiredState) > 0 && rank(task.Status.State) > 0;
}

/** Of two tasks in one place the one that is to live longer counts, then the one that is behind. */
export function supersedes(task: Task, existing: Task): boolean {
  const desired = rank(task.DesiredState) - rank(existing.DesiredState);
  return desired < 0 || (desired === 0 && rank(task.Status.State) < rank(existing.Status.State));
}

/** The row of a task: its error, or its state with a bar. */
export function writeTask(display: ProgressDisplay, id: string, task: Task, steps: number): void {
  if (task.Status.Err !== '') display.update({ id, action: cutError(task.Status.Err) });
  else {
    const action = task.Status.State.padEnd(LONGEST_STATE);
    display.update({ id, action, bar: { current: rank(task.Status.State), total: steps } });
  }
}

/** The same for a task of a service, which shows nothing while it is on its way out. */
export function writeServiceTask(display: ProgressDisplay, id: string, task: Task): void {
  if (task.Status.Err !== '' || (!isTerminal(task.DesiredState) && !isTerminal(task.Status.State))) {
    writeTask(display, id, task, SERVICE_STEPS);
  }
}

export function writeOverall(
  display: ProgressDisplay,
  counts: { running: number; total: number; isRollback: boolean },
): void {
  const action = `${counts.running} out of ${counts.total} tasks`;
  display.update({ id: 'overall progress', action: counts.isRollback ? `rolling back update: ${action}` : action });
}

/** One line of at most 75 bytes. */
function cutError(error: string): string {
  const line = error.replaceAll('\n', ' ');
  const bytes = new TextEncoder().encode(line);
  if (bytes.length <= LONGEST_ERROR) return line;
  return `${new TextDecoder().decode(bytes.slice(0, LONGEST_ERROR - 1))}…`;
}
