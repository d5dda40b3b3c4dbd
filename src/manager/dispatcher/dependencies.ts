/** The secrets and configs that a node holds because its tasks use them (swarmkit manager/dispatcher/assignments.go). */
import { type Task, TaskState } from '../../api/index.ts';
import { byNodeId, type ReadView } from '../../store/index.ts';

/**
 * Whether the end of a task takes a secret or config off its node, because no task there that is still at work uses
 * it. The agent is told, which delays what else there is to tell it.
 */
export function releasesDependency(view: ReadView, ended: Task): boolean {
  const released = new Set(dependenciesOf(ended));
  if (released.size === 0) return false;
  for (const task of view.tasks.find(byNodeId(ended.nodeId))) {
    const isAtWork = task.status.state >= TaskState.ASSIGNED && task.status.state <= TaskState.RUNNING;
    if (isAtWork) for (const key of dependenciesOf(task)) released.delete(key);
  }
  return released.size > 0;
}

function dependenciesOf({ spec: { container } }: Task): readonly string[] {
  return [
    ...(container.secrets ?? []).map(({ id }) => `secret ${id}`),
    ...(container.configs ?? []).map(({ id }) => `config ${id}`),
  ];
}
