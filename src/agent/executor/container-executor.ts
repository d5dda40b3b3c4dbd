import type { Task } from '../../api/index.ts';
import { unreachable } from '../../base/index.ts';
import type {
  CallId,
  ContainerStatus,
  ControllerCall,
  ControllerId,
  Executor,
  ExecutorListener,
  PortStatus,
} from '../controller.ts';
import type { EngineListener, EngineReply, RequestId } from '../engine/context.ts';
import type { Engine } from '../engine/engine.ts';
import type { ContainerAction } from '../engine/records.ts';
import { imageReference } from '../image-reference.ts';
import type { AgentLatencies } from '../latencies.ts';
import type { Timers } from '../timers.ts';
import { CLOSED, controllerOf, end, forgetIfDone } from './activity.ts';
import type {
  Activity,
  ExecutorContext,
  ExecutorRecords,
  ExecutorState,
  ExecutorTimer,
  NodeEnvironment,
  Rotation,
  Shutdown,
} from './context.ts';
import { beginPrepare, cancelPrepare, cancelPull, createReplied, pollAttachments, pullReplied } from './prepare.ts';
import { beginRemove, removeReplied, removeStopped } from './remove.ts';
import { beginShutdown, shutdownError, stopContainer } from './shutdown.ts';
import { beginStart, cancelStart, startHears, startReplied, startStopped } from './start.ts';
import { containerName, taskError } from './task-container.ts';
import { beginWait, cancelWait, waitHears, waitReplied } from './wait.ts';

export interface ContainerExecutorOptions {
  readonly state?: ExecutorState;
  readonly engine: Engine;
  readonly timers: Timers<ExecutorTimer>;
  readonly latencies: AgentLatencies;
  readonly node: NodeEnvironment;
  readonly listener: ExecutorListener;
  rotated(task: Task, rotation: Rotation): void;
  record<K extends keyof ExecutorRecords>(kind: K, payload: ExecutorRecords[K]): void;
}

/**
 * Runs tasks as containers of the node's engine, whose listener it is.
 * (moby daemon/cluster/executor/container/{executor,controller,adapter}.go)
 *
 * Everything that it knows is in {@link ContainerExecutor.state}, plain data.
 */
export class ContainerExecutor implements Executor, EngineListener {
  readonly state: ExecutorState;
  readonly #context: ExecutorContext;

  constructor({ state, ...options }: ContainerExecutorOptions) {
    this.state = state ?? { controllers: new Map(), activities: new Map(), activityOf: new Map(), lastActivity: 0 };
    this.#context = { ...options, state: this.state };
  }

  resolve(id: ControllerId, task: Task): string | undefined {
    const error = taskError(task);
    if (error !== undefined) return error;
    this.state.controllers.set(id, {
      id,
      task,
      container: containerName(task),
      image: imageReference(task.spec.container.image).text,
      pull: undefined,
      isClosed: false,
      isAbandoned: false,
    });
    return undefined;
  }

