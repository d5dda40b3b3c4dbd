/** Machines that wait to be let into the swarm: they ask until a leader has written their node objects. */
import type { Node } from '../api/index.ts';
import { type Micros, seconds } from '../base/index.ts';
import type { NewEntity } from '../store/index.ts';
import type { Hosts } from './hosts.ts';
import { nodeObject } from './join.ts';
import type { Machine } from './machine.ts';
import type { Kernel } from './wire.ts';

/** How long a machine waits before it asks again. */
const INTERVAL: Micros = seconds(1);

export class Newcomers {
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #hosts: Hosts;
  readonly #kernel: Kernel;

  constructor(machines: ReadonlyMap<string, Machine>, hosts: Hosts, kernel: Kernel) {
    this.#machines = machines;
    this.#hosts = hosts;
    this.#kernel = kernel;
  }

  ask(node: string): void {
    const machine = this.#machines.get(node);
    if (!machine || machine.hasJoined) return;
    if (machine.isUp) this.#hosts.leader?.addNode(nodeObject(machine));
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
