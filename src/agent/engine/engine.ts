import type { Task } from '../../api/index.ts';
import { unreachable } from '../../base/index.ts';
import type { Timers } from '../timers.ts';
import {
  type ContainerConfig,
  type ContainerState,
  type ContainerView,
  DONE,
  type EngineContext,
  type EngineListener,
  type EngineState,
  type EngineTimer,
  type LockedRequest,
  noSuchContainer,
  type RequestId,
} from './context.ts';
import { crashAll } from './crash.ts';
import { raise } from './events.ts';
import { cancelPull, endPull, isImagePresent, startPull } from './images.ts';
import { type LogEntry, logOf } from './log.ts';
import type { EngineRecords } from './records.ts';
import { endRemoval } from './removal.ts';
import { endBoot, endRun, healthDue, outOfMemory, pause, startRun, takeOver, unpause } from './running.ts';
import { endGrace, giveUpKill, notStoppable, startRemoval, stopRun } from './stopping.ts';
import type { ImageConfig, Workload } from './workload.ts';

export interface EngineOptions {
  readonly state?: EngineState;
  readonly timers: Timers<EngineTimer>;
  readonly workload: Workload;
  readonly listener: EngineListener;
  record<K extends keyof EngineRecords>(kind: K, payload: EngineRecords[K]): void;
}

/**
 * The Docker Engine of one node, as far as Swarm's agent uses it: images, and the lives of containers with their
 * health checks. Requests are answered through the listener under the number that they were given, some at once.
 *
 * Everything that it knows is in {@link Engine.state}, plain data.
 */
export class Engine {
  readonly state: EngineState;
  readonly #context: EngineContext;

  constructor({ state, timers, workload, listener, record }: EngineOptions) {
    this.state = state ?? { containers: new Map(), pulls: new Map(), pulledImages: new Set() };
    this.#context = { state: this.state, timers, workload, listener, record };
  }

