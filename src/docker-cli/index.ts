export type { LogFrame } from '../docker-api/index.ts';
export type { Daemon, DaemonRequest, DaemonResponse } from './daemon.ts';
export { docker, type SwarmDockerOptions } from './docker.ts';
export { type DockerOptions, type DockerResult, type Files, runDocker } from './run-docker.ts';
export { type SwarmDaemonOptions, swarmClock, swarmDaemon } from './swarm-daemon.ts';
