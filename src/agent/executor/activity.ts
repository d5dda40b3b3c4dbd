/** Beginning and ending what is under way. */
import type { CallId, ControllerError, ControllerId } from '../controller.ts';
import type { Activity, ActivityId, ControllerState, ExecutorContext } from './context.ts';

export const CLOSED: ControllerError = { kind: 'fatal', text: 'exec: controller closed' };

export function newActivityId({ state }: ExecutorContext): ActivityId {
  state.lastActivity += 1;
  return state.lastActivity;
}

/** Keeps an activity until it ends; one that answers a call can be found by it. */
export function keep<A extends Activity>({ state }: ExecutorContext, activity: A): A {
  state.activities.set(activity.id, activity);
  const call = callOf(activity);
  if (call !== undefined) state.activityOf.set(call, activity.id);
  return activity;
}

export function controllerOf({ state }: ExecutorContext, activity: Activity): ControllerState {
  return state.controllers.get(activity.controller)!;
}

/** Ends an activity, and answers the call that it was begun for. */
export function end(context: ExecutorContext, activity: Activity, error?: ControllerError): void {
  const { state, listener } = context;
  state.activities.delete(activity.id);
  const call = callOf(activity);
  if (call !== undefined) {
    state.activityOf.delete(call);
    listener.returned(call, error);
  }
  forgetIfDone(context, activity.controller);
}

/** A controller of which the agent knows nothing any more lives until its last activity has ended. */
export function forgetIfDone({ state }: ExecutorContext, id: ControllerId): void {
  const controller = state.controllers.get(id);
  if (controller === undefined || !(controller.isClosed || controller.isAbandoned)) return;
  for (const activity of state.activities.values()) if (activity.controller === id) return;
  state.controllers.delete(id);
}

export function fatal(text: string): ControllerError {
  return { kind: 'fatal', text };
}

function callOf(activity: Activity): CallId | undefined {
  if (activity.kind === 'pull') return undefined;
  if (activity.kind !== 'shutdown') return activity.call;
  return activity.asker !== undefined && 'call' in activity.asker ? activity.asker.call : undefined;
}
