/** A node of a swarm, as a user holds it: the object in the store and the machine behind it. */
import type { Availability, Labels, ManagerStatus, Node, NodeRole, NodeSpec, Task } from '../api/index.ts';
import { ApiError } from '../base/index.ts';
import type { ApiRequest } from '../manager/index.ts';
import { byNodeId, type ReadView } from '../store/index.ts';
import type { Action } from './action.ts';
import { frozen } from './frozen.ts';

/** What a handle needs of its swarm. */
export interface NodeContext {
  readonly view: ReadView;
  request(request: ApiRequest): unknown;
  act(action: Action): void;
  isUp(node: string): boolean;
  isFrozen(node: string): boolean;
  isReachable(node: string): boolean;
  /** Whether its machine is still this node. */
  machineOf(node: string): string;
  isInSwarm(node: string): boolean;
  lockOf(node: string): number | undefined;
  leave(node: string, options: { readonly force: boolean }): void;
  managerStatus(node: string): ManagerStatus | undefined;
}

export class NodeHandle {
  readonly id: string;
  readonly #context: NodeContext;

  constructor(id: string, context: NodeContext) {
    this.id = id;
    this.#context = context;
  }

  /** The stored object. @throws ApiError (NotFound) once the node is removed. */
  get object(): Node {
    const node = this.#context.view.nodes.get(this.id);
    if (!node) throw new ApiError('NotFound', `node ${this.id} not found`);
    return frozen(node);
  }

  get name(): string {
    return this.object.description?.hostname ?? this.id;
  }

  /** As the managers see it: `ready`, `down`, `unknown`. */
  get state(): Node['status']['state'] {
    return this.object.status.state;
  }

  get availability(): Availability {
    return this.object.spec.availability;
  }

  /** The role that it is to have; the one in effect, `object.role`, follows. */
  get role(): NodeRole {
    return this.object.spec.role;
  }

  /**
   * How the leader sees it as a manager (without a leader, the best informed manager); undefined where it is no member of
   * the raft group: a worker, or a manager not yet or no longer.
   */
  get managerStatus(): ManagerStatus | undefined {
    return this.#context.managerStatus(this.id);
  }

  /** Whether the machine is switched on, whatever the managers know. */
  get isUp(): boolean {
    return this.#context.isUp(this.id);
  }

  /** Whether the machine stands still, see {@link freeze}. */
  get isFrozen(): boolean {
    return this.#context.isFrozen(this.id);
  }

  /** Whether the machine and the leader's can talk now, whatever the managers know. Without a leader none is reachable. */
  get isReachable(): boolean {
    return this.#context.isReachable(this.id);
  }

  /** The name of the machine that it is, or was. */
  get machine(): string {
    return this.#context.machineOf(this.id);
  }

  /** Whether its machine is still this node: not once it has left, be it to join again as another one. */
  get isInSwarm(): boolean {
    return this.#context.isInSwarm(this.id);
  }

  /**
   * The unlock key that its manager waits for since it was started again, by how often the key was rotated; undefined where
   * it waits for none. Managers lock themselves where the cluster's specification says `autoLockManagers`.
   */
  get lock(): number | undefined {
    return this.#context.lockOf(this.id);
  }

  tasks(): readonly Task[] {
    return frozen(this.#context.view.tasks.find(byNodeId(this.id)));
  }

  /** `docker node update --availability`. */
  setAvailability(availability: Availability): void {
    this.#update({ availability });
  }

  drain(): void {
    this.setAvailability('drain');
  }

  pause(): void {
    this.setAvailability('pause');
  }

  activate(): void {
    this.setAvailability('active');
  }

  /** `docker node promote`. It is a manager once it has a new certificate and has joined, in about half a second. */
  promote(): void {
    this.#update({ role: 'manager' });
  }

  /** `docker node demote`. @throws ApiError where that would leave too few managers. */
  demote(): void {
    this.#update({ role: 'worker' });
  }

  /** Replaces all labels. */
  setLabels(labels: Labels): void {
    this.#update({ labels });
  }

  /** `docker node rm`. */
  remove(options: { readonly force?: boolean } = {}): void {
    this.#context.request({ op: 'removeNode', id: this.id, force: options.force ?? false });
  }

  /**
   * `docker swarm leave`, on the node itself. Its containers are removed, and it knows nothing of the swarm any more; to
   * the swarm it is a node that has gone down. A manager leaves only by `force`, and the raft group counts it as a member
   * until it is demoted, so that the others may be too few. It joins again as another node, see {@link Swarm.join}.
   * @throws ApiError in the daemon's words: the warning that a manager gets without `force`, and what it would lose.
   */
  leave({ force = false }: { readonly force?: boolean } = {}): void {
    this.#context.leave(this.id, { force });
  }

  /** `docker swarm unlock` on the node, with the right key. Nothing where it is not locked. */
  unlock(): void {
    this.#context.act({ action: 'unlock', node: this.id });
  }

  /** The machine loses power: containers die, the disk stays. The managers notice by its silence. */
  crash(): void {
    this.#context.act({ action: 'crash', node: this.id });
  }

  /** A crashed machine is switched on again. */
  boot(): void {
    this.#context.act({ action: 'boot', node: this.id });
  }

  /**
   * The machine stands still, as one does whose hypervisor has paused it: containers, agent and manager lose nothing, and
   * do nothing. What falls due meanwhile happens when it thaws. The managers notice by its silence.
   */
  freeze(): void {
    this.#context.act({ action: 'freeze', node: this.id });
  }

  /** A frozen machine goes on; it does not know that time has passed. */
  thaw(): void {
    this.#context.act({ action: 'thaw', node: this.id });
  }

  /** Cuts the machine off the network; what runs there runs on. */
  disconnect(): void {
    this.#context.act({ action: 'disconnect', node: this.id });
  }

  reconnect(): void {
    this.#context.act({ action: 'reconnect', node: this.id });
  }

  #update(change: Partial<NodeSpec>): void {
    const { spec, version } = this.object;
    this.#context.request({ op: 'updateNode', id: this.id, version, spec: { ...spec, ...change } });
  }
}
