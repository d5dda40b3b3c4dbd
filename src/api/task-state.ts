/**
 * Task states and their order, as swarmkit numbers them (api/types.proto). An observed state never moves to a
 * lower number; neither does a desired state.
 */
export const TaskState = {
  NEW: 0,
  PENDING: 64,
  ASSIGNED: 192,
  ACCEPTED: 256,
  PREPARING: 320,
  READY: 384,
  STARTING: 448,
  RUNNING: 512,
  COMPLETE: 576,
  SHUTDOWN: 640,
  FAILED: 704,
  REJECTED: 768,
  REMOVE: 800,
  ORPHANED: 832,
} as const;

export type TaskStateName = keyof typeof TaskState;
export type TaskState = (typeof TaskState)[TaskStateName];

const NAMES = new Map<number, TaskStateName>(
  (Object.keys(TaskState) as TaskStateName[]).map((name) => [TaskState[name], name]),
);

/** The upper-case name of a state: `RUNNING` for 512. */
export function taskStateName(state: TaskState): TaskStateName {
  return NAMES.get(state) ?? 'NEW';
}
