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

export class Newcomers {
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #hosts: Hosts;
  readonly #kernel: Standstill;

  constructor(machines: ReadonlyMap<string, Machine>, hosts: Hosts, kernel: Standstill) {
    this.#machines = machines;
    this.#hosts = hosts;
    this.#kernel = kernel;
  }

  ask(node: string): void {
    const machine = this.#machines.get(node);
    if (!machine || machine.hasJoined) return;
    const { leader } = this.#hosts;
    if (machine.isUp && leader && !this.#kernel.isFrozen(leader.name)) leader.addNode(nodeObject(machine));
    this.#kernel.schedule(this.#kernel.now + INTERVAL, { kind: 'join-due', node }, { periodic: true });
  }

  /** Its node object is written. */
  joined({ id }: NewEntity<Node>): void {
    const machine = this.#machines.get(id);
    if (!machine || machine.hasJoined) return;
    machine.start();
    this.#hosts.get(id)?.join();
  }
}
