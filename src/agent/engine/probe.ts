/** What becomes of one run of a health check. All of it is known when the probe begins. */
import { formatDuration, type HealthConfig } from '../../api/index.ts';
import type { Micros } from '../../base/index.ts';
import { nanosOf, seconds } from '../../base/index.ts';
import { probeCommand, probePlan } from './health-config.ts';

/** How a probe's process behaves. Absent durations are 0. */
export interface Probe {
  /** Until its process runs; the timeout does not count this. */
  readonly startDelay?: Micros;
  /** How long its process runs, or that it never ends by itself. */
  readonly runs?: Micros | 'for ever';
  /** Default 0. */
  readonly exitCode?: number;
  /** It cannot be started; known after `startDelay`. */
  readonly error?: string;
  /** What it writes when it starts. */
  readonly output?: string;
  /** How long something else keeps its output open after its end. */
  readonly outputHeld?: Micros;
  /** How long it takes to kill it after a timeout. */
  readonly killDelay?: Micros;
}

export interface ProbeResult {
  readonly duration: Micros;
  /** -1: it took too long or could not be run. */
  readonly exitCode: number;
  readonly output: string;
}

/** Starting a probe has a limit of its own, because the engine's work is not the container's fault. */
const LONGEST_START = seconds(30);
/** After the end of a probe the engine reads on for so long if something holds its output open. */
const LONGEST_OUTPUT = seconds(2);
const OUTPUT_BYTES = 4096;

/**
 * (moby daemon/health.go, cmdProbe.run; the wait for the output: daemon/monitor.go, ProcessEvent)
 */
export function probeResult(check: HealthConfig, containerId: string, probe: Probe): ProbeResult {
  if (probeCommand(check)?.length === 0) {
    return failedAfter(0, `healthcheck for container ${containerId} has no command`);
  }
  const { startDelay = 0, runs = 0, outputHeld = 0, killDelay = 0, output = '' } = probe;
  if (startDelay > LONGEST_START) {
    return failedAfter(LONGEST_START, `timed out starting health check for container ${containerId}`);
  }
  if (probe.error !== undefined) return failedAfter(startDelay, probe.error);
  const { timeout } = probePlan(check);
  const kept = limitedOutput(output);
  const length = runs === 'for ever' ? Number.POSITIVE_INFINITY : runs + Math.min(outputHeld, LONGEST_OUTPUT);
  if (length <= timeout) return { duration: startDelay + length, exitCode: probe.exitCode ?? 0, output: kept };
  // The engine kills what still runs. Where only the output is held open, it waits for that all the same: the end of
  // the process has the exec's lock until then (ProcessEvent; daemon/exec.go, ContainerExecStart).
  const isAlive = runs === 'for ever' || runs > timeout;
  const text = `Health check exceeded timeout (${formatDuration(nanosOf(timeout))})`;
  return failedAfter(startDelay + (isAlive ? timeout + killDelay : length), kept === '' ? text : `${text}: ${kept}`);
}

function failedAfter(duration: Micros, output: string): ProbeResult {
  return { duration, exitCode: -1, output };
}

/** The first 4096 bytes, marked where something is missing. The bytes of a character cut in two read as U+FFFD. */
function limitedOutput(output: string): string {
  let bytes = 0;
  let kept = '';
  for (const character of output) {
    const size = utf8Bytes(character.codePointAt(0)!);
    if (bytes + size > OUTPUT_BYTES) return `${kept}${'\ufffd'.repeat(OUTPUT_BYTES - bytes)}...`;
    bytes += size;
    kept += character;
  }
  return kept;
}

function utf8Bytes(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
