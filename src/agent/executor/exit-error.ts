import type { ControllerError } from '../controller.ts';

/** How a container's end reads in a task's status; undefined for a good one. */
export function exitError(exitCode: number, isUnhealthy: boolean): ControllerError | undefined {
  if (exitCode === 0) return undefined;
  const text = `task: non-zero exit (${exitCode})`;
  return { kind: 'fatal', text: isUnhealthy ? `${text}: dockerexec: unhealthy container` : text, exitCode };
}