  call(call: ControllerCall): void {
    const controller = this.state.controllers.get(call.controller);
    if (controller === undefined || controller.isClosed) {
      this.#context.listener.returned(call.id, CLOSED);
      return;
    }
    switch (call.method) {
      case 'Update':
        // What a controller was made for does not change.
        this.#context.listener.returned(call.id, undefined);
        break;
      case 'Prepare':
        beginPrepare(this.#context, call);
        break;
      case 'Start':
        beginStart(this.#context, call);
        break;
      case 'Wait':
        beginWait(this.#context, call);
        break;
      case 'Shutdown':
        beginShutdown(this.#context, controller, { call: call.id });
        break;
      case 'Remove':
        beginRemove(this.#context, call);
        break;
      default:
        unreachable(call.method);
    }
  }

  cancel(call: CallId): void {
    const activity = this.state.activities.get(this.state.activityOf.get(call) ?? -1);
    switch (activity?.kind) {
      case 'prepare':
        activity.isCanceled = true;
        cancelPrepare(this.#context, activity);
        break;
      case 'start':
        activity.isCanceled = true;
        cancelStart(this.#context, activity);
        break;
      case 'wait':
        activity.isCanceled = true;
        cancelWait(this.#context, activity);
        break;
    }
  }

  close(id: ControllerId): void {
    const controller = this.state.controllers.get(id);
    if (controller === undefined) return;
    cancelPull(this.#context, controller);
    controller.isClosed = true;
    for (const activity of [...this.state.activities.values()]) {
      if (activity.controller === id && activity.kind === 'start' && activity.stage === 'health') {
        end(this.#context, activity, CLOSED);
      }
    }
    forgetIfDone(this.#context, id);
  }

  abandon(id: ControllerId): void {
    const controller = this.state.controllers.get(id);
    if (controller === undefined) return;
    controller.isAbandoned = true;
    forgetIfDone(this.#context, id);
  }

  /** The machine is gone: all that was under way, too. */
  crash(): void {
    for (const activity of this.state.activities.values()) {
      if (activity.kind === 'prepare' && activity.timer !== undefined) this.#context.timers.cancel(activity.timer);
      if (activity.kind === 'shutdown' && activity.timer !== undefined) this.#context.timers.cancel(activity.timer);
    }
    for (const map of [this.state.controllers, this.state.activities, this.state.activityOf]) map.clear();
  }

  containerStatus(id: ControllerId): ContainerStatus | undefined {
    const container = this.#look(id);
    return container && { containerId: container.id, exitCode: container.exitCode };
  }

  portStatus(id: ControllerId): PortStatus | undefined {
    const ports = this.#look(id)?.hostPorts ?? [];
    return ports.length === 0 ? undefined : { ports };
  }

  replied(request: RequestId, reply: EngineReply): void {
    const activity = this.state.activities.get(request);
    switch (activity?.kind) {
      case 'pull':
        pullReplied(this.#context, activity, reply);
        break;
      case 'prepare':
        createReplied(this.#context, activity, reply);
        break;
      case 'start':
        startReplied(this.#context, activity, reply);
        break;
      case 'wait':
        waitReplied(this.#context, activity, reply);
        break;
      case 'shutdown':
        this.#shutdownReplied(activity, reply);
        break;
      case 'remove':
        removeReplied(this.#context, activity, reply);
        break;
    }
  }

  event(container: string, action: ContainerAction): void {
    if (action === 'die') this.#leftRotation(container);
    for (const activity of this.#activitiesOf(container)) {
      if (activity.kind === 'start') startHears(this.#context, activity, action);
      else if (activity.kind === 'wait') waitHears(this.#context, activity, action);
    }
  }

  handle(event: ExecutorTimer): void {
    const activity = this.state.activities.get(event.activity);
    if (activity?.kind === 'prepare') pollAttachments(this.#context, activity);
    else if (activity?.kind === 'shutdown') stopContainer(this.#context, activity);
  }

  #shutdownReplied(activity: Shutdown, reply: EngineReply): void {
    const error = shutdownError(reply);
    const asker = activity.asker !== undefined && 'activity' in activity.asker ? activity.asker.activity : -1;
    const asking = this.state.activities.get(asker);
    end(this.#context, activity, error);
    if (asking?.kind === 'start') startStopped(this.#context, asking, error);
    else if (asking?.kind === 'remove') removeStopped(this.#context, asking);
  }

  #leftRotation(container: string): void {
    for (const controller of this.state.controllers.values()) {
      if (controller.container === container && !controller.isAbandoned) this.#context.rotated(controller.task, 'out');
    }
  }

  #activitiesOf(container: string): readonly Activity[] {
    return [...this.state.activities.values()].filter(
      (activity) => controllerOf(this.#context, activity).container === container,
    );
  }

  #look(id: ControllerId) {
    const controller = this.state.controllers.get(id);
    return controller && this.#context.engine.look(controller.container);
  }
}
