/** A node's agent: what it does about assignments, over scripted controllers or over containers of an engine. */
import type { EngineTimer } from '../../../src/agent/engine/context.ts';
import { Engine } from '../../../src/agent/engine/engine.ts';
import type { EngineRecords } from '../../../src/agent/engine/records.ts';
import { ContainerExecutor } from '../../../src/agent/executor/container-executor.ts';
import type { ExecutorRecords, ExecutorTimer } from '../../../src/agent/executor/context.ts';
import { REAL_LATENCIES } from '../../../src/agent/latencies.ts';
import { Reporter } from '../../../src/agent/reporter.ts';
import type { ManagerTimer } from '../../../src/agent/task-manager.ts';
import { Worker } from '../../../src/agent/worker.ts';
import { type Task, TaskState, type TaskStateName, type TaskStatus, taskStateName } from '../../../src/api/index.ts';
import { millis } from '../../../src/base/index.ts';
import { CallLog } from '../../support/agent-call-log.ts';
import { ScriptedExecutor, type ScriptTimer } from '../../support/agent-scripted-executor.ts';
import { inMillis, Timeline } from '../../support/agent-timeline.ts';
import { Upstream, type UpstreamTimer } from '../../support/agent-upstream.ts';
import {
  type AgentVector,
  type EngineEntry,
  type Op,
  type Report,
  taskOf,
  workloadOf,
} from '../../support/agent-vector.ts';
import { type Family, failed, firstDifference, isRecord, passed, type Verdict } from '../family.ts';

export const agent: Family = {
  name: 'agent',
  recognises: (content) => Array.isArray(content) && content.length > 0 && content.every(isAgentVector),
  cases: (content) => (content as AgentVector[]).map((vector) => ({ id: vector.id, run: () => replay(vector) })),
};

type Timer = EngineTimer | ExecutorTimer | ManagerTimer | ScriptTimer | UpstreamTimer;

function isAgentVector(value: unknown): boolean {
  return (
    isRecord(value) &&
    (value.kind === 'controller' || value.kind === 'container') &&
    isRecord(value.tasks) &&
    isRecord(value.expect) &&
    Array.isArray(value.expect.reports)
  );
}

function replay(vector: AgentVector): Verdict {
  const { reports, calls, engine = [], sent } = vector.expect;
  const seen = new Replay(vector).run();
  const got = { reports: seen.reports, calls: seen.calls, engine: seen.engine, sent: sent && seen.sent };
  const difference = firstDifference({ reports, calls, engine, sent }, got);
  return difference === undefined ? passed : failed(difference);
}

class Replay {
  readonly #vector: AgentVector;
  readonly #timeline: Timeline<Timer>;
  readonly #log: CallLog;
  readonly #worker: Worker;
  readonly #reporter: Reporter;
  readonly #upstream: Upstream;
  readonly #handlers: ((event: Timer) => boolean)[] = [];
  #engine: Engine | undefined;
  readonly #assigned = new Map<string, Task>();
  readonly #reports: Report[] = [];
  readonly #sent: Report[] = [];
  readonly #engineLog: EngineEntry[] = [];

