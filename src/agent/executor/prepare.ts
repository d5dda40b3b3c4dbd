/** Prepare: addresses, image, container. (moby daemon/cluster/executor/container/controller.go, Prepare) */
import { CANCELED, type ControllerCall, type ControllerError } from '../controller.ts';
import type { EngineReply } from '../engine/context.ts';
import { healthcheckError } from '../engine/health-config.ts';
import { imageReference } from '../image-reference.ts';
import { controllerOf, end, fatal, keep, newActivityId } from './activity.ts';
import type { ActivityId, ControllerState, ExecutorContext, Prepare, Pull } from './context.ts';
import { containerConfig } from './task-container.ts';

const NO_ADDRESS = fatal('node is missing network attachments, ip addresses may be exhausted');

export function beginPrepare(context: ExecutorContext, call: ControllerCall): void {
  const activity = keep<Prepare>(context, {
    kind: 'prepare',
    id: newActivityId(context),
    controller: call.controller,
    call: call.id,
    isCanceled: false,
    since: context.timers.now,
    stage: 'attachments',
    timer: undefined,
  });
  pollAttachments(context, activity);
}

/** Looks for the node's addresses in the task's overlay networks; other networks need none. */
export function pollAttachments(context: ExecutorContext, activity: Prepare): void {
  const { timers, latencies, node } = context;
  const { task } = controllerOf(context, activity);
  const isReady = (task.networks ?? []).every(
    ({ networkId }) => node.network(networkId)?.driver !== 'overlay' || node.hasAddress(networkId),
  );
  activity.timer = undefined;
  if (isReady) {
    pullOrWait(context, activity);
    return;
  }
  const left = activity.since + latencies.attachmentTimeout - timers.now;
  if (left <= 0) {
    end(context, activity, NO_ADDRESS);
    return;
  }
  const at = timers.now + Math.min(left, latencies.attachmentPoll);
  activity.timer = timers.wake(at, { kind: 'executor.attachment-poll', activity: activity.id });
}

/** Creating the container does not listen; and whatever interrupts the wait for addresses counts as its end. */
export function cancelPrepare(context: ExecutorContext, activity: Prepare): void {
  if (activity.timer !== undefined) context.timers.cancel(activity.timer);
  if (activity.stage === 'attachments') end(context, activity, NO_ADDRESS);
  else if (activity.stage === 'pull') end(context, activity, CANCELED);
}

/** A pull has ended well or badly. */
export function pullReplied(context: ExecutorContext, activity: Pull, reply: EngineReply): void {
  pullOver(context, controllerOf(context, activity), reply.kind === 'failed' ? fatal(reply.error) : undefined);
  end(context, activity);
}

/** Whatever stops a task ends its pull. */
export function cancelPull(context: ExecutorContext, controller: ControllerState): void {
  const { pull } = controller;
  if (pull?.kind !== 'running') return;
  context.engine.cancelPull(pull.activity);
  context.state.activities.delete(pull.activity);
  pullOver(context, controller, CANCELED);
}

/** The engine's answer to creating the container. A container that exists already is as good. */
export function createReplied(context: ExecutorContext, activity: Prepare, reply: EngineReply): void {
  if (reply.kind !== 'failed') {
    end(context, activity);
  } else if (reply.reason !== 'conflict') {
    end(context, activity, fatal(reply.error));
  } else {
    const { container } = controllerOf(context, activity);
    const isThere = context.engine.look(container) !== undefined;
    const prepared: ControllerError = { kind: 'prepared', text: 'exec: task already prepared' };
    end(context, activity, isThere ? prepared : fatal(`No such container: ${container}`));
  }
}

function pullOrWait(context: ExecutorContext, activity: Prepare): void {
  const controller = controllerOf(context, activity);
  activity.stage = 'pull';
  if (controller.pull === undefined) {
    const { isId, isPinned } = imageReference(controller.task.spec.container.image);
    if (isId || (isPinned && context.engine.isImagePresent(controller.image))) {
      controller.pull = { kind: 'over', error: undefined };
    } else {
      const pull = keep(context, { kind: 'pull', id: newActivityId(context), controller: controller.id });
      controller.pull = { kind: 'running', activity: pull.id };
      context.engine.pull(pull.id, controller.image, controller.task);
    }
  }
  if (controller.pull.kind === 'over') createContainer(context, activity, controller.pull.error);
}

function pullOver(context: ExecutorContext, controller: ControllerState, error: ControllerError | undefined): void {
  controller.pull = { kind: 'over', error };
  const waiting: ActivityId[] = [];
  for (const activity of context.state.activities.values()) {
    if (activity.kind === 'prepare' && activity.controller === controller.id && activity.stage === 'pull') {
      waiting.push(activity.id);
    }
  }
  for (const id of waiting) {
    const activity = context.state.activities.get(id);
    if (activity?.kind === 'prepare') createContainer(context, activity, error);
  }
}

/** A pull that failed does not matter if the node has the image. */
function createContainer(context: ExecutorContext, activity: Prepare, pullError: ControllerError | undefined): void {
  const { engine } = context;
  const { task, container, image } = controllerOf(context, activity);
  if (pullError !== undefined && !engine.isImagePresent(image)) {
    end(context, activity, pullError);
    return;
  }
  const config = containerConfig(task, container, image, engine.imageConfig(image));
  const invalid = healthcheckError(config.healthcheck);
  if (invalid !== undefined) {
    end(context, activity, fatal(invalid));
    return;
  }
  activity.stage = 'create';
  engine.create(activity.id, config);
}
