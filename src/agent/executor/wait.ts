/** Wait: for the end of the container, which an unhealthy one is helped to. (…/container/controller.go, Wait) */
import type { ControllerCall } from '../controller.ts';
import type { EngineReply } from '../engine/context.ts';
import type { ContainerAction } from '../engine/records.ts';
import { controllerOf, end, fatal, keep, newActivityId } from './activity.ts';
import type { ExecutorContext, Wait } from './context.ts';
import { exitError } from './exit-error.ts';
import { beginShutdown } from './shutdown.ts';

export function beginWait(context: ExecutorContext, call: ControllerCall): void {
  const activity = keep<Wait>(context, {
    kind: 'wait',
    id: newActivityId(context),
    controller: call.controller,
    call: call.id,
    isCanceled: false,
    isUnhealthy: false,
  });
  context.engine.wait(activity.id, controllerOf(context, activity).container);
}

export function waitReplied(context: ExecutorContext, activity: Wait, reply: EngineReply): void {
  if (reply.kind === 'failed') end(context, activity, fatal(reply.error));
  else end(context, activity, exitError(reply.kind === 'exited' ? reply.exitCode : 0, activity.isUnhealthy));
}

/** The code of a wait that was cancelled is -1; of an unhealthy container that reads like its end. */
export function cancelWait(context: ExecutorContext, activity: Wait): void {
  context.engine.cancelWait(activity.id, controllerOf(context, activity).container);
  if (activity.isUnhealthy) {
    end(context, activity, exitError(-1, true));
    return;
  }
  end(context, activity, { kind: 'canceled', text: 'task: non-zero exit (-1): context canceled', exitCode: -1 });
}

/**
 * Only the event is heard: nobody looks at the status that a container had before. The stop that it leads to goes on
 * even if the wait is over before.
 */
export function waitHears(context: ExecutorContext, activity: Wait, action: ContainerAction): void {
  if (action !== 'health_status: unhealthy' || activity.isUnhealthy) return;
  if (!context.state.activities.has(activity.id)) return;
  activity.isUnhealthy = true;
  beginShutdown(context, controllerOf(context, activity), undefined);
}
