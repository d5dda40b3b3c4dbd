/** Machines that wait to be let into the swarm: they ask until a leader has written their node objects. */
import type { Node } from '../api/index.ts';
import { type Micros, seconds } from '../base/index.ts';
import type { NewEntity } from '../store/index.ts';
import type { Hosts } from './hosts.ts';
import { nodeObject } from './join.ts';
import type { Machine } from './machine.ts';
import type { Standstill } from './standstill.ts';

/** How long a machine waits before it asks again. */
const INTERVAL: Micros = seconds(1);

interface KnownMachines {
  get(name: string): Machine | undefined;
  /** The machine that is a node now. */
  as(node: string): Machine | undefined;
}

export class Newcomers {
  readonly #machines: KnownMachines;
  readonly #hosts: Hosts;
  readonly #kernel: Standstill;

  constructor(machines: KnownMachines, hosts: Hosts, kernel: Standstill) {
    this.#machines = machines;
    this.#hosts = hosts;
    this.#kernel = kernel;
  }

  ask(name: string): void {
    const machine = this.#machines.get(name);
    if (machine?.node === undefined || machine.hasJoined) return;
    const { leader } = this.#hosts;
    if (machine.isUp && leader && !this.#kernel.isFrozen(leader.name))
      leader.addNode(nodeObject(machine.node, machine));
    this.#kernel.schedule(this.#kernel.now + INTERVAL, { kind: 'join-due', node: name }, { periodic: true });
  }

  /** Its node object is written. */
  joined({ id }: NewEntity<Node>): void {
    const machine = this.#machines.as(id);
    if (!machine || machine.hasJoined) return;
    machine.start();
    this.#hosts.get(machine.name)?.join();
  }
}