  constructor(vector: AgentVector) {
    this.#vector = vector;
    this.#timeline = new Timeline<Timer>((event) => this.#handle(event));
    const { timers } = this.#timeline;
    this.#log = new CallLog(() => this.#now());
    this.#worker = new Worker({
      timers,
      executor: this.#log,
      stepRetry: REAL_LATENCIES.stepRetry,
      reported: (task, status) => {
        this.#reports.push(reportOf(this.#now(), task, status));
        this.#reporter.update(task, status);
      },
    });
    this.#reporter = new Reporter({ send: (task, status) => this.#upstream.send(task, status) });
    this.#upstream = new Upstream({
      timers,
      sendMs: vector.sendMs ?? 0,
      fails: vector.sendFails ?? 0,
      arrived: (task, status) => this.#sent.push(reportOf(this.#now(), task, status)),
      sent: (outcome) => this.#reporter.sent(outcome),
    });
    if (vector.kind === 'controller') this.#connectScripts();
    else this.#connectContainers();
  }

  run() {
    for (const op of this.#vector.ops) this.#timeline.at(op.at, () => this.#apply(op));
    this.#timeline.runUntil(this.#vector.endMs);
    return {
      reports: inOrder(withoutRepeats(this.#reports)),
      calls: inOrder(this.#log.calls),
      engine: [...this.#engineLog].sort((a, b) => a[0] - b[0] || compare(a[1], b[1])),
      sent: inOrder(lastOfInstant(this.#sent)),
    };
  }

  #handle(event: Timer): void {
    switch (event.kind) {
      case 'agent.retry':
        this.#worker.handle(event);
        break;
      case 'upstream.end':
        this.#upstream.handle();
        break;
      default:
        for (const handler of this.#handlers) if (handler(event)) return;
    }
  }

  #connectScripts(): void {
    const executor = new ScriptedExecutor(this.#vector.tasks, this.#timeline.timers, this.#log);
    this.#log.connect(executor, this.#worker);
    this.#handlers.push((event) => {
      if (event.kind !== 'script.end') return false;
      executor.handle(event);
      return true;
    });
  }

  #connectContainers(): void {
    const { timers } = this.#timeline;
    const engine: Engine = new Engine({
      timers,
      workload: workloadOf(this.#vector),
      listener: {
        replied: (request, reply) => executor.replied(request, reply),
        event: (container, action) => executor.event(container, action),
      },
      record: (kind, payload) => this.#noteEngine(kind, payload),
    });
    const executor: ContainerExecutor = new ContainerExecutor({
      engine,
      timers,
      latencies: REAL_LATENCIES,
      node: {
        network: (id) => ({ driver: this.#vector.tasks[id]?.network ?? 'overlay', name: id }),
        hasAddress: (id) => {
          const at = this.#vector.tasks[id]?.attachAtMs ?? 0;
          return at >= 0 && timers.now >= millis(at);
        },
        pathExists: () => false,
      },
      listener: this.#log,
      rotated: () => {},
      record: (kind, payload) => this.#noteEngine(kind, payload),
    });
    this.#engine = engine;
    this.#log.connect(executor, this.#worker);
    this.#handlers.push((event) => {
      if (event.kind.startsWith('engine.')) engine.handle(event as EngineTimer);
      else executor.handle(event as ExecutorTimer);
      return true;
    });
  }

  #apply(op: Op): void {
    switch (op.op) {
      case 'assign':
        this.#assign(this.#wanted(op.task!, op.desired!));
        break;
      case 'touch': {
        const last = this.#assigned.get(op.task!)!;
        const touched = Number(last.serviceLabels.touched ?? 0) + 1;
        this.#assign({ ...last, serviceLabels: { touched: String(touched) } });
        break;
      }
      case 'same':
        this.#assign(this.#assigned.get(op.task!)!);
        break;
      case 'remove':
        this.#assigned.delete(op.task!);
        this.#worker.update({ updated: [], removed: [op.task!] });
        break;
      case 'full': {
        const tasks = Object.entries(op.tasks ?? {}).map(([id, desired]) => this.#wanted(id, desired));
        this.#assigned.clear();
        for (const task of tasks) this.#assigned.set(task.id, task);
        this.#worker.assign(tasks);
        break;
      }
      case 'agentRestart':
        this.#worker.stop();
        this.#reporter.clear();
        this.#upstream.drop();
        this.#worker.start();
        break;
      case 'kill':
        this.#engine?.exit(`web.1.${op.task}`, op.code ?? 0);
        break;
      case 'offline':
      case 'online':
        this.#upstream.setOnline(op.op === 'online');
        break;
    }
  }

  #wanted(id: string, desired: TaskStateName): Task {
    const last = this.#assigned.get(id) ?? taskOf(id, this.#vector.tasks[id] ?? {}, this.#vector.kind);
    return { ...last, desiredState: TaskState[desired] };
  }

  #assign(task: Task): void {
    this.#assigned.set(task.id, task);
    this.#worker.update({ updated: [task], removed: [] });
  }

  #noteEngine<K extends keyof (EngineRecords & ExecutorRecords)>(kind: K, payload: unknown): void {
    const what = ENGINE_WORDS[kind]?.(payload as never);
    if (what === undefined) return;
    const { container, task } = payload as { container?: string; task?: string };
    this.#engineLog.push([this.#now(), task ?? container?.split('.').at(-1) ?? '', what]);
  }

  #now(): number {
    return inMillis(this.#timeline.simulator.now);
  }
}

type AllRecords = EngineRecords & ExecutorRecords;

/** The records that the vectors list, in their words. */
const ENGINE_WORDS: { readonly [K in keyof AllRecords]?: (payload: AllRecords[K]) => string } = {
  'image.pull-started': ({ image }) => `pull ${image}`,
  'image.pull-canceled': () => 'pull canceled',
  'container.create-requested': () => 'create',
  'container.start-requested': () => 'start',
  'container.activated': () => 'activate',
  'container.deactivated': () => 'deactivate',
  'container.stop-requested': ({ graceSeconds }) => `stop ${graceSeconds ?? 'default'}`,
  'container.signaled': ({ signal }) => `signal ${signal}`,
  'container.exited': ({ exitCode }) => `exit ${exitCode}`,
  'container.remove-requested': () => 'rm',
  'container.removed': () => 'removed',
};

function reportOf(t: number, task: string, { state, message, err, container }: TaskStatus): Report {
  return {
    t,
    task,
    state: taskStateName(state),
    message,
    ...(err !== undefined && { err }),
    ...(container?.exitCode !== undefined && { exit: container.exitCode }),
  };
}

/** A report equal to the task's previous one at the same instant is listed once. */
function withoutRepeats(reports: readonly Report[]): Report[] {
  const last = new Map<string, Report>();
  return reports.filter((report) => {
    const isRepeat = firstDifference(last.get(report.task), report) === undefined;
    last.set(report.task, report);
    return !isRepeat;
  });
}

/** Of several arrivals of a task at one instant only the last is listed. */
function lastOfInstant(reports: readonly Report[]): Report[] {
  return reports.filter(
    (report, index) => !reports.slice(index + 1).some((later) => later.t === report.t && later.task === report.task),
  );
}

/** By time, and within one instant by task; the order in which things happened decides the rest. */
function inOrder<T extends { readonly t: number; readonly task: string }>(entries: readonly T[]): T[] {
  return [...entries].sort((a, b) => a.t - b.t || compare(a.task, b.task));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
