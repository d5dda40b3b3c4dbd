/** One agent with a manager that is a double: it grants sessions, hands out tasks and writes down what it is told. */
import { Agent, type AgentRecords, type AgentState, type AgentTimer } from '../../src/agent/agent.ts';
import type { DispatcherPort } from '../../src/agent/dispatcher-port.ts';
import { type AgentLatencies, REAL_LATENCIES } from '../../src/agent/latencies.ts';
import type { ImageDefinition } from '../../src/agent/workload/behaviours.ts';
import { ImageWorkload } from '../../src/agent/workload/image-workload.ts';
import type { FromDispatcher, NodeDescription, Task, ToDispatcher } from '../../src/api/index.ts';
import { TaskState, type TaskStateName, taskStateName } from '../../src/api/index.ts';
import { millis, seconds } from '../../src/base/index.ts';
import type { SimulatorCheckpoint } from '../../src/sim/index.ts';
import { type Act, inMillis, Timeline } from './agent-timeline.ts';

interface Delivery {
  readonly kind: 'world.delivery';
  readonly message: FromDispatcher;
}

export type WorldEvent = AgentTimer | Delivery;

export interface WorldOptions {
  readonly images?: Readonly<Record<string, ImageDefinition>>;
  readonly latencies?: AgentLatencies;
  readonly seed?: number;
  readonly state?: AgentState;
}

export interface Entry {
  readonly at: number;
  readonly kind: string;
  readonly payload: unknown;
}

export class AgentWorld implements DispatcherPort {
  readonly agent: Agent;
  readonly timeline: Timeline<WorldEvent>;
  readonly images: ImageWorkload;
  readonly records: Entry[] = [];
  /** Everything that the agent has said to the manager. */
  readonly heard: { readonly at: number; readonly message: ToDispatcher }[] = [];
  /** Statuses as they reached the manager: `1500 t1 RUNNING`. */
  readonly statuses: string[] = [];
  readonly tasks = new Map<string, Task>();
  isReachable = true;
  description: NodeDescription = { hostname: 'w1' };
  session = 0;

  constructor({ images = {}, latencies = REAL_LATENCIES, seed = 1, state }: WorldOptions = {}) {
    this.timeline = new Timeline<WorldEvent>((event) => {
      if (event.kind === 'world.delivery') this.agent.receive(event.message);
      else this.agent.handle(event);
    });
    this.images = new ImageWorkload({ seed, identify: () => ({ attempt: 1, nth: 1, node: 'w1' }) });
    for (const [image, definition] of Object.entries(images)) this.images.define(image, definition);
    this.agent = new Agent(
      {
        timers: this.timeline.timers,
        dispatcher: this,
        workload: this.images,
        node: {
          network: () => ({ driver: 'overlay', name: 'net' }),
          hasAddress: () => true,
          pathExists: () => true,
        },
        describe: () => this.description,
        random: () => 0.5,
        rotated: (task, rotation) => this.#note('rotated', { task: task.id, rotation }),
        record: <K extends keyof AgentRecords>(kind: K, payload: AgentRecords[K]) => this.#note(kind, payload),
      },
      { latencies, ...(state && { state }) },
    );
  }

  selectManager(): string {
    return 'm1';
  }

  send(_: string, message: ToDispatcher): void {
    this.heard.push({ at: this.now, message });
    if (!this.isReachable) return;
    const { session } = message;
    switch (message.kind) {
      case 'open-session':
        this.session = session;
        this.#answer({ kind: 'session-opened', session, sessionId: `s${session}` });
        break;
      case 'open-assignments':
        this.#answer({ kind: 'assignments', session, set: 'complete', updated: [...this.tasks.values()], removed: [] });
        break;
      case 'heartbeat':
        this.#answer({ kind: 'heartbeat-answered', session, period: seconds(5) });
        break;
      case 'update-task-status':
        this.statuses.push(`${this.now} ${message.taskId} ${taskStateName(message.status.state)}`);
        this.#answer({ kind: 'task-status-answered', session });
        break;
    }
  }

  /** Assigns a task, or changes its desired state. */
  assign(task: Task, desired: TaskStateName = 'RUNNING'): void {
    const wanted = { ...task, desiredState: TaskState[desired] };
    this.tasks.set(task.id, wanted);
    this.#increment([wanted], []);
  }

  remove(id: string): void {
    this.tasks.delete(id);
    this.#increment([], [id]);
  }

  breakSession(error = 'transport is closing'): void {
    this.agent.receive({ kind: 'session-failed', session: this.session, error });
  }

  /** Runs for a while, and then does something. */
  at(milliseconds: number, act: () => void): this {
    this.timeline.runUntil(milliseconds);
    act();
    return this;
  }

  runUntil(milliseconds: number): this {
    this.timeline.runUntil(milliseconds);
    return this;
  }

  get now(): number {
    return inMillis(this.timeline.simulator.now);
  }

  /** The task's states as the agent reached them: `0 ACCEPTED`. */
  states(id: string): string[] {
    const seen = this.records.filter(
      ({ kind, payload }) => kind === 'task.observed' && (payload as AgentRecords['task.observed']).task === id,
    );
    const lines = seen.map(({ at, payload }) => {
      const { status } = payload as AgentRecords['task.observed'];
      return `${at} ${taskStateName(status.state)}${status.err === undefined ? '' : `: ${status.err}`}`;
    });
    return lines.filter((line, index) => line !== lines[index - 1]);
  }

  recordsOf(...kinds: readonly string[]): Entry[] {
    return this.records.filter((record) => kinds.includes(record.kind));
  }

  checkpoint(): { state: AgentState; simulator: SimulatorCheckpoint<WorldEvent | Act> } {
    return { state: structuredClone(this.agent.state), simulator: this.timeline.simulator.checkpoint() };
  }

  #increment(updated: readonly Task[], removed: readonly string[]): void {
    if (!this.isReachable || this.agent.state.session.phase !== 'open') return;
    this.#answer({ kind: 'assignments', session: this.session, set: 'incremental', updated, removed });
  }

  #answer(message: FromDispatcher): void {
    this.timeline.simulator.schedule(this.timeline.simulator.now + millis(0), { kind: 'world.delivery', message });
  }

  #note(kind: string, payload: unknown): void {
    this.records.push({ at: this.now, kind, payload });
  }
}
