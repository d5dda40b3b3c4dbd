import type { ImageDefinition } from '../agent/index.ts';
import { durationOf, formatDuration, type ServiceSpec, type Task } from '../api/index.ts';
import { ApiError, type DurationInput, type Instant, LimitError, microsOf, nanosOf } from '../base/index.ts';
import type { ApiRequest } from '../manager/index.ts';
import type { Seed, Trace } from '../sim/index.ts';
import { byName, type ReadView } from '../store/index.ts';
import type { Action } from './action.ts';
import { answerOf, type SwarmCheckpoint, SwarmCore } from './core.ts';
import { type ServiceDefinition, specOf } from './definition.ts';
import { type Explanation, explainTask } from './explain.ts';
import { frozen } from './frozen.ts';
import { NodeHandle } from './node.ts';
import type { ObservedSwarm } from './observed.ts';
import { type NodeDefinition, type ResolvedOptions, resolveOptions, type SwarmOptions } from './options.ts';
import type { SwarmRecords } from './records.ts';
import { ServiceHandle } from './service.ts';
import { underWay } from './settled.ts';

/** How long {@link Swarm.runUntilSettled} and {@link Swarm.runUntil} wait if nothing else is said. */
export const DEFAULT_PATIENCE = '1h';

export interface Patience {
  /** Virtual time after which to give up. Default {@link DEFAULT_PATIENCE}. */
  readonly within?: DurationInput;
}

/** Images and how their containers behave. */
export interface Images {
  /**
   * Says how an image behaves from now on. One without a definition is there at once and runs until it is stopped.
   * @throws DryswarmError (`invalid-workload`, `invalid-duration`)
   */
  define(image: string, definition: ImageDefinition): void;
}

export interface Services {
  /** @throws ApiError in the daemon's words, DryswarmError for a duration or size that cannot be read. */
  create(service: ServiceDefinition | ServiceSpec): ServiceHandle;
  /** Every service, in the order in which they were created. */
  all(): readonly ServiceHandle[];
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
  readonly #core: SwarmCore;

  /** @internal Use {@link createSwarm}. */
  constructor(core: SwarmCore) {
    this.#core = core;
    this.images = { define: (image, definition) => core.images.define(image, definition) };
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

  /** The stored objects, as the leader has committed them. Frozen when read through the handles; never to be changed. */
  get view(): ReadView {
    return this.#core.store;
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

  /** A new machine joins the swarm. */
  join(node: NodeDefinition): NodeHandle {
    this.#core.join(node);
    return this.#nodeHandle(node.name);
  }

  /** Asks the control API directly, in Swarm's own terms. @throws ApiError */
  request<A = unknown>(request: ApiRequest): A {
    return answerOf<A>(this.#core.request(request));
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
  run(options: { readonly for: DurationInput }): void {
    this.#core.simulator.run({ for: microsOf(durationOf(options.for)) });
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
  runUntilSettled(options: Patience = {}): void {
    const { deadline, within } = this.#deadline(options);
    const { simulator } = this.#core;
    let checked = -1;
    let isSettled = false;
    simulator.run({
      until: deadline,
      while: () => {
        if (simulator.pendingAperiodic > 0 || this.view.index === checked) return true;
        checked = this.view.index;
        isSettled = this.underWay().length === 0;
        return !isSettled;
      },
    });
    if (!isSettled && (simulator.pendingAperiodic > 0 || this.underWay().length > 0))
      throw this.#impatience('the swarm did not settle', within);
  }

  /** What keeps the swarm from being settled, in plain words. */
  underWay(): readonly string[] {
    return underWay(this.view, this.#core.machines);
  }

  /** Why a task is where it is, and the chain of causes that led there. */
  explain(task: Task): Explanation {
    const current = this.view.tasks.get(task.id) ?? task;
    return explainTask(frozen(current), this.#core.trace.records, (asked) => this.#core.explainPlacement(asked));
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
      isUp: (node) => core.machines.get(node)?.isUp ?? false,
    });
  }

  #deadline({ within = DEFAULT_PATIENCE }: Patience): { deadline: Instant; within: DurationInput } {
    return { deadline: this.now + microsOf(durationOf(within)), within };
  }

  #impatience(what: string, within: DurationInput): LimitError {
    const now = formatDuration(nanosOf(this.now));
    const text = formatDuration(durationOf(within));
    return new LimitError(`${what} within ${text} (now ${now}, seed ${this.seed})`, this.underWay().slice(0, 20));
  }

  #known(what: string, names: readonly string[]): string {
    return names.length === 0 ? `there are no ${what}` : `there are: ${names.join(', ')}`;
  }
}

/**
 * Makes a swarm. Its nodes register with the first moments of virtual time.
 * @throws DryswarmError (`invalid-options`)
 */
export function createSwarm(options: SwarmOptions = {}): Swarm {
  return new Swarm(new SwarmCore(resolveOptions(options)));
}

/** Continues from a checkpoint. Running on after a restore equals running on without. */
export function restoreSwarm(checkpoint: SwarmCheckpoint): Swarm {
  return new Swarm(new SwarmCore(checkpoint.options, checkpoint));
}
