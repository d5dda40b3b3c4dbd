/** One machine: an engine with its agent, and what it looks like from outside. */
import {
  Agent,
  type AgentState,
  type AgentTimer,
  containerName,
  type ImageWorkload,
  type LogEntry,
  type NextHeartbeat,
} from '../agent/index.ts';
import type { FromDispatcher, NodeDescription, SessionNumber, Task, ToDispatcher } from '../api/index.ts';
import { copyState, type Instant } from '../base/index.ts';
import { phaseOf } from '../manager/index.ts';
import { HashStream, type Seed } from '../sim/index.ts';
import { memoryBytes, type NodeDefinition, type ResolvedLatencies } from './options.ts';
import type { SwarmTrace } from './tracer.ts';
import type { Kernel } from './wire.ts';

/** What a machine needs of the swarm that it is in. */
export interface Surroundings {
  readonly seed: Seed;
  readonly latencies: ResolvedLatencies;
  readonly trace: SwarmTrace;
  readonly images: ImageWorkload;
  readonly kernel: Kernel;
  /** The node that a machine is; undefined where it is in no swarm. */
  nodeAt(machine: string): string | undefined;
  /** A manager on the machine has to be unlocked first. */
  isLocked(machine: string): boolean;
  /** A manager for a new session. */
  selectManager(from: string): string | undefined;
  /** A session with a manager is over. */
  sessionEnded(from: string, manager: string): void;
  send(from: string, manager: string, message: ToDispatcher, cause: number | undefined): void;
  /** The agent's session rests, and is about to end. */
  disturb(from: string): void;
  networkDriver(networkId: string): { readonly driver: string; readonly name: string } | undefined;
}

export interface MachineState {
  readonly definition: NodeDefinition;
  readonly agent: AgentState;
  readonly isUp: boolean;
  readonly hasJoined: boolean;
  readonly draws: number;
}

/** What a stock engine on Linux reports of itself. (docker info, Plugins) */
const ENGINE_PLUGINS: readonly { readonly type: string; readonly name: string }[] = [
  ...['awslogs', 'fluentd', 'gcplogs', 'gelf', 'journald', 'json-file', 'local', 'splunk', 'syslog'].map((name) => ({
    type: 'Log',
    name,
  })),
  ...['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'].map((name) => ({ type: 'Network', name })),
  { type: 'Volume', name: 'local' },
];

/** The engine version that every simulated node reports. */
export const ENGINE_VERSION = '28.2.2';

export class Machine {
  #definition: NodeDefinition;
  readonly #around: Surroundings;
  readonly #random: HashStream;
  #draws = 0;
  #agent: Agent;
  /** The agent's state is part of a checkpoint: it has to be copied before anything happens to it. */
  #isShared = false;
  /** What the machine's present doing follows from. */
  #cause: number | undefined;
  isUp = true;
  /** Its node object is written, and its agent was started. */
  hasJoined = false;

  constructor(definition: NodeDefinition, around: Surroundings, state?: MachineState) {
    this.#definition = definition;
    this.#around = around;
    this.#random = new HashStream(around.seed, `agent/${definition.name}/back-off`);
    this.#agent = this.#createAgent(state?.agent);
    if (!state) return;
    this.#isShared = true;
    this.#draws = state.draws;
    this.isUp = state.isUp;
    this.hasJoined = state.hasJoined;
  }

  get definition(): NodeDefinition {
    return this.#definition;
  }

  get name(): string {
    return this.#definition.name;
  }

  /** The node that it is; undefined where it is in no swarm. */
  get node(): string | undefined {
    return this.#around.nodeAt(this.name);
  }

  start(): void {
    if (this.hasJoined) return;
    this.hasJoined = true;
    this.#begin().start();
  }

  handle(timer: AgentTimer): void {
    if (this.isUp) this.#begin().handle(timer);
  }

  receive(message: FromDispatcher): void {
    if (this.isUp) this.#begin().receive(message);
  }

