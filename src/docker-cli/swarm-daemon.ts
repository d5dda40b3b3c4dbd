import { DEFAULT_EPOCH_MS } from '../api/index.ts';
import { DryswarmError } from '../base/index.ts';
import { engine } from '../docker-api/index.ts';
import type { Swarm } from '../swarm/index.ts';
import type { Daemon, DaemonResponse } from './daemon.ts';
import { CommandFailure } from './failure.ts';

const NANOS_PER_MS = 1e6;
const MICROS_PER_MS = 1000;

/** Which engine of a swarm a client speaks to, and what time it is there. */
export interface SwarmDaemonOptions {
  /** The node at whose engine the commands are typed, by id or name. Default: the leader. */
  readonly on?: string;
  /** The Unix time of the simulation's start, in milliseconds. Default 2024-01-01T00:00:00Z. */
  readonly epochMs?: number;
}

/** A node's engine as the client's port: while a command waits, the whole swarm lives on. */
export function swarmDaemon(swarm: Swarm, options: SwarmDaemonOptions = {}): Daemon {
  const api = engine(swarm, options);
  return {
    request: (request) => orNoConnection(() => api.handle(request)),
    wait: (milliseconds) => swarm.run({ for: milliseconds * NANOS_PER_MS }),
  };
}

/** The client's clock: the swarm's own, counted from the epoch. */
export function swarmClock(swarm: Swarm, { epochMs = DEFAULT_EPOCH_MS }: SwarmDaemonOptions = {}): () => number {
  return () => epochMs + swarm.now / MICROS_PER_MS;
}

function orNoConnection(ask: () => DaemonResponse): DaemonResponse {
  try {
    return ask();
  } catch (error) {
    if (!(error instanceof DryswarmError && error.code === 'engine-down')) throw error;
    throw new CommandFailure(
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    );
  }
}
