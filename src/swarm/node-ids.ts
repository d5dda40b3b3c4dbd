/** Who is who: a machine that has left its swarm and joins it again is another node. */

export interface NodeIdsState {
  /** The machine of each id that was ever given out, in that order. */
  readonly machines: readonly (readonly [node: string, machine: string])[];
  /** The node that each machine is which is in the swarm. */
  readonly nodes: readonly (readonly [machine: string, node: string])[];
}

export class NodeIds {
  readonly #machines: Map<string, string>;
  readonly #nodes: Map<string, string>;

  constructor({ machines, nodes }: NodeIdsState = { machines: [], nodes: [] }) {
    this.#machines = new Map(machines);
    this.#nodes = new Map(nodes);
  }

  /** The node that a machine is; undefined where it is in no swarm. */
  nodeOf(machine: string): string | undefined {
    return this.#nodes.get(machine);
  }

  /** The machine that a node is, or was; any other name is a machine's own. */
  machineOf(node: string): string {
    return this.#machines.get(node) ?? node;
  }

  /** A machine joins: as a node of its own name, or with a number where that was one already. */
  join(machine: string): string {
    let node = machine;
    for (let count = 2; this.#machines.has(node); count += 1) node = `${machine}-${count}`;
    this.#machines.set(node, machine);
    this.#nodes.set(machine, node);
    return node;
  }

  leave(machine: string): void {
    this.#nodes.delete(machine);
  }

  checkpoint(): NodeIdsState {
    return { machines: [...this.#machines], nodes: [...this.#nodes] };
  }
}
