import type { ImageDefinition, LogEntry } from '../agent/index.ts';
import { durationOf, formatDuration, type ManagerStatus, type ServiceSpec, type Task } from '../api/index.ts';
import { ApiError, assert, type DurationInput, type Instant, LimitError, microsOf, nanosOf } from '../base/index.ts';
import type { ApiRequest } from '../manager/index.ts';
import type { Seed, Trace } from '../sim/index.ts';
import { byName, MemoryStore, type ReadView } from '../store/index.ts';
import type { Action } from './action.ts';
import { throwIfRefused } from './calls.ts';
import { type SwarmCheckpoint, SwarmCore } from './core.ts';
import { type ServiceDefinition, specOf } from './definition.ts';
import { type Explanation, explainTask } from './explain.ts';
import { frozen } from './frozen.ts';
import { surroundingsOf } from './in-touch.ts';
import { leaveSwarm } from './leave.ts';
import { LiveView } from './live-view.ts';
import { NetworkHandle } from './network.ts';
import { NodeHandle } from './node.ts';
import type { ObservedSwarm } from './observed.ts';
import { type NodeDefinition, type ResolvedOptions, resolveOptions, type SwarmOptions } from './options.ts';
import type { ManagerReading } from './parcels.ts';
import type { SwarmRecords } from './records.ts';
import { ServiceHandle } from './service.ts';
import { endedSince, newsSince, underWay } from './settled.ts';

/** How long {@link Swarm.runUntilSettled} and {@link Swarm.runUntil} wait if nothing else is said. */
export const DEFAULT_PATIENCE = '1h';

export interface Patience {
  /** Virtual time after which to give up. Default {@link DEFAULT_PATIENCE}. */
  readonly within?: DurationInput;
}

export interface Interruption {
  /** Stops as soon as this holds; it is asked after every event. */
  readonly unless?: (swarm: Swarm) => boolean;
}

/** Images and how their containers behave. */
export interface Images {
  /**
   * Says how an image behaves from now on. One without a definition is there at once and runs until it is stopped.
   * @throws DryswarmError (`invalid-workload`, `invalid-duration`)
   */
  define(image: string, definition: ImageDefinition): void;
  /** What was said of an image, in whichever notation, by behaviour; undefined where nothing was. */
  get(image: string): ReadonlyMap<string, unknown> | undefined;
}

export interface Services {
  /** @throws ApiError in the daemon's words, DryswarmError for a duration or size that cannot be read. */
  create(service: ServiceDefinition | ServiceSpec): ServiceHandle;
  /** Every service, in the order in which they were created. */
  all(): readonly ServiceHandle[];
}

/** Whom a client asks. */
export interface CallOptions {
  /**
   * The name of the node whose daemon is called. Default: the leader's; without one, the first manager's whose machine
   * is up.
   */
  readonly on?: string;
}

/** What a manager has answered to a reader. */
export interface SwarmReading {
  /** The objects as of that moment. */
  readonly view: ReadView;
  /** The members of the raft group as the answering manager sees them, by the names of their nodes. */
  readonly managers: ReadonlyMap<string, ManagerStatus>;
}

/**
 * A simulated swarm. Everything is synchronous, and time is virtual: it passes in the `run` methods and in requests,
 * which take as long as the control plane takes. The same options, the same calls and the same seed give the same
 * trace, byte for byte.
 *
 * @example
 * const swarm = createSwarm({ managers: 1, workers: 3 });
 * const api = swarm.services.create({ name: 'api', image: 'numbers-api:v3', replicas: 6 });
 * swarm.runUntilSettled();
 * api.running;   // 6
 */
export class Swarm implements ObservedSwarm {
  readonly images: Images;
  readonly services: Services;
  /** The network between the machines: cuts, losses, latencies. */
  readonly network: NetworkHandle;
  /**
   * The stored objects, as the leader has committed them; without a leader as the manager has them that is best
   * informed and up, and without any as the last one had them. Always shows the present, and asks nobody: see
   * {@link Swarm.read} for what a client would get to see. Frozen when read through the handles; never to be changed.
   */
  readonly view: ReadView;
  readonly #core: SwarmCore;