  isImagePresent(image: string): boolean {
    return isImagePresent(this.#context, image);
  }

  imageConfig(image: string): ImageConfig {
    return this.#context.workload.imageConfig(image);
  }

  /** Answered with `done` or `failed`, unless it is cancelled. */
  pull(request: RequestId, image: string, task: Task): void {
    startPull(this.#context, request, image, task);
  }

  cancelPull(request: RequestId): void {
    cancelPull(this.#context, request);
  }

  /** The name is taken at once, the container is there when the answer comes. The config was validated before. */
  create(request: RequestId, config: ContainerConfig): void {
    const { workload, timers, listener } = this.#context;
    const { name, task, image } = config;
    this.#context.record('container.create-requested', { container: name, task: task.id, image });
    if (this.state.containers.has(name)) {
      const error = `Conflict. The container name "/${name}" is already in use.`;
      listener.replied(request, { kind: 'failed', reason: 'conflict', error });
      return;
    }
    const container = newContainer(config);
    this.state.containers.set(name, container);
    const { duration, error } = workload.create(config);
    const event = { kind: 'engine.create-end', container: name, request } as const;
    container.phaseTimer = timers.wake(timers.now + duration, error === undefined ? event : { ...event, error });
  }

  /** Answered with `done` when the process runs, or `failed`. */
  start(request: RequestId, name: string): void {
    const { listener } = this.#context;
    const container = this.#container(name);
    if (container === undefined) {
      listener.replied(request, noSuchContainer(name));
    } else if (container.phase === 'removing') {
      const error = 'container is marked for removal and cannot be started';
      listener.replied(request, { kind: 'failed', reason: 'conflict', error });
    } else if (container.phase === 'running') {
      listener.replied(request, DONE);
    } else {
      startRun(this.#context, container, request);
    }
  }

  /** Answered with `inspected`, or `failed`; while the container is being started the answer has to wait. */
  inspect(request: RequestId, name: string): void {
    this.#request(name, { kind: 'inspect', request });
  }

  /** Answered with `exited` as soon as the container does not run. */
  wait(request: RequestId, name: string): void {
    this.#request(name, { kind: 'wait', request });
  }

  /** Nobody waits any longer: there is no answer. */
  cancelWait(request: RequestId, name: string): void {
    const container = this.#container(name);
    if (container === undefined) return;
    container.exitWaiters = container.exitWaiters.filter((waiter) => waiter.request !== request);
    container.locked = container.locked.filter((locked) => locked.request !== request);
  }

  /** `graceSeconds` undefined: the engine's default. Answered when the container has ended, or did not run. */
  stop(request: RequestId, name: string, graceSeconds: number | undefined): void {
    this.#context.record('container.stop-requested', {
      container: name,
      ...(graceSeconds !== undefined && { graceSeconds }),
    });
    this.#request(name, { kind: 'stop', request, graceSeconds });
  }

  /** With force: one that runs is killed first. */
  remove(request: RequestId, name: string): void {
    this.#request(name, { kind: 'remove', request });
  }

  /** The container as it is now; undefined where there is none. */
  look(name: string): ContainerView | undefined {
    const container = this.#container(name);
    return container === undefined ? undefined : viewOf(container);
  }

  /** What a task's container has printed so far, oldest first; nothing where there is none. */
  logOf(taskId: string): readonly LogEntry[] {
    const { containers } = this.state;
    const container = [...containers.values()].find(({ config }) => config.task.id === taskId);
    return container === undefined ? [] : logOf(container.printed, this.#context.timers.now);
  }

  /** The main process ends by itself now. */
  exit(name: string, exitCode: number): void {
    const container = this.#container(name);
    if (container?.phase === 'running') endRun(this.#context, container, exitCode);
  }

  pause(name: string): void {
    this.#with(name, pause);
  }

  unpause(name: string): void {
    this.#with(name, unpause);
  }

  /** An out-of-memory event that leaves the container running. */
  outOfMemory(name: string): void {
    this.#with(name, outOfMemory);
  }

  /** The engine was restarted while its containers ran on. */
  restart(): void {
    takeOver(this.#context);
  }

  /** The machine is gone. Its containers are found ended when it is back. */
  crash(): void {
    crashAll(this.#context);
  }

  handle(event: EngineTimer): void {
    const context = this.#context;
    if (event.kind === 'engine.pull-end') {
      endPull(context, event.request);
      return;
    }
    const container = this.state.containers.get(event.container);
    if (container === undefined) return;
    switch (event.kind) {
      case 'engine.create-end':
        this.#endCreation(container, event.request, event.error);
        break;
      case 'engine.boot-end':
        endBoot(context, container, event);
        this.#unlock(container);
        break;
      case 'engine.run-end':
        endRun(context, container, container.ending?.exitCode ?? 0);
        break;
      case 'engine.health':
        healthDue(context, container);
        break;
      case 'engine.grace-end':
        endGrace(context, container, event.request);
        break;
      case 'engine.kill-failed':
        giveUpKill(context, container, event.request);
        break;
      case 'engine.remove-end':
        endRemoval(context, container, event.request);
        break;
      default:
        unreachable(event);
    }
  }

  #endCreation(container: ContainerState, request: RequestId, refusal: string | undefined): void {
    const { listener } = this.#context;
    const { name, image } = container.config;
    const error = refusal ?? (this.isImagePresent(image) ? undefined : `No such image: ${image}`);
    if (error !== undefined) {
      this.state.containers.delete(name);
      listener.replied(request, { kind: 'failed', error });
      return;
    }
    container.phase = 'created';
    container.phaseTimer = undefined;
    raise(this.#context, container, 'create');
    listener.replied(request, DONE);
  }

  #request(name: string, request: LockedRequest): void {
    const container = this.#container(name);
    if (container?.phase === 'starting') container.locked = [...container.locked, request];
    else this.#answer(name, container, request);
  }

  #unlock(container: ContainerState): void {
    const waiting = container.locked;
    container.locked = [];
    for (const request of waiting) this.#request(container.config.name, request);
  }

  #answer(name: string, container: ContainerState | undefined, asked: LockedRequest): void {
    const { listener } = this.#context;
    const { request } = asked;
    if (asked.kind === 'stop') {
      const refusal = notStoppable(container, name);
      if (refusal !== undefined) listener.replied(request, refusal);
      else stopRun(this.#context, container!, request, asked.graceSeconds);
    } else if (container === undefined) {
      listener.replied(request, noSuchContainer(name));
    } else if (asked.kind === 'inspect') {
      listener.replied(request, { kind: 'inspected', container: viewOf(container) });
    } else if (asked.kind === 'remove') {
      startRemoval(this.#context, container, request);
    } else if (container.phase === 'running') {
      container.exitWaiters = [...container.exitWaiters, { for: 'wait', request, timer: undefined }];
    } else {
      listener.replied(request, { kind: 'exited', exitCode: container.exitCode });
    }
  }

  /** One that is still being created is not there yet. */
  #container(name: string): ContainerState | undefined {
    const container = this.state.containers.get(name);
    return container?.phase === 'creating' ? undefined : container;
  }

  #with(name: string, act: (context: EngineContext, container: ContainerState) => void): void {
    const container = this.#container(name);
    if (container !== undefined) act(this.#context, container);
  }
}

function newContainer(config: ContainerConfig): ContainerState {
  return {
    config,
    phase: 'creating',
    phaseTimer: undefined,
    isPaused: false,
    exitCode: 0,
    startedAt: undefined,
    runs: 0,
    probes: 0,
    run: undefined,
    printed: [],
    boundPorts: [],
    health: undefined,
    ending: undefined,
    exitWaiters: [],
    locked: [],
  };
}

function viewOf(container: ContainerState): ContainerView {
  const { phase, isPaused, exitCode, config, health, startedAt, boundPorts } = container;
  const stopped = startedAt === undefined ? 'created' : 'exited';
  return {
    id: config.id,
    status: phase === 'running' ? (isPaused ? 'paused' : 'running') : stopped,
    exitCode,
    healthcheck: config.healthcheck,
    health,
    hostPorts: boundPorts,
  };
}
