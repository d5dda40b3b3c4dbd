/** The engine's health checks: how a monitor probes and counts, and how a service's and an image's check combine. */

import type { ContainerConfig, EngineTimer } from '../../../src/agent/engine/context.ts';
import { Engine } from '../../../src/agent/engine/engine.ts';
import { effectiveHealthcheck, healthcheckError } from '../../../src/agent/engine/health-config.ts';
import type { EngineRecords } from '../../../src/agent/engine/records.ts';
import { agentTask } from '../../support/agent-task.ts';
import { inMillis, Timeline } from '../../support/agent-timeline.ts';
import {
  healthConfigOf,
  lastFrom,
  probeOf,
  runOf,
  type VectorHealth,
  type VectorRun,
} from '../../support/agent-vector-run.ts';
import { type Family, failed, firstDifference, isRecord, passed, type Verdict } from '../family.ts';

export const health: Family = {
  name: 'health',
  recognises: (content) =>
    Array.isArray(content) && content.length > 0 && content.every((v) => isMonitor(v) || isConfig(v)),
  cases: (content) =>
    (content as (MonitorVector | ConfigVector)[]).map((vector) => ({
      id: vector.id,
      run: () => ('service' in vector ? runConfig(vector) : runMonitor(vector)),
    })),
};

interface ConfigVector {
  readonly id: string;
  readonly service: VectorHealth | null;
  readonly image: VectorHealth | null;
  readonly expect: { readonly effective: VectorHealth | null; readonly error?: string };
}

interface MonitorVector {
  readonly id: string;
  readonly health: VectorHealth | null;
  readonly runs: readonly VectorRun[];
  readonly ops: readonly { readonly at: number; readonly op: string; readonly exit?: number }[];
  readonly endMs: number;
  readonly expect: Expectation;
}

interface Expectation {
  readonly probes: readonly {
    readonly start: number;
    readonly end: number;
    readonly exit: number;
    readonly output?: string;
    readonly streak: number;
    readonly status: string;
  }[];
  readonly unfinished?: readonly number[];
  readonly status: readonly (readonly [number, string])[];
  readonly events: readonly (readonly [number, string])[];
  readonly final: { readonly status: string; readonly streak?: number; readonly logEntries?: number };
}

function isMonitor(value: unknown): boolean {
  return isRecord(value) && 'health' in value && Array.isArray(value.runs) && Array.isArray(value.ops);
}

function isConfig(value: unknown): boolean {
  return (
    isRecord(value) && 'service' in value && 'image' in value && isRecord(value.expect) && 'effective' in value.expect
  );
}

function runConfig({ service, image, expect }: ConfigVector): Verdict {
  const config = (given: VectorHealth | null) => (given === null ? undefined : healthConfigOf(given));
  const effective = effectiveHealthcheck(config(service), config(image));
  const expected = { effective: config(expect.effective), error: expect.error };
  return verdict(expected, { effective, error: healthcheckError(effective) });
}

const NAME = 'container';

function runMonitor(vector: MonitorVector): Verdict {
  const seen = observe(vector);
  const { probes, unfinished = [], status, events, final } = vector.expect;
  return verdict({ probes, unfinished, status, events, final: { streak: 0, logEntries: 0, ...final } }, seen);
}

function verdict(expected: unknown, got: unknown): Verdict {
  const difference = firstDifference(expected, got);
  return difference === undefined ? passed : failed(difference);
}

/** Runs the vector on an engine of its own and writes down what its expectation speaks of. */
function observe({ health: check, runs, ops, endMs }: MonitorVector) {
  const probes: Expectation['probes'][number][] = [];
  const begun: number[] = [];
  const status: (readonly [number, string])[] = [];
  const events: (readonly [number, string])[] = [];
  const now = () => inMillis(timeline.simulator.now);

  const timeline: Timeline<EngineTimer> = new Timeline((event) => engine.handle(event), noteStatus);
  const engine: Engine = new Engine({
    timers: timeline.timers,
    workload: {
      isPresent: () => true,
      imageConfig: () => ({}),
      pull: () => ({ duration: 0 }),
      create: () => ({ duration: 0 }),
      run: (_, run) => runOf(lastFrom(runs, run) ?? {}),
      probe: (_, { run, probe }) => probeOf(lastFrom(runs, run) ?? {}, probe),
      remove: () => 0,
    },
    listener: { replied: () => {}, event: () => {} },
    record(kind, payload) {
      if (kind === 'probe.begun') begun.push(inMillis((payload as EngineRecords['probe.begun']).start));
      else if (kind === 'probe.ended') {
        const { start, end, exitCode, output, failingStreak, status: after } = payload as EngineRecords['probe.ended'];
        const result = { exit: exitCode, streak: failingStreak, status: after, ...(output !== '' && { output }) };
        probes.push({ start: inMillis(start), end: inMillis(end), ...result });
      } else if (kind === 'container.event-raised') {
        const { action } = payload as EngineRecords['container.event-raised'];
        if (action !== 'create') events.push([now(), action]);
      }
    },
  });

  function noteStatus(): void {
    const shown = engine.look(NAME)?.health?.status ?? 'none';
    if (shown !== (status.at(-1)?.[1] ?? 'none')) status.push([now(), shown]);
  }

  const config: ContainerConfig = {
    id: 'cid',
    name: NAME,
    image: 'image',
    task: agentTask('task'),
    hostPorts: [],
    ...(check !== null && { healthcheck: healthConfigOf(check) }),
  };
  engine.create(0, config);
  const acts: Readonly<Record<string, (exit: number) => void>> = {
    start: () => engine.start(0, NAME),
    exit: (code) => engine.exit(NAME, code),
    pause: () => engine.pause(NAME),
    unpause: () => engine.unpause(NAME),
    oom: () => engine.outOfMemory(NAME),
    daemonRestart: () => engine.restart(),
  };
  for (const { at, op, exit = 0 } of ops) timeline.at(at, () => acts[op]!(exit));
  timeline.runUntil(endMs);

  const final = engine.look(NAME)?.health;
  return {
    probes,
    unfinished: begun.filter((start) => !probes.some((probe) => probe.start === start)),
    status,
    events,
    final: {
      status: final?.status ?? 'none',
      streak: final?.failingStreak ?? 0,
      logEntries: final?.log.length ?? 0,
    },
  };
}
