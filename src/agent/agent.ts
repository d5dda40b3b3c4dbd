import type { FromDispatcher, NodeDescription, SessionNumber, Task, TaskStatus } from '../api/index.ts';
import { deepEqual, type Instant } from '../base/index.ts';
import type { DispatcherPort } from './dispatcher-port.ts';
import type { EngineState, EngineTimer } from './engine/context.ts';
import { Engine } from './engine/engine.ts';
import type { EngineRecords } from './engine/records.ts';
import type { Workload } from './engine/workload.ts';
import { ContainerExecutor } from './executor/container-executor.ts';
import type { ExecutorRecords, ExecutorState, ExecutorTimer, NodeEnvironment, Rotation } from './executor/context.ts';
import { type AgentLatencies, REAL_LATENCIES } from './latencies.ts';
import { Reporter, type ReporterState } from './reporter.ts';
import { type NextHeartbeat, Session, type SessionRecords, type SessionState, type SessionTimer } from './session.ts';
import type { ManagerTimer } from './task-manager.ts';
import type { TimerId, Timers } from './timers.ts';
import { Worker, type WorkerState } from './worker.ts';

/** All that a node knows, its disk and its engine included: plain data. */
export interface AgentState {
  readonly worker: WorkerState;
  readonly reporter: ReporterState;
  readonly session: SessionState;
  readonly executor: ExecutorState;
  readonly engine: EngineState;
  readonly life: LifeState;
}

export interface LifeState {
  isRunning: boolean;
  /** No more assignments are accepted. */
  hasLeft: boolean;
  /** As last told to a manager. */
  description: NodeDescription | undefined;
  /** When the agent was started: it looks at the node's description at regular intervals from here. */
  startedAt: Instant;
  /** The next look that may find something new. */
  descriptionTimer: TimerId | undefined;
}

export type AgentTimer =
  | EngineTimer
  | ExecutorTimer
  | ManagerTimer
  | SessionTimer
  | { readonly kind: 'agent.description-due' };

export interface AgentRecords extends EngineRecords, ExecutorRecords, SessionRecords {
  /** A status that the agent has reached and stored; the managers learn of it later, or never. */
  readonly 'task.observed': { readonly task: string; readonly status: TaskStatus };
}

/** All that an agent needs of the world. `swarm/` plugs in the simulated one, a test a double. */
export interface AgentPorts {
  readonly timers: Timers<AgentTimer>;
  readonly dispatcher: DispatcherPort;
  readonly node: NodeEnvironment;
  readonly workload: Workload;
  /** What the node reports of itself; see {@link Agent.noteDescription}. */
  describe(): NodeDescription;
  /** A number in [0, 1), drawn anew each time: for the pause before a session is opened again. */
  random(): number;
  /** A task's place in the load balancing of its networks has changed. */
  rotated(task: Task, rotation: Rotation): void;
  record<K extends keyof AgentRecords>(kind: K, payload: AgentRecords[K]): void;
}

export interface AgentOptions {
  /** To go on from; by default a node that has never run. */
  readonly state?: AgentState;
  /** Default {@link REAL_LATENCIES}. */
  readonly latencies?: AgentLatencies;
}

/**
 * A node's agent with its engine: the worker side of Swarm.
 *
 * All that it does, it does in answer to `start`, `receive` and `handle`; what it wants from the world, it asks of
 * its ports. Everything that it knows is in {@link Agent.state}, plain data: an agent made over a copy of another's
 * state goes on like the other. (swarmkit agent/agent.go)
 */
export class Agent {
  readonly state: AgentState;
  readonly #ports: AgentPorts;
  readonly #latencies: AgentLatencies;
  readonly #engine: Engine;
  readonly #executor: ContainerExecutor;
  readonly #worker: Worker;
  readonly #reporter: Reporter;
  readonly #session: Session;

