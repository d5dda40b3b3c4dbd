import type { Task } from '../../api/index.ts';
import { DryswarmError } from '../../base/index.ts';
import { HashStream, type Seed } from '../../sim/index.ts';
import type {
  ContainerIdentity,
  Creation,
  ImageConfig,
  Probe,
  ProbeRequest,
  Pull,
  PullRequest,
  Run,
  Workload,
} from '../engine/workload.ts';
import { imageReference } from '../image-reference.ts';
import type { Behaviour, Subject } from './behaviour.ts';
import { BEHAVIOURS, type ImageDefinition } from './behaviours.ts';

/** What an image's definition has become: by behaviour, the options that it has read. Plain data. */
export type ImageState = ReadonlyMap<string, unknown>;

/** Which task of its slot, and of its service, a task is, counted from 1 among those with its image. */
export interface TaskIdentity {
  readonly attempt: number;
  readonly nth: number;
  /** The name of its node. */
  readonly node: string;
}

export interface ImageWorkloadOptions {
  readonly seed: Seed;
  /** To go on from. */
  readonly state?: Map<string, ImageState>;
  /** Behaviours beside {@link BEHAVIOURS}, asked after them. */
  readonly behaviours?: readonly Behaviour[];
  identify(task: Task): TaskIdentity;
}

const DEFAULT_RUN: Run = { boot: 0, onStopSignal: { after: 0, exitCode: 143 }, killDelay: 0 };

/**
 * Images by their definitions. An image without one is there, and its containers run until they are stopped.
 *
 * @example
 * images.define('numbers-api:v5', { pull: '8s ± 2s', start: '3s', fails: { after: '20s', share: 0.3 } });
 */
export class ImageWorkload implements Workload {
  /** By reference, in the short form with a tag. */
  readonly state: Map<string, ImageState>;
  readonly #seed: Seed;
  readonly #behaviours: readonly Behaviour[];
  readonly #identify: (task: Task) => TaskIdentity;

  constructor({ seed, state, behaviours = [], identify }: ImageWorkloadOptions) {
    this.state = state ?? new Map();
    this.#seed = seed;
    this.#behaviours = [...BEHAVIOURS, ...behaviours];
    this.#identify = identify;
  }

  /**
   * Says how an image behaves from now on, in place of what was said before. Containers that run keep their fate.
   * @throws DryswarmError (`invalid-workload`, `invalid-duration`) for a definition that makes no sense.
   */
  define(image: string, definition: ImageDefinition): void {
    const read = new Map<string, unknown>();
    for (const [name, input] of Object.entries(definition)) {
      if (input === undefined) continue;
      const behaviour = this.#behaviours.find((candidate) => candidate.name === name);
      if (behaviour === undefined) {
        const known = this.#behaviours.map((candidate) => candidate.name).join(', ');
        throw new DryswarmError(
          'invalid-workload',
          `an image cannot be told to ${JSON.stringify(name)}`,
          `known: ${known}`,
        );
      }
      read.set(name, behaviour.read(input));
    }
    this.state.set(imageReference(image).text, read);
  }

  /** What was said of an image, by behaviour. A pinned one goes by the definition of its tag, unless it has its own. */
  get(image: string): ImageState | undefined {
    const { text, isPinned } = imageReference(image);
    return this.state.get(text) ?? (isPinned ? this.state.get(imageReference(withoutDigest(text)).text) : undefined);
  }

  isPresent(_image: string, isPulled: boolean): boolean {
    return isPulled;
  }

  imageConfig(image: string): ImageConfig {
    const none: ImageConfig = {};
    return this.#fold(image, none, (behaviour, options, made) => behaviour.image?.(options, made));
  }

  pull(request: PullRequest): Pull {
    const none: Pull = { duration: 0 };
    return this.#fold(request.image, none, (behaviour, options, made) =>
      behaviour.pull?.(options, made, request, this.#subject(request)),
    );
  }

  create(container: ContainerIdentity): Creation {
    const good: Creation = { duration: 0 };
    return this.#fold(container.image, good, (behaviour, options, made) =>
      behaviour.create?.(options, made, this.#subject(container)),
    );
  }

  run(container: ContainerIdentity): Run {
    return this.#fold(container.image, DEFAULT_RUN, (behaviour, options, made) =>
      behaviour.run?.(options, made, this.#subject(container)),
    );
  }

  probe(container: ContainerIdentity, request: ProbeRequest): Probe {
    const good: Probe = {};
    return this.#fold(container.image, good, (behaviour, options, made) =>
      behaviour.probe?.(options, made, request, this.#subject(container)),
    );
  }

  remove(): number {
    return 0;
  }

  /** Asks each behaviour of the image's definition in turn. */
  #fold<T>(image: string, start: T, ask: (behaviour: Behaviour, options: unknown, made: T) => T | undefined): T {
    const definition = this.get(image);
    if (definition === undefined) return start;
    let made = start;
    for (const behaviour of this.#behaviours) {
      if (definition.has(behaviour.name)) made = ask(behaviour, definition.get(behaviour.name), made) ?? made;
    }
    return made;
  }

  #subject({ image, task }: Pick<ContainerIdentity, 'image' | 'task'>): Subject {
    const { attempt, nth, node } = this.#identify(task);
    const slot = task.slot === 0 ? node : task.slot;
    const owner = `workload/${task.serviceName}/${slot}/${attempt}`;
    return {
      task,
      image,
      node,
      attempt,
      nth,
      luck: (purpose) => new HashStream(this.#seed, `${owner}/${purpose}`).draws(),
    };
  }
}

function withoutDigest(image: string): string {
  return image.replace(/@.*$/, '');
}
