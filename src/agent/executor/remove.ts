/** Remove: a shutdown like any other, and then the container is deleted. (…/container/controller.go, Remove) */
import type { ControllerCall } from '../controller.ts';
import type { EngineReply } from '../engine/context.ts';
import { controllerOf, end, fatal, keep, newActivityId } from './activity.ts';
import type { ExecutorContext, Remove } from './context.ts';
import { beginShutdown } from './shutdown.ts';

export function beginRemove(context: ExecutorContext, call: ControllerCall): void {
  const activity = keep<Remove>(context, {
    kind: 'remove',
    id: newActivityId(context),
    controller: call.controller,
    call: call.id,
    isCanceled: false,
  });
  beginShutdown(context, controllerOf(context, activity), { activity: activity.id });
}

/** Whether it could be stopped or not. */
export function removeStopped(context: ExecutorContext, activity: Remove): void {
  context.engine.remove(activity.id, controllerOf(context, activity).container);
}

export function removeReplied(context: ExecutorContext, activity: Remove, reply: EngineReply): void {
  const isGone = reply.kind !== 'failed' || reply.reason === 'not-found';
  end(context, activity, isGone ? undefined : fatal(reply.error));
}
