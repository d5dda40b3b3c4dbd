import type { ServiceSpec } from '../api/index.ts';
import { compareText, deepEqual } from '../base/index.ts';

/** The parts in which a specification differs from the one before: `mode`, `rollback`, `task.container`, ..., by name. */
export function changedParts(before: ServiceSpec, after: ServiceSpec): readonly string[] {
  const ofService = differing(before, after).filter((part) => part !== 'task');
  const ofTask = differing(before.task, after.task).map((part) => `task.${part}`);
  return [...ofService, ...ofTask].sort(compareText);
}

function differing<T extends object>(before: T, after: T): string[] {
  const parts = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...parts].filter((part) => !deepEqual(before[part as keyof T], after[part as keyof T]));
}
