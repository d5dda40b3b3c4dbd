/** The machines of a swarm: which there are, which node each of them is, and how they come and go. */
import { IN_A_SWARM } from '../api/index.ts';
import { ApiError } from '../base/index.ts';
import { NO_DAEMON } from './calls.ts';
import type { Hosts } from './hosts.ts';
import { nodeObject } from './join.ts';
import { Machine, type MachineState, type Surroundings } from './machine.ts';
import { ManagerHost, type ManagerHostState } from './manager-host.ts';
import { Newcomers } from './newcomers.ts';
import { NodeIds, type NodeIdsState } from './node-ids.ts';
import type { NodeDefinition } from './options.ts';
import type { Standstill } from './standstill.ts';
import type { World } from './world.ts';

export interface MachinesState {
  readonly machines: readonly MachineState[];
  /** Of the same machines, in the same order. */
  readonly hosts: readonly ManagerHostState[];
  readonly nodeIds: NodeIdsState;
}

export interface MachinesOptions {
  readonly hosts: Hosts;
  readonly kernel: Standstill;
  readonly world: () => World;
  readonly surroundings: () => Surroundings;
  /** Puts a machine into a site. */
  readonly place: (machine: string, site: string) => void;
}

export class Machines {
  readonly #options: MachinesOptions;
  readonly #machines = new Map<string, Machine>();
  readonly #nodeIds: NodeIds;
  readonly #newcomers: Newcomers;

  constructor(options: MachinesOptions, nodeIds?: NodeIdsState) {
    this.#options = options;
    this.#nodeIds = new NodeIds(nodeIds);
    this.#newcomers = new Newcomers(this, options.hosts, options.kernel);
  }

  get(name: string): Machine | undefined {
    return this.#machines.get(name);
  }

  all(): readonly Machine[] {
    return [...this.#machines.values()];
  }

  isUp(name: string): boolean {
    return this.get(name)?.isUp === true;
  }

  /** The machine that a node is, or was; any other name is a machine's own. */
  nameOf(node: string): string {
    return this.#nodeIds.machineOf(node);
  }

  /** The node that a machine is; undefined where it is in no swarm. */
  nodeAt(machine: string): string | undefined {
    return this.#nodeIds.nodeOf(machine);
  }

  /** The machine that is a node now: one that has left is no longer it. */
  as(node: string): Machine | undefined {
    const machine = this.get(this.nameOf(node));
    return machine?.node === node ? machine : undefined;
  }

  /** Returns the id of its node. `managers`: the machines of those that it knows to begin with. */
  add(definition: NodeDefinition, managers: readonly string[]): string {
    const { hosts, world, surroundings } = this.#options;
    const { name, role = 'worker' } = definition;
    this.#machines.set(name, new Machine(definition, surroundings()));
    hosts.add(new ManagerHost({ name, role, world: world(), managers }));
    return this.#nodeIds.join(name);
  }

  /**
   * A machine joins, a new one or one that has left: it keeps asking until a leader has taken it. Returns the id of its
   * node.
   */
  join(definition: NodeDefinition): string {
    const { hosts, place } = this.#options;
    const managers = hosts.bestInformed?.memberAddresses ?? [];
    const { name, site } = definition;
    const machine = this.get(name);
    if (machine?.node !== undefined) throw new ApiError('Unavailable', IN_A_SWARM);
    if (machine?.isUp === false) throw new ApiError('Unavailable', NO_DAEMON);
    if (site !== undefined) place(name, site);
    const node = machine ? this.#rejoin(machine, definition, managers) : this.add(definition, managers);
    this.ask(name);
    return node;
  }

  /** A machine that waits to be let in asks again. */
  ask(machine: string): void {
    this.#newcomers.ask(machine);
  }

  /** Its object is written. */
  joined(node: Parameters<Newcomers['joined']>[0]): void {
    this.#newcomers.joined(node);
  }

  /** The agent starts, and then the manager that was locked. */
  unlock(name: string): void {
    this.get(name)?.unlock();
    this.#options.hosts.get(name)?.unlock();
  }

  /** Nobody is told: to the others the node is one that has gone silent. */
  leave(name: string): void {
    this.get(name)?.leave();
    this.#options.hosts.leave(name);
    this.#nodeIds.leave(name);
  }

  /** The objects of all nodes, as they are written first. */
  nodeObjects(): ReturnType<typeof nodeObject>[] {
    return this.all().map((machine) => nodeObject(this.nodeAt(machine.name) ?? machine.name, machine));
  }

  checkpoint(): MachinesState {
    return {
      machines: this.all().map((machine) => machine.checkpoint()),
      hosts: this.#options.hosts.all().map((host) => host.checkpoint()),
      nodeIds: this.#nodeIds.checkpoint(),
    };
  }

  restore({ machines, hosts: states }: MachinesState): void {
    const { hosts, world, surroundings } = this.#options;
    machines.forEach((state, index) => {
      const { name, role = 'worker' } = state.definition;
      this.#machines.set(name, new Machine(state.definition, surroundings(), state));
      hosts.add(new ManagerHost({ name, role, world: world(), managers: [] }, states[index]));
    });
  }

  #rejoin(machine: Machine, definition: NodeDefinition, managers: readonly string[]): string {
    const { name, role = 'worker' } = definition;
    machine.redefine(definition);
    this.#options.hosts.get(name)?.enrol(role, managers);
    return this.#nodeIds.join(name);
  }
}