  /** @internal Use {@link createSwarm}. */
  constructor(core: SwarmCore) {
    this.#core = core;
    this.view = new LiveView(() => core.store);
    this.network = new NetworkHandle({
      act: (action) => core.act(action),
      install: (rule) => core.cabling.install(rule),
      uninstall: (id) => core.cabling.uninstall(id),
      isConnected: (from, to) => core.cabling.network.isConnected(from, to),
      describe: () => core.cabling.describe(),
    });
    this.images = {
      define: (image, definition) => core.images.define(image, definition),
      get: (image) => core.images.get(image),
    };
    this.services = {
      create: (service) => this.#createService(service),
      all: () => core.store.services.all().map(({ id }) => this.#handle(id)),
    };
  }

  /** Virtual microseconds since the swarm was made. */
  get now(): Instant {
    return this.#core.now;
  }

  get seed(): Seed {
    return this.#core.options.seed;
  }

  get options(): ResolvedOptions {
    return this.#core.options;
  }

  /** What has happened, each record with the one it follows from. */
  get trace(): Pick<Trace<SwarmRecords>, 'enabled' | 'records' | 'hash'> {
    return this.#core.trace;
  }

  /** A service by its name. @throws ApiError (NotFound) */
  service(name: string): ServiceHandle {
    const [service] = this.view.services.find(byName(name));
    if (!service)
      throw new ApiError(
        'NotFound',
        `service ${name} not found`,
        this.#known(
          'services',
          this.services.all().map((handle) => handle.name),
        ),
      );
    return this.#handle(service.id);
  }