  constructor(ports: AgentPorts, { state, latencies = REAL_LATENCIES }: AgentOptions = {}) {
    const { timers, workload, dispatcher, node } = ports;
    const record = ports.record.bind(ports);
    this.#ports = ports;
    this.#latencies = latencies;
    this.#engine = new Engine({
      ...(state && { state: state.engine }),
      timers,
      workload,
      record,
      listener: {
        replied: (request, reply) => this.#executor.replied(request, reply),
        event: (container, action) => this.#executor.event(container, action),
      },
    });
    this.#executor = new ContainerExecutor({
      ...(state && { state: state.executor }),
      engine: this.#engine,
      timers,
      latencies,
      node,
      record,
      rotated: (task, rotation) => ports.rotated(task, rotation),
      listener: { returned: (call, error) => this.#worker.returned(call, error) },
    });
    this.#worker = new Worker({
      ...(state && { state: state.worker }),
      timers,
      executor: this.#executor,
      stepRetry: latencies.stepRetry,
      reported: (task, status) => this.#reported(task, status),
    });
    this.#reporter = new Reporter({
      ...(state && { state: state.reporter }),
      send: (taskId, status) => this.#session.send(taskId, status),
    });
    this.#session = new Session({
      ...(state && { state: state.session }),
      timers,
      latencies,
      dispatcher,
      record,
      describe: () => this.#describe(),
      random: () => ports.random(),
      listener: {
        opened: () => this.#opened(),
        sent: (outcome) => this.#reporter.sent(outcome),
        assigned: (message) => this.#assigned(message),
      },
    });
    this.state = {
      worker: this.#worker.state,
      reporter: this.#reporter.state,
      session: this.#session.state,
      executor: this.#executor.state,
      engine: this.#engine.state,
      life: state?.life ?? {
        isRunning: false,
        hasLeft: false,
        description: undefined,
        startedAt: 0,
        descriptionTimer: undefined,
      },
    };
  }

  /** The engine, for what befalls containers from outside: an exit, a pause. */
  get engine(): Engine {
    return this.#engine;
  }

  /** The agent starts, over what is on its disk. */
  start(): void {
    const { life } = this.state;
    if (life.isRunning) return;
    life.isRunning = true;
    life.startedAt = this.#ports.timers.now;
    this.#worker.start();
    this.#session.start();
  }

  /** The agent stops in good order. Its containers live on, and so do their health checks. */
  stop(): void {
    if (!this.state.life.isRunning) return;
    this.#worker.stop();
    this.#end();
    this.#session.stop();
  }

  /** The machine is gone from one moment to the next, with its containers. What is on its disk stays. */
  crash(): void {
    this.#worker.crash();
    this.#executor.crash();
    this.#engine.crash();
    this.#end();
    this.#session.crash();
  }

  /** Removes all of the node's tasks and accepts no new ones. */
  leave(): void {
    this.state.life.hasLeft = true;
    this.#worker.assign([]);
  }

  /** For another agent on the same machine, which belongs to no swarm: images stay, and sessions are counted on. */
  successor(): AgentState {
    const { state } = new Agent(this.#ports, { latencies: this.#latencies });
    const { engine, session } = this.state;
    return {
      ...state,
      engine: { ...state.engine, pulledImages: new Set(engine.pulledImages) },
      session: { ...state.session, number: session.number },
    };
  }

  /**
   * What the node reports of itself may have changed. The managers are told at the agent's next look: real ones look
   * every 20 s and mostly find nothing, so here nobody looks before there is a reason to.
   */
  noteDescription(): void {
    const { life } = this.state;
    if (life.isRunning && life.descriptionTimer === undefined) this.#wakeForDescription();
  }

  /**
   * The answer to its session's heartbeat is on its way, and so on for all to come: no more need be sent, see
   * {@link Session.rest}. Returns when that heartbeat was sent; undefined where the session is another one.
   */
  rest(session: SessionNumber): Instant | undefined {
    return this.#session.rest(session) ? this.state.session.askedAt : undefined;
  }

  /** Its session rests no longer. */
  resume(next: NextHeartbeat): void {
    this.#session.resume(next);
  }

  /** A message from a manager. */
  receive(message: FromDispatcher): void {
    this.#session.receive(message);
  }

  /** One of its timers is due. */
  handle(event: AgentTimer): void {
    switch (event.kind) {
      case 'agent.retry':
        this.#worker.handle(event);
        break;
      case 'agent.description-due':
        this.#checkDescription();
        break;
      case 'agent.session-due':
      case 'agent.session-timeout':
      case 'agent.heartbeat-due':
      case 'agent.heartbeat-timeout':
        this.#session.handle(event);
        break;
      case 'executor.attachment-poll':
      case 'executor.converged':
        this.#executor.handle(event);
        break;
      default:
        this.#engine.handle(event);
    }
  }

  #end(): void {
    const { life } = this.state;
    life.isRunning = false;
    if (life.descriptionTimer !== undefined) this.#ports.timers.cancel(life.descriptionTimer);
    life.descriptionTimer = undefined;
    // Before the session is closed: what it loses is not to be sent again.
    this.#reporter.clear();
  }

  #reported(task: string, status: TaskStatus): void {
    this.#ports.record('task.observed', { task, status });
    this.#reporter.update(task, status);
  }

  /** A manager that has lost sight of the node is told everything again. */
  #opened(): void {
    const { sending } = this.#reporter.state;
    if (sending !== undefined) this.#session.send(sending.taskId, sending.status);
    this.#worker.reportAll();
  }

  #assigned({ set, updated, removed }: FromDispatcher & { kind: 'assignments' }): void {
    if (this.state.life.hasLeft) return;
    if (set === 'complete') this.#worker.assign(updated);
    else this.#worker.update({ updated, removed });
  }

  #describe(): NodeDescription {
    const description = this.#ports.describe();
    this.state.life.description = description;
    return description;
  }

  #checkDescription(): void {
    const { life } = this.state;
    life.descriptionTimer = undefined;
    if (deepEqual(this.#ports.describe(), life.description)) return;
    this.#session.renew();
    // It may not have been possible just now.
    this.#wakeForDescription();
  }

  /** At the next look after this moment. */
  #wakeForDescription(): void {
    const { timers } = this.#ports;
    const { life } = this.state;
    const interval = this.#latencies.descriptionCheck;
    const at = timers.now + interval - ((timers.now - life.startedAt) % interval);
    life.descriptionTimer = timers.wake(at, { kind: 'agent.description-due' }, { periodic: true });
  }
}
