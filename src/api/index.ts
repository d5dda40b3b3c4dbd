export type * as Engine from './engine/types.ts';
export * from './objects.ts';
export { TaskState, type TaskStateName, taskStateName } from './task-state.ts';
