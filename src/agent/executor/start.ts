/** Start: until the process runs or, with a health check, is healthy. (…/executor/container/controller.go, Start) */
import { CANCELED, type ControllerCall, type ControllerError } from '../controller.ts';
import type { EngineReply } from '../engine/context.ts';
import { awaitsHealth } from '../engine/health-config.ts';
import type { ContainerAction } from '../engine/records.ts';
import { controllerOf, end, fatal, keep, newActivityId } from './activity.ts';
import type { ExecutorContext, Start } from './context.ts';
import { exitError } from './exit-error.ts';
import { activate } from './rotation.ts';
import { beginShutdown } from './shutdown.ts';
import { missingBind } from './task-container.ts';

const STARTED: ControllerError = { kind: 'started', text: 'exec: task already started' };
const DESTROYED = fatal('dockerexec: container destroyed');

export function beginStart(context: ExecutorContext, call: ControllerCall): void {
  const activity = keep<Start>(context, {
    kind: 'start',
    id: newActivityId(context),
    controller: call.controller,
    call: call.id,
    isCanceled: false,
    stage: 'inspect',
    isUnhealthy: false,
    events: [],
  });
  context.engine.inspect(activity.id, controllerOf(context, activity).container);
}

export function startReplied(context: ExecutorContext, activity: Start, reply: EngineReply): void {
  if (activity.stage === 'inspect') inspected(context, activity, reply);
  else if (reply.kind === 'failed') end(context, activity, fatal(`starting container failed: ${reply.error}`));
  else booted(context, activity);
}

/** Only the wait for health listens to a cancel. */
export function cancelStart(context: ExecutorContext, activity: Start): void {
  if (activity.stage === 'health') end(context, activity, CANCELED);
}

/** The engine said something of the container. */
export function startHears(context: ExecutorContext, activity: Start, action: ContainerAction): void {
  if (!context.state.activities.has(activity.id)) return;
  if (activity.stage === 'stop') activity.events.push(action);
  else if (activity.stage === 'health') hear(context, activity, action);
}

/** The unhealthy container was stopped; its end, which was heard meanwhile, tells the rest. */
export function startStopped(context: ExecutorContext, activity: Start, error: ControllerError | undefined): void {
  if (error !== undefined) {
    end(context, activity, fatal(`unhealthy container shutdown failed: ${error.text}`));
    return;
  }
  activity.isUnhealthy = true;
  activity.stage = 'health';
  if (activity.isCanceled) end(context, activity, CANCELED);
  for (const action of activity.events.splice(0)) startHears(context, activity, action);
}

function inspected(context: ExecutorContext, activity: Start, reply: EngineReply): void {
  const { engine, node } = context;
  const { task, container } = controllerOf(context, activity);
  if (activity.isCanceled) {
    end(context, activity, CANCELED);
  } else if (reply.kind !== 'inspected') {
    end(context, activity, fatal(reply.kind === 'failed' ? reply.error : `No such container: ${container}`));
  } else if (reply.container.status !== 'created') {
    end(context, activity, STARTED);
  } else {
    const missing = missingBind(task, (path) => node.pathExists(path));
    if (missing !== undefined) {
      end(context, activity, fatal(`starting container failed: ${missing}`));
      return;
    }
    activity.stage = 'boot';
    engine.start(activity.id, container);
  }
}

function booted(context: ExecutorContext, activity: Start): void {
  const controller = controllerOf(context, activity);
  if (!awaitsHealth(context.engine.look(controller.container)?.healthcheck)) {
    activate(context, controller);
    end(context, activity);
    return;
  }
  activity.stage = 'health';
  if (activity.isCanceled) end(context, activity, CANCELED);
}

function hear(context: ExecutorContext, activity: Start, action: ContainerAction): void {
  const controller = controllerOf(context, activity);
  switch (action) {
    case 'die': {
      const { exitCode } = context.engine.look(controller.container) ?? { exitCode: 0 };
      end(context, activity, exitError(exitCode, activity.isUnhealthy));
      break;
    }
    case 'destroy':
      end(context, activity, DESTROYED);
      break;
    case 'health_status: unhealthy':
      activity.stage = 'stop';
      beginShutdown(context, controller, { activity: activity.id });
      break;
    case 'health_status: healthy':
      activate(context, controller);
      end(context, activity);
      break;
  }
}
