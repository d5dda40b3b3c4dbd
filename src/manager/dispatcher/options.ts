import type { FromDispatcher } from '../../api/index.ts';
import { type Micros, millis } from '../../base/index.ts';
import type { Seed } from '../../sim/index.ts';

/** Every pause that a dispatcher makes of its own accord, beside the periods of heartbeats. */
export interface DispatcherLatencies {
  /** Between two writes of what agents have reported. Registrations wait for the next one too. Real: 100 ms. */
  readonly batchInterval: Micros;
  /** From the last of a series of changes to the message that tells an agent of them. Real: 100 ms. */
  readonly assignmentDelay: Micros;
}

/** (swarmkit manager/dispatcher/dispatcher.go: maxBatchInterval, batchingWaitTime) */
export const DISPATCHER_LATENCIES: DispatcherLatencies = {
  batchInterval: millis(100),
  assignmentDelay: millis(100),
};

/** A dispatcher that does not hesitate. Heartbeats keep their periods: without them every node would be lost. */
export const NO_DISPATCHER_LATENCIES: DispatcherLatencies = { batchInterval: 0, assignmentDelay: 0 };

export interface DispatcherOptions {
  /** The way to the agents. It must not call back within the call. */
  readonly send: (nodeId: string, message: FromDispatcher) => void;
  /** Of the jitter of heartbeats. */
  readonly seed: Seed;
  /** How far a heartbeat's period may be from the cluster's, either way. Default 500 ms; 0 for none. */
  readonly heartbeatJitter?: Micros;
  /** Default {@link DISPATCHER_LATENCIES}. */
  readonly latencies?: DispatcherLatencies;
}

export const DEFAULT_HEARTBEAT_JITTER: Micros = millis(500);
