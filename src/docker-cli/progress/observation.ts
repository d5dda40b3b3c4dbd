import type { Service } from '../engine/service-types.ts';
import type { Task } from '../engine/task-types.ts';

/** What one poll saw. */
export interface Observation {
  readonly service: Service;
  /** The tasks that match the current spec. */
  readonly tasks: readonly Task[];
  /** The IDs of the nodes that are not down. */
  readonly activeNodes: ReadonlySet<string>;
  readonly isRollback: boolean;
}

/** Shows how far a service of one mode has come (docker/cli cli/command/service/progress). */
export interface ProgressUpdater {
  /** Prints what changed; true once the service is where it should be. */
  update(observation: Observation): boolean;
}
