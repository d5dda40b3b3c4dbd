/** Faults over a simulated swarm. */
import { type Availability, TaskState } from '../api/index.ts';
import type { Instant } from '../base/index.ts';
import type { FaultPort, ImageTrouble } from '../faults/index.ts';
import { isSameImage } from '../faults/index.ts';
import type { Action, ImageDefinition, Swarm } from '../swarm/index.ts';
import { taskLives } from './history.ts';
import { imagesIn, imagesOf, type Release } from './release.ts';

export interface SwarmFaultPortOptions {
  readonly swarm: Swarm;
  /** How images behave without any trouble. */
  readonly images: Readonly<Record<string, ImageDefinition>>;
  readonly release: Release;
}

interface Trouble {
  readonly owner: string;
  readonly image: string;
  readonly trouble: ImageTrouble;
}

export class SwarmFaultPort implements FaultPort {
  readonly #swarm: Swarm;
  readonly #options: SwarmFaultPortOptions;
  /** Rules of the network by the fault that installed them. */
  readonly #cuts = new Map<string, readonly string[]>();
  readonly #cutOff = new Set<string>();
  #troubles: readonly Trouble[] = [];

  constructor(options: SwarmFaultPortOptions) {
    this.#swarm = options.swarm;
    this.#options = options;
  }

  nodes() {
    return this.#swarm.view.nodes.all();
  }

  isUp(node: string): boolean {
    return this.#swarm.node(node).isUp;
  }

  isAwake(name: string): boolean {
    const node = this.#swarm.node(name);
    return node.isUp && !node.isFrozen;
  }

  isConnected(node: string): boolean {
    return !this.#cutOff.has(node);
  }

  leader(): string | undefined {
    return this.#swarm.leader?.id;
  }

  running() {
    return this.#swarm.view.tasks.all().filter(({ status }) => status.state === TaskState.RUNNING);
  }

  images(): readonly string[] {
    return imagesOf(this.#options.release);
  }

  newImages(): readonly string[] {
    const [before, after] = [imagesIn(this.#options.release.from), imagesIn(this.#options.release.to)];
    const fresh = after.filter((image) => !before.includes(image));
    return fresh.length > 0 ? fresh : after;
  }

  crash(node: string): void {
    this.#act({ action: 'crash', node });
  }

  boot(node: string): void {
    this.#act({ action: 'boot', node });
  }

  freeze(node: string): void {
    this.#act({ action: 'freeze', node });
  }

  thaw(node: string): void {
    this.#act({ action: 'thaw', node });
  }

  disconnect(node: string): void {
    this.#cutOff.add(node);
    this.#act({ action: 'disconnect', node });
  }

  reconnect(node: string): void {
    this.#cutOff.delete(node);
    this.#act({ action: 'reconnect', node });
  }

  partition(owner: string, groups: readonly (readonly string[])[]): void {
    const { network } = this.#swarm;
    const [first, ...others] = groups;
    const pairs =
      first && others.length === 0
        ? [{ from: first }]
        : groups.flatMap((from, index) => groups.slice(index + 1).map((to) => ({ from, to })));
    this.#cuts.set(
      owner,
      pairs.map((pair) => network.install({ kind: 'partition', ...pair })),
    );
  }

  heal(owner: string): void {
    for (const id of this.#cuts.get(owner) ?? []) this.#swarm.network.uninstall(id);
    this.#cuts.delete(owner);
  }

  setAvailability(node: string, availability: Availability): void {
    this.#act({ action: 'availability', node, availability });
  }

  exit(task: string, code: number): void {
    this.#act({ action: 'exit', task, code });
  }

  trouble(owner: string, images: readonly string[], trouble: ImageTrouble): void {
    this.#troubles = [...this.#troubles, ...images.map((image) => ({ owner, image, trouble }))];
    this.#define(images);
  }

  lift(owner: string): void {
    const images = this.#troubles.filter((trouble) => trouble.owner === owner).map(({ image }) => image);
    this.#troubles = this.#troubles.filter((trouble) => trouble.owner !== owner);
    this.#define(images);
  }

  wereStarting(images: readonly string[], from: Instant, until: Instant = Number.POSITIVE_INFINITY): boolean {
    const { records } = this.#swarm.trace;
    return this.#swarm.services
      .all()
      .some(({ id }) =>
        taskLives(records, id).some(
          ({ image, createdAt, node, runningFrom = Number.POSITIVE_INFINITY, end }) =>
            images.some((one) => isSameImage(one, image)) &&
            node !== '' &&
            createdAt < until &&
            runningFrom >= from &&
            (end === undefined || end.at >= from),
        ),
      );
  }

  /** Later troubles stand over earlier ones, and all of them over what the scenario says of the image. */
  #define(images: readonly string[]): void {
    for (const image of new Set(images)) {
      const [, definition = {}] = Object.entries(this.#options.images).find(([name]) => isSameImage(name, image)) ?? [];
      const troubles = this.#troubles.filter((trouble) => trouble.image === image).map(({ trouble }) => trouble);
      this.#swarm.images.define(image, Object.assign({}, definition, ...troubles));
    }
  }

  #act(action: Action): void {
    this.#swarm.schedule(action);
  }
}
