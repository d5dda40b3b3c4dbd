import type { Task } from '../../../api/index.ts';
import type { NodeInfo } from '../node-info.ts';
import type { VolumeSet } from '../volumes.ts';

/**
 * One reason why a task may not run on a node. `Input` is all that the filter looks at of a task: tasks of one service
 * with equal inputs are treated alike, so it is plain data, and cheap to make.
 */
export interface Filter<Input = unknown> {
  /** In kebab-case. */
  readonly name: string;
  /**
   * Whether it looks at what is booked on the node. If not, a node that passes once passes for the whole pass, and is
   * not asked again.
   */
  readonly looksAtBookings: boolean;
  /** Undefined where the filter does not concern the task. */
  inputOf(task: Task, surroundings: Surroundings): Input | undefined;
  /** The test of a node for this input. Made once, then asked for node after node. */
  check(input: Input, surroundings: Surroundings): (info: NodeInfo) => boolean;
  /** Swarm's text under a waiting task, for a number of nodes that the filter refused. */
  explain(nodes: number): string;
  /** Why this node was refused, in a user's words. Called only for a node that does not pass. */
  refusal(input: Input, info: NodeInfo, surroundings: Surroundings): string;
}

/** What filters may look at beside the task and the node. */
export interface Surroundings {
  readonly volumes: VolumeSet;
  /** The driver of a network, '' where it names none or is not known. */
  networkDriver(networkId: string): string;
}

/** `1 node` or `n nodes`. */
export function countNodes(nodes: number): string {
  return nodes === 1 ? '1 node' : `${nodes} nodes`;
}
