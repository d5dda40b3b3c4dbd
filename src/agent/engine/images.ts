/** Image pulls. Each request is a pull of its own; what it costs, the workload says. */
import type { Task } from '../../api/index.ts';
import { DONE, type EngineContext, type RequestId } from './context.ts';

export function isImagePresent({ state, workload }: EngineContext, image: string): boolean {
  return workload.isPresent(image, state.pulledImages.has(image));
}

export function startPull(context: EngineContext, request: RequestId, image: string, task: Task): void {
  const { state, timers, workload } = context;
  const others = [...state.pulls.values()].filter((pull) => pull.image === image && pull.error === undefined);
  const { duration, error } = workload.pull({
    image,
    task,
    isPulled: state.pulledImages.has(image),
    otherPullEnds: others.length === 0 ? undefined : Math.min(...others.map((pull) => pull.ends)),
    now: timers.now,
  });
  const ends = timers.now + duration;
  const timer = timers.wake(ends, { kind: 'engine.pull-end', request });
  state.pulls.set(request, { image, taskId: task.id, ends, error, timer });
  context.record('image.pull-started', { image, task: task.id });
}

export function endPull(context: EngineContext, request: RequestId): void {
  const pull = context.state.pulls.get(request);
  if (pull === undefined) return;
  context.state.pulls.delete(request);
  const { image, taskId: task, error } = pull;
  if (error === undefined) context.state.pulledImages.add(image);
  context.record('image.pulled', { image, task, ...(error !== undefined && { error }) });
  context.listener.replied(request, error === undefined ? DONE : { kind: 'failed', error });
}

/** A pull that is cancelled ends at once; there is no reply. */
export function cancelPull(context: EngineContext, request: RequestId): void {
  const pull = context.state.pulls.get(request);
  if (pull === undefined) return;
  context.timers.cancel(pull.timer);
  context.state.pulls.delete(request);
  context.record('image.pull-canceled', { image: pull.image, task: pull.taskId });
}
