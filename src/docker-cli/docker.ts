import type { Swarm } from '../swarm/index.ts';
import type { Daemon } from './daemon.ts';
import { commandWords } from './flags/types.ts';
import { type DockerOptions, type DockerResult, runDocker } from './run-docker.ts';
import { type SwarmDaemonOptions, swarmClock, swarmDaemon } from './swarm-daemon.ts';

const HOUR_MS = 3_600_000;

/** Options of {@link docker} on a simulated swarm, which has a clock of its own. */
export interface SwarmDockerOptions extends Omit<DockerOptions, 'daemon' | 'now'>, SwarmDaemonOptions {
  /**
   * Virtual milliseconds after which the user presses Ctrl-C if the command is still waiting. Default: an hour, since
   * an update may wait for ever.
   */
  readonly patienceMs?: number;
}

/**
 * Types a command line of the docker client, version 28.2.2, at a node of a simulated swarm. It is split into words as a
 * shell does; the word `docker` in front may be left out. A command that waits lets virtual time pass.
 *
 * @example
 * const swarm = createSwarm({ managers: 1, workers: 3 });
 * docker(swarm, 'service create --name web --replicas 3 web:v1');
 * docker(swarm, 'service update --image web:v2 web').stdout;
 * docker(swarm, 'node ls', { on: 'w1' }).stderr;   // Error response from daemon: This node is not a swarm manager. ...
 *
 * @throws LimitError where a budget of the swarm runs out, ApiError (NotFound) for an unknown node in `on`. What goes
 *   wrong in the command itself is in the result.
 */
export function docker(swarm: Swarm, commandLine: string, options?: SwarmDockerOptions): DockerResult;
/** The same at whatever answers as an engine does. */
export function docker(daemon: Daemon, commandLine: string, options: OwnClock): DockerResult;
export function docker(
  target: Swarm | Daemon,
  commandLine: string,
  options: SwarmDockerOptions | OwnClock = {},
): DockerResult {
  const words = commandWords(commandLine);
  const argv = words[0] === 'docker' ? words.slice(1) : words;
  return runDocker(argv, 'wait' in target ? atDaemon(target, options as OwnClock) : atSwarm(target, options));
}

type OwnClock = Omit<DockerOptions, 'daemon'>;

function atDaemon(daemon: Daemon, options: OwnClock): DockerOptions {
  return { ...options, daemon, now: () => options.now() };
}

function atSwarm(swarm: Swarm, options: SwarmDockerOptions): DockerOptions {
  return { patienceMs: HOUR_MS, ...options, daemon: swarmDaemon(swarm, options), now: swarmClock(swarm, options) };
}
