/** What the container controllers of a node share: their state as plain data, and the ports to the world. */
import type { Task } from '../../api/index.ts';
import type { Instant } from '../../base/index.ts';
import type { CallId, ControllerError, ControllerId, ExecutorListener } from '../controller.ts';
import type { RequestId } from '../engine/context.ts';
import type { Engine } from '../engine/engine.ts';
import type { ContainerAction } from '../engine/records.ts';
import type { AgentLatencies } from '../latencies.ts';
import type { TimerId, Timers } from '../timers.ts';

export interface ExecutorState {
  readonly controllers: Map<ControllerId, ControllerState>;
  readonly activities: Map<ActivityId, Activity>;
  readonly activityOf: Map<CallId, ActivityId>;
  lastActivity: ActivityId;
}

export interface ControllerState {
  readonly id: ControllerId;
  readonly task: Task;
  readonly container: string;
  readonly image: string;
  pull: PullProgress | undefined;
  isClosed: boolean;
  isAbandoned: boolean;
}

/** A pull belongs to the controller and not to the call that began it, so it survives an interruption. */
export type PullProgress =
  | { readonly kind: 'running'; readonly activity: ActivityId }
  | { readonly kind: 'over'; readonly error: ControllerError | undefined };

/** The engine answers an activity under its id. */
export type ActivityId = RequestId;

/** Something under way: what a goroutine is in the real one. */
export type Activity = Prepare | Pull | Start | Wait | Shutdown | Remove;

interface Common {
  readonly id: ActivityId;
  readonly controller: ControllerId;
}

/** One that answers a call of the agent. */
interface Called extends Common {
  readonly call: CallId;
  isCanceled: boolean;
}

export interface Prepare extends Called {
  readonly kind: 'prepare';
  readonly since: Instant;
  stage: 'attachments' | 'pull' | 'create';
  timer: TimerId | undefined;
}

export interface Pull extends Common {
  readonly kind: 'pull';
}

export interface Start extends Called {
  readonly kind: 'start';
  stage: 'inspect' | 'boot' | 'health' | 'stop';
  isUnhealthy: boolean;
  /** What the engine said of the container while it was being stopped. */
  readonly events: ContainerAction[];
}

export interface Wait extends Called {
  readonly kind: 'wait';
  isUnhealthy: boolean;
}

export interface Shutdown extends Common {
  readonly kind: 'shutdown';
  /** Whom it answers: a call of the agent, another activity, or nobody. */
  readonly asker: { readonly call: CallId } | { readonly activity: ActivityId } | undefined;
  /** While gossip converges. */
  timer: TimerId | undefined;
}

export interface Remove extends Called {
  readonly kind: 'remove';
}

export type ExecutorTimer =
  | { readonly kind: 'executor.attachment-poll'; readonly activity: ActivityId }
  | { readonly kind: 'executor.converged'; readonly activity: ActivityId };

/** What a node knows of itself and of its networks. */
export interface NodeEnvironment {
  network(id: string): { readonly driver: string; readonly name: string } | undefined;
  /** Whether the node has its own address in an overlay network. */
  hasAddress(networkId: string): boolean;
  pathExists(path: string): boolean;
}

/** `draining`: no new connections, existing ones go on. `out`: the container is gone. */
export type Rotation = 'in' | 'draining' | 'out';

export interface ExecutorRecords {
  readonly 'container.activated': { readonly container: string };
  readonly 'container.deactivated': { readonly container: string };
}

export interface ExecutorContext {
  readonly state: ExecutorState;
  readonly engine: Engine;
  readonly timers: Timers<ExecutorTimer>;
  readonly latencies: AgentLatencies;
  readonly node: NodeEnvironment;
  readonly listener: ExecutorListener;
  /** A task's place in the load balancing of its networks has changed. */
  rotated(task: Task, rotation: Rotation): void;
  record<K extends keyof ExecutorRecords>(kind: K, payload: ExecutorRecords[K]): void;
}
