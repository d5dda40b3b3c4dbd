export { formatBytes, parseBytes } from './bytes.ts';
export * from './defaults.ts';
export { durationOf, formatDuration, parseDuration } from './duration.ts';
export type * as Engine from './engine/types.ts';
export * from './objects.ts';
export { TaskState, type TaskStateName, taskStateName } from './task-state.ts';
