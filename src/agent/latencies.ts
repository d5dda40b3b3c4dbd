import { type Micros, millis, seconds } from '../base/index.ts';

/** Every pause that an agent makes of its own accord. What images and networks cost is said elsewhere. */
export interface AgentLatencies {
  /** Before a step that failed temporarily, or was cancelled, is tried again. Real: 1 s. */
  readonly stepRetry: Micros;
  /** From taking a task out of the load balancer to its stop signal, for gossip to converge. Real: 2 s. */
  readonly gossipConvergence: Micros;
  /** Between two looks for the node's addresses in a task's networks. Real: 100 ms. */
  readonly attachmentPoll: Micros;
  /** After which a task without them is rejected. Real: 30 s. */
  readonly attachmentTimeout: Micros;
  /** The first back-off after a session that failed; it doubles (and grows by this) up to `longestBackoff`. Real: 100 ms. */
  readonly firstBackoff: Micros;
  /** Real: 8 s. */
  readonly longestBackoff: Micros;
  /** For the first answer of a session, and for each heartbeat's. Real: 5 s. */
  readonly callTimeout: Micros;
  /** How often the agent looks whether its node's description has changed. Real: 20 s. */
  readonly descriptionCheck: Micros;
}

/** (swarmkit agent/{task,agent,session}.go; moby daemon/cluster/executor/container/{controller,adapter}.go) */
export const REAL_LATENCIES: AgentLatencies = {
  stepRetry: seconds(1),
  gossipConvergence: seconds(2),
  attachmentPoll: millis(100),
  attachmentTimeout: seconds(30),
  firstBackoff: millis(100),
  longestBackoff: seconds(8),
  callTimeout: seconds(5),
  descriptionCheck: seconds(20),
};

/**
 * An agent that does not hesitate. What only guards against misfortune (timeouts, back-off, the look for addresses)
 * stays as it is: without it a wait would turn into a busy loop.
 */
export const NO_LATENCIES: AgentLatencies = { ...REAL_LATENCIES, stepRetry: 0, gossipConvergence: 0 };
