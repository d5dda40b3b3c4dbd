/** What faults need of the swarm that they strike. */
import type { Availability, Node, Task } from '../api/index.ts';
import type { Instant } from '../base/index.ts';

export interface FaultPort {
  nodes(): readonly Node[];
  /** Whether a machine is switched on, whatever the managers know. */
  isUp(node: string): boolean;
  /** Whether it is, and does not stand still. */
  isAwake(node: string): boolean;
  /** Whether no fault has cut it off the network. */
  isConnected(node: string): boolean;
  /** The id of the leading manager's node. */
  leader(): string | undefined;
  /** Tasks that are observed running. */
  running(): readonly Task[];
  /** The images of the deployment that did not run before; all of them, where none is new. */
  newImages(): readonly string[];
  /** Every image that is or was deployed. */
  images(): readonly string[];

  /** The machine loses its power; its disk stays. */
  crash(node: string): void;
  boot(node: string): void;
  /** The machine stands still until it thaws. */
  freeze(node: string): void;
  thaw(node: string): void;
  disconnect(node: string): void;
  reconnect(node: string): void;
  /** Cuts the links between machines of different groups (one group: from all others), until the owner heals it. */
  partition(owner: string, groups: readonly (readonly string[])[]): void;
  heal(owner: string): void;
  setAvailability(node: string, availability: Availability): void;
  /** A task's container ends by itself. */
  exit(task: string, code: number): void;
  /** Changes how images behave, over what is said of them otherwise, until the owner lifts it. */
  trouble(owner: string, images: readonly string[], trouble: ImageTrouble): void;
  lift(owner: string): void;
  /** Whether a container of these images was on its way to run at some time from an instant on, until another one or the end. */
  wereStarting(images: readonly string[], from: Instant, until: Instant | undefined): boolean;
}

/** Which containers of an image have the trouble. */
interface Which {
  readonly share?: number | string;
  /** Tasks of a service with the image, counted from 1: from the first to the last, or on. */
  readonly nth?: readonly [first: number, last?: number];
  readonly nodes?: readonly string[];
}

/** A part of how an image may behave: what goes wrong with it. Durations are text, and may be uncertain. */
export interface ImageTrouble {
  readonly pull?: string;
  readonly start?: string;
  readonly fails?: Which & { readonly after: string; readonly exitCode: number };
  readonly neverHealthy?: Which;
  readonly unhealthy?: Which & { readonly after: string; readonly lasts?: string };
  readonly pullFails?: Which & { readonly error: string; readonly takes?: string };
  readonly createFails?: Which & { readonly error: string };
}