  /** A node by its name or id. @throws ApiError (NotFound) */
  node(name: string): NodeHandle {
    const node = this.view.nodes.get(name) ?? this.view.nodes.find(byName(name))[0];
    if (!node)
      throw new ApiError(
        'NotFound',
        `node ${name} not found`,
        this.#known(
          'nodes',
          this.view.nodes.all().map(({ id }) => id),
        ),
      );
    return this.#nodeHandle(node.id);
  }

  nodes(): readonly NodeHandle[] {
    return this.view.nodes.all().map(({ id }) => this.#nodeHandle(id));
  }

  /** Every stored task, history included. */
  tasks(): readonly Task[] {
    return frozen(this.view.tasks.all());
  }

  /** The node whose manager leads: it accepts writes. Of two that think so, the one of the later term. */
  get leader(): NodeHandle | undefined {
    const { leader } = this.#core;
    const node = leader && this.#core.machines.nodeAt(leader.name);
    return node === undefined ? undefined : this.#nodeHandle(node);
  }

  /** The nodes whose managers are members of the raft group, as {@link view} knows it; those that are down, too. */
  managers(): readonly NodeHandle[] {
    return this.#core.hosts.members().map(({ node }) => this.#nodeHandle(node));
  }

  /**
   * A machine joins the swarm (`docker swarm join`): a new one, or one that has left. It is a node as soon as a leader has
   * written so, which without one has to wait; with the role of a manager it is a member of the raft group a little later.
   * A machine that comes back is another node: `w1-2` after `w1`, which stays in the list until it is removed.
   * @throws ApiError for a machine that is in the swarm, or is off; DryswarmError (`invalid-options`) for a site that
   *   there is not.
   */
  join(node: NodeDefinition): NodeHandle {
    return this.#nodeHandle(this.#core.machines.join(node));
  }

  /** The names of all machines, those that are in no swarm included, in the order in which they came. */
  machines(): readonly string[] {
    return this.#core.machines.all().map(({ name }) => name);
  }

  /** The node that a machine is now, by its name or by a node that it has been; undefined where it is in no swarm. */
  nodeAt(machine: string): NodeHandle | undefined {
    const node = this.#core.machines.nodeAt(this.#core.machines.nameOf(machine));
    return node === undefined ? undefined : this.#nodeHandle(node);
  }

  /**
   * Asks the control API directly, in Swarm's own terms, and runs until it has answered: from a manager that does not
   * lead by way of the leader, and without a leader until the client's patience ends, after 20 s.
   * @throws ApiError: the refusal. "node lost leader status" means that nobody knows whether it was done.
   */
  request<A = unknown>(request: ApiRequest, { on }: CallOptions = {}): A {
    const outcome = this.#core.call(request, on);
    throwIfRefused(outcome);
    return ('answer' in outcome ? outcome.answer : undefined) as A;
  }

  /**
   * Reads as a client does (`docker node ls`), and runs until there is an answer. Only a leader answers; one that is cut
   * off does so too, from what it has, until it steps down.
   * @throws ApiError
   */
  read({ on }: CallOptions = {}): SwarmReading {
    const outcome = this.#core.call(undefined, on);
    throwIfRefused(outcome);
    assert('reading' in outcome, 'a reader is answered with a reading');
    const { store, managers } = outcome.reading;
    const view = new MemoryStore();
    view.restore(store);
    return { view, managers: new Map(managers.map((manager) => [manager.node, managerStatus(manager)])) };
  }

  /**
   * `docker swarm init --force-new-cluster`: the manager of that node becomes the only one, with everything that it
   * knows to be committed. What the others had committed without its knowledge is lost.
   */
  forceNewCluster(node: string): void {
    this.#core.act({ action: 'force-new-cluster', node });
  }

  /** Does something now or after a while, once everything else that is due then has settled. */
  schedule(action: Action, options: { readonly after?: DurationInput } = {}): void {
    this.#core.act(action, this.now + microsOf(durationOf(options.after ?? 0)));
  }

  /** A task's container ends by itself, now. */
  exit(task: Pick<Task, 'id'>, code = 1): void {
    this.#core.act({ action: 'exit', task: task.id, code });
  }

  /** Lets virtual time pass. */
  run({ for: span, unless }: { readonly for: DurationInput } & Interruption): void {
    this.#core.simulator.run({
      for: microsOf(durationOf(span)),
      ...(unless && { while: () => !unless(this) }),
    });
  }

  /**
   * Runs until `condition` holds; it is asked after every event.
   * @throws LimitError naming what was under way, when patience ends first.
   */
  runUntil(condition: (swarm: Swarm) => boolean, options: Patience = {}): void {
    const { deadline, within } = this.#deadline(options);
    let holds = condition(this);
    if (!holds) {
      this.#core.simulator.run({
        until: deadline,
        while: () => {
          holds = condition(this);
          return !holds;
        },
      });
    }
    if (!holds && !condition(this)) throw this.#impatience('the condition did not hold', within);
  }

  /**
   * Runs until nothing is under way: every task is where it is wanted, no update or rollback can still advance, and
   * nothing is queued but what comes again for ever.
   * @throws LimitError naming what was under way, when patience ends first: a crash loop or an update that waits for
   *   ever never settles.
   */
  runUntilSettled(options: Patience & Interruption = {}): void {
    const { deadline, within } = this.#deadline(options);
    const { simulator } = this.#core;
    const { unless } = options;
    let checked = '';
    let isSettled = false;
    let isInterrupted = false;
    simulator.run({
      until: deadline,
      while: () => {
        isInterrupted = unless?.(this) === true;
        if (isInterrupted) return false;
        if (simulator.pendingAperiodic > 0) return true;
        const state = this.#core.hosts.stamp;
        if (state === checked) return true;
        checked = state;
        isSettled = this.underWay().length === 0;
        return !isSettled;
      },
    });
    if (!isSettled && !isInterrupted && (simulator.pendingAperiodic > 0 || this.underWay().length > 0))
      throw this.#impatience('the swarm did not settle', within);
  }

  /** What keeps the swarm from being settled, in plain words. */
  underWay(): readonly string[] {
    return underWay(this.#core.store, surroundingsOf(this.#core));
  }

  /** Why a task is where it is, and the chain of causes that led there. */
  explain(task: Task): Explanation {
    const current = this.view.tasks.get(task.id) ?? task;
    return explainTask(frozen(current), this.#core.trace.records, (asked) => this.#core.explainPlacement(asked));
  }

  /**
   * What a task's container has printed so far, oldest first, whether it still runs or not: see `log` of
   * {@link ImageDefinition}. Empty where its machine has no such container, or no longer. What the cluster can show of it,
   * whose nodes may be out of reach, `docker service logs` says.
   */
  logs({ id, nodeId }: Task): readonly LogEntry[] {
    return this.#core.machines.as(nodeId)?.logOf(id) ?? [];
  }

  /** The whole swarm as one plain value, which {@link restoreSwarm} continues. */
  checkpoint(): SwarmCheckpoint {
    return this.#core.checkpoint();
  }

  /** A second swarm that continues from here; both live on, and neither sees what the other does. */
  fork(): Swarm {
    return restoreSwarm(this.checkpoint());
  }

  #createService(service: ServiceDefinition | ServiceSpec): ServiceHandle {
    const spec = 'task' in service ? service : specOf(service);
    const { id } = this.request<{ readonly id: string }>({ op: 'createService', spec });
    return this.#handle(id);
  }

  #handle(id: string): ServiceHandle {
    return new ServiceHandle(id, { swarm: this, request: (request) => this.request(request) });
  }

  #nodeHandle(id: string): NodeHandle {
    const core = this.#core;
    return new NodeHandle(id, {
      view: this.view,
      request: (request) => this.request(request),
      act: (action) => core.act(action),
      isUp: (node) => core.isUp(core.machines.nameOf(node)),
      isFrozen: (node) => core.standstill.isFrozen(core.machines.nameOf(node)),
      isReachable: (node) => surroundingsOf(core).isReachable(node),
      machineOf: (node) => core.machines.nameOf(node),
      isInSwarm: (node) => core.machines.nodeAt(core.machines.nameOf(node)) === node,
      lockOf: (node) => {
        const host = core.hosts.get(core.machines.nameOf(node));
        return host?.isLocked ? host.lock : undefined;
      },
      leave: (node, options) => leaveSwarm(core, node, options),
      managerStatus: (node) => {
        const found = core.hosts.members().find((manager) => manager.node === node);
        return found && managerStatus(found);
      },
    });
  }

  #deadline({ within = DEFAULT_PATIENCE }: Patience): { deadline: Instant; within: DurationInput } {
    return { deadline: this.now + microsOf(durationOf(within)), within };
  }

  #impatience(what: string, within: DurationInput): LimitError {
    const now = formatDuration(nanosOf(this.now));
    const text = formatDuration(durationOf(within));
    return new LimitError(`${what} within ${text} (now ${now}, seed ${this.seed})`, this.#pendingSince(within));
  }

  /** What is under way and what has ended while it was waited for, the last of it first; never more than a page. */
  #pendingSince(within: DurationInput): readonly string[] {
    const since = this.now - microsOf(durationOf(within));
    const { store } = this.#core;
    const pending = [...endedSince(store, since), ...this.underWay()];
    return (pending.length > 0 ? pending : newsSince(store, since)).slice(0, 20);
  }

  #known(what: string, names: readonly string[]): string {
    return names.length === 0 ? `there are no ${what}` : `there are: ${names.join(', ')}`;
  }
}

function managerStatus({ node, member, isLeader, isReachable }: ManagerReading): ManagerStatus {
  return { raftId: member, addr: node, leader: isLeader, reachability: isReachable ? 'reachable' : 'unreachable' };
}

/**
 * Makes a swarm. It begins as if it had been running: the first manager leads, and the others have what it has. Its
 * nodes register with the first moments of virtual time.
 * @throws DryswarmError (`invalid-options`)
 */
export function createSwarm(options: SwarmOptions = {}): Swarm {
  return new Swarm(new SwarmCore(resolveOptions(options)));
}

/** Continues from a checkpoint. Running on after a restore equals running on without. */
export function restoreSwarm(checkpoint: SwarmCheckpoint): Swarm {
  return new Swarm(new SwarmCore(checkpoint.options, checkpoint));
}
