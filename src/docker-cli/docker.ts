import type { Daemon } from './daemon.ts';
import { splitShellWords } from './go/shell-words.ts';
import { type DockerOptions, type DockerResult, runDocker } from './run-docker.ts';

/**
 * Runs a whole command line, split into words as a shell does: `docker(daemon, 'service update --image web:v2 web',
 * { now })`. The word `docker` in front may be left out.
 */
export function docker(daemon: Daemon, commandLine: string, options: Omit<DockerOptions, 'daemon'>): DockerResult {
  const words = splitShellWords(commandLine);
  return runDocker(words[0] === 'docker' ? words.slice(1) : words, { ...options, daemon, now: () => options.now() });
}
