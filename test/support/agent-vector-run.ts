/** The life of a container as the health and agent vectors write it, in the words of a workload. */
import type { Probe, Run } from '../../src/agent/engine/workload.ts';
import type { HealthConfig } from '../../src/api/index.ts';
import { millis } from '../../src/base/index.ts';

export interface VectorHealth {
  readonly test?: readonly string[];
  readonly intervalMs?: number;
  readonly timeoutMs?: number;
  readonly retries?: number;
  readonly startPeriodMs?: number;
  readonly startIntervalMs?: number;
}

export interface VectorProbe {
  readonly startMs?: number;
  readonly runMs?: number;
  readonly exit?: number;
  readonly hang?: boolean;
  readonly error?: string;
  readonly output?: string;
  readonly holdMs?: number;
  readonly killMs?: number;
}

export interface VectorRun {
  readonly bootMs?: number;
  readonly startError?: string;
  readonly exitAfterMs?: number;
  readonly exitCode?: number;
  readonly termMs?: number;
  readonly termExit?: number;
  readonly ignoresTerm?: boolean;
  readonly killMs?: number;
  readonly probes?: readonly VectorProbe[];
}

const NANOS_PER_MILLI = 1_000_000;

export function healthConfigOf(health: VectorHealth): HealthConfig {
  return {
    ...(health.test !== undefined && { test: health.test }),
    interval: (health.intervalMs ?? 0) * NANOS_PER_MILLI,
    timeout: (health.timeoutMs ?? 0) * NANOS_PER_MILLI,
    retries: health.retries ?? 0,
    startPeriod: (health.startPeriodMs ?? 0) * NANOS_PER_MILLI,
    startInterval: (health.startIntervalMs ?? 0) * NANOS_PER_MILLI,
  };
}

export function probeOf(run: VectorRun, probe: number): Probe {
  const given = lastFrom(run.probes, probe) ?? {};
  return {
    startDelay: millis(given.startMs ?? 0),
    runs: given.hang ? 'for ever' : millis(given.runMs ?? 0),
    exitCode: given.exit ?? 0,
    ...(given.error !== undefined && { error: given.error }),
    output: given.output ?? '',
    outputHeld: millis(given.holdMs ?? 0),
    killDelay: millis(given.killMs ?? 0),
  };
}

export function runOf(run: VectorRun): Run {
  return {
    boot: millis(run.bootMs ?? 0),
    ...(run.startError !== undefined && { startError: { text: run.startError } }),
    ...(run.exitAfterMs !== undefined && { ends: { after: millis(run.exitAfterMs), exitCode: run.exitCode ?? 0 } }),
    onStopSignal: run.ignoresTerm ? 'ignores' : { after: millis(run.termMs ?? 0), exitCode: run.termExit ?? 0 },
    killDelay: millis(run.killMs ?? 0),
  };
}

/** The `count`th entry, counted from 1; the last one repeats. */
export function lastFrom<T>(entries: readonly T[] | undefined, count: number): T | undefined {
  return entries?.[Math.min(count, entries.length) - 1];
}
