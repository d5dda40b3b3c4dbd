/** When two objects count as the same (swarmkit api/equality/equality.go). */
import { deepEqual } from '../base/index.ts';
import type { Task } from './objects.ts';

/** What others write into a task as it goes along; all else is what is wanted of it. */
const VOLATILE: ReadonlySet<string> = new Set<keyof Task>(['status', 'version', 'createdAt', 'updatedAt']);

/** Whether two tasks differ in nothing but their status and the store's stamps (TasksEqualStable). */
export function tasksEqualStable(a: Task, b: Task): boolean {
  for (const key of Object.keys(a) as (keyof Task)[])
    if (!VOLATILE.has(key) && !deepEqual(a[key], b[key])) return false;
  for (const key of Object.keys(b) as (keyof Task)[])
    if (!VOLATILE.has(key) && a[key] === undefined && b[key] !== undefined) return false;
  return true;
}
