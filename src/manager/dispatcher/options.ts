import type { FromDispatcher, SessionNumber } from '../../api/index.ts';
import { type Instant, type Micros, millis } from '../../base/index.ts';
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
  /** Default: every heartbeat is sent. */
  readonly quiet?: QuietHeartbeats;
}

/**
 * Who knows both ends of a session can tell when its heartbeats go to and fro without anything happening, and spare
 * them: the session *rests*. What would be under way at any later moment follows from its last heartbeat.
 */
export interface QuietHeartbeats {
  /** A heartbeat is about to be answered. True: the session rests from now on, and nobody awaits its heartbeats. */
  rest(nodeId: string, beat: Beat): boolean;
  /**
   * What a resting session depends on is about to change: it goes on as if it had never rested. The dispatcher
   * learns of it through {@link HEARTBEATS_RESUMED}.
   */
  disturb(nodeId: string): void;
}

/** A heartbeat as it is answered, with what all later ones follow from. */
export interface Beat {
  readonly session: SessionNumber;
  readonly sessionId: string;
  readonly heardAt: Instant;
  /** After which the next one is expected. */
  readonly period: Micros;
  /** How many periods were drawn for the session, this one included. */
  readonly periods: number;
  readonly rhythm: Rhythm;
}

/** How long the periods of a session are. */
export interface Rhythm {
  /** The cluster's heartbeat period. */
  readonly period: Micros;
  readonly jitter: Micros;
  readonly seed: Seed;
}

export const DEFAULT_HEARTBEAT_JITTER: Micros = millis(500);
