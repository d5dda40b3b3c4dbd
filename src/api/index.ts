export { formatBytes, parseBytes } from './bytes.ts';
export * from './defaults.ts';
export type * from './dispatcher.ts';
export { durationOf, formatDuration, parseDuration } from './duration.ts';
export { IN_A_SWARM, NO_SWARM, NOT_A_MANAGER, NOT_IN_A_SWARM } from './engine/daemon-words.ts';
export { configToEngine, dataSpecFromEngine, secretToEngine } from './engine/data-object.ts';
export { insertDefaults } from './engine/insert-defaults.ts';
export { DEFAULT_EPOCH_MS, type EpochOption, toRfc3339 } from './engine/instants.ts';
export { InvalidParameterError } from './engine/invalid-parameter.ts';
export { networkSpecFromEngine, networkToEngine } from './engine/network.ts';
export { nodeSpecFromEngine, nodeSpecToEngine, nodeToEngine } from './engine/node.ts';
export { serviceSpecFromEngine } from './engine/service-spec-from-engine.ts';
export { serviceSpecToEngine, serviceToEngine } from './engine/service-to-engine.ts';
export {
  clusterInfoToEngine,
  type SwarmDetails,
  swarmSpecFromEngine,
  swarmSpecToEngine,
  swarmToEngine,
} from './engine/swarm.ts';
export { type TaskToEngineOptions, taskToEngine } from './engine/task-to-engine.ts';
export type * as Engine from './engine/types.ts';
export { tasksEqualStable } from './equality.ts';
export * from './objects.ts';
export { TaskState, type TaskStateName, taskStateName } from './task-state.ts';
