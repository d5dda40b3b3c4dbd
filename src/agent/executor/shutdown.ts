/** Shutdown: out of the load balancer, a pause, the stop signal. Nothing interrupts it. (…/container/controller.go) */
import type { ControllerError } from '../controller.ts';
import type { EngineReply } from '../engine/context.ts';
import { controllerOf, fatal, keep, newActivityId } from './activity.ts';
import type { ControllerState, ExecutorContext, Shutdown } from './context.ts';
import { cancelPull } from './prepare.ts';
import { deactivate, isBalanced } from './rotation.ts';
import { graceSeconds } from './task-container.ts';

export function beginShutdown(context: ExecutorContext, controller: ControllerState, asker: Shutdown['asker']): void {
  const { timers, latencies } = context;
  const activity = keep<Shutdown>(context, {
    kind: 'shutdown',
    id: newActivityId(context),
    controller: controller.id,
    asker,
    timer: undefined,
  });
  // The pull notices only when the shutdown pauses for the first time.
  if (isBalanced(context, controller)) {
    deactivate(context, controller);
    cancelPull(context, controller);
    const at = timers.now + latencies.gossipConvergence;
    activity.timer = timers.wake(at, { kind: 'executor.converged', activity: activity.id });
  } else {
    stopContainer(context, activity);
    cancelPull(context, controller);
  }
}

export function stopContainer(context: ExecutorContext, activity: Shutdown): void {
  const { task, container } = controllerOf(context, activity);
  context.engine.stop(activity.id, container, graceSeconds(task));
}

/** How it ended: a container that is not there, or does not run, is stopped. */
export function shutdownError(reply: EngineReply): ControllerError | undefined {
  if (reply.kind !== 'failed' || reply.reason === 'not-found' || reply.reason === 'not-modified') return undefined;
  return fatal(reply.error);
}