  crash(): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.#begin().crash();
  }

  boot(): void {
    if (this.isUp) return;
    this.isUp = true;
    if (this.hasJoined && !this.#around.isLocked(this.name)) this.#begin().start();
  }

  /** Its manager can be started again, and with it the agent. */
  unlock(): void {
    if (this.isUp && this.hasJoined) this.#begin().start();
  }

  /**
   * The daemon stops its agent, removes the containers of its tasks and erases what it knew of the swarm
   * (moby daemon/cluster/swarm.go, Leave). Images stay.
   */
  leave(): void {
    const agent = this.#begin();
    agent.stop();
    agent.crash();
    this.#agent = this.#createAgent(agent.successor());
    this.hasJoined = false;
  }

  /** It is about to join a swarm again, as a node like this; its hardware stays where nothing else is said. */
  redefine(definition: NodeDefinition): void {
    const { role: _role, availability: _availability, labels: _labels, ...hardware } = this.#definition;
    this.#definition = { ...hardware, ...definition };
  }

  /** The number of its agent's present session. */
  get session(): number {
    return this.#agent.state.session.number;
  }

  /** The manager that its agent has chosen for its present session. */
  get manager(): string | undefined {
    return this.#agent.state.session.manager;
  }

  /** See {@link Agent.rest}. */
  rest(session: SessionNumber): Instant | undefined {
    return this.isUp ? this.#own().rest(session) : undefined;
  }

  /** The agent's session rests no longer. */
  resume(next: NextHeartbeat): void {
    this.#own().resume(next);
  }

  /** A task's container ends by itself. Says whether the task has one here. */
  exitTask(taskId: string, code: number): boolean {
    const task = this.#agent.state.worker.stored.get(taskId)?.task;
    if (!this.isUp || !task || !this.#agent.engine.look(containerName(task))) return false;
    this.#begin().engine.exit(containerName(task), code);
    return true;
  }

  /** What a task's container has printed here. */
  logOf(taskId: string): readonly LogEntry[] {
    return this.#agent.engine.logOf(taskId);
  }

  describe(): NodeDescription {
    const { name, platform, cpus = 4, engineLabels } = this.definition;
    return {
      hostname: name,
      platform: platform ?? { os: 'linux', architecture: 'x86_64' },
      resources: { nanoCpus: Math.round(cpus * 1e9), memoryBytes: memoryBytes(this.definition) },
      engine: { version: ENGINE_VERSION, plugins: ENGINE_PLUGINS, ...(engineLabels && { labels: engineLabels }) },
    };
  }

  checkpoint(): MachineState {
    this.#isShared = true;
    const { definition, isUp, hasJoined } = this;
    return { definition, agent: this.#agent.state, isUp, hasJoined, draws: this.#draws };
  }

  /** The agent, for something new: what it records of that follows from nothing that it did before. */
  #begin(): Agent {
    this.#cause = undefined;
    return this.#own();
  }

  #own(): Agent {
    if (!this.#isShared) return this.#agent;
    this.#isShared = false;
    this.#agent = this.#createAgent(copyState(this.#agent.state));
    return this.#agent;
  }

  #createAgent(state: AgentState | undefined): Agent {
    const { kernel, trace, images, latencies } = this.#around;
    const { name } = this.definition;
    return new Agent(
      {
        timers: {
          get now() {
            return kernel.now;
          },
          wake: (at, timer, options = {}) =>
            kernel.schedule(
              at,
              { kind: 'agent', node: name, timer },
              {
                priority: phaseOf(kernel) + (options.phase ?? 0),
                ...(options.periodic && { periodic: true }),
              },
            ),
          cancel: (id) => void kernel.cancel(id),
        },
        dispatcher: {
          selectManager: () => this.#around.selectManager(name),
          send: (manager, message) => this.#around.send(name, manager, message, this.#cause),
          ended: (manager) => this.#around.sessionEnded(name, manager),
          disturb: () => this.#around.disturb(name),
        },
        node: {
          network: (networkId) => this.#around.networkDriver(networkId),
          hasAddress: () => true,
          pathExists: () => true,
        },
        workload: images,
        describe: () => this.describe(),
        random: () => {
          this.#draws += 1;
          return this.#random.unit(this.#draws);
        },
        rotated: (_task: Task) => {},
        record: (kind, payload) => {
          if (!trace.enabled) return;
          this.#cause =
            trace.omit(kind) ??
            trace.record(kind, { ...payload, node: name } as never, { by: `${name}/agent`, because: this.#cause });
        },
      },
      { ...(state && { state }), latencies },
    );
  }
}
