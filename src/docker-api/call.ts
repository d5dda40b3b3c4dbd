import type { EpochOption } from '../api/index.ts';
import type { Swarm } from '../swarm/index.ts';

/** A request that has found its route: what a handler works with. */
export interface Call {
  readonly swarm: Swarm;
  /** The machine whose engine is asked. */
  readonly machine: string;
  /** The node that it is; one that has left its swarm has the machine's name. */
  readonly nodeId: string;
  readonly apiVersion: string;
  /** Parts of the path by their name in the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly epoch: EpochOption;
}

export interface Answer {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: the answer is empty. */
  readonly body?: unknown;
}

/** Answers a call. @throws Refusal, ApiError, InvalidParameterError */
export type Handler = (call: Call) => Answer;
