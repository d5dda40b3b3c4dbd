export type { Daemon, DaemonRequest, DaemonResponse } from './daemon.ts';
export { docker } from './docker.ts';
export { type DockerOptions, type DockerResult, type Files, runDocker } from './run-docker.ts';
export type { LogFrame } from './service/logs.ts';
