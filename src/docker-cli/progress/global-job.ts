import type { Service } from '../engine/service-types.ts';
import type { Task } from '../engine/task-types.ts';
import type { ProgressDisplay } from './display.ts';
import type { Observation, ProgressUpdater } from './observation.ts';
import { JOB_STEPS, MOST_ROWS, rank, writeTask } from './rows.ts';

export class GlobalJobUpdater implements ProgressUpdater {
  readonly #display: ProgressDisplay;
  /** Nodes that join later are not waited for. */
  #nodes: ReadonlySet<string> | undefined;

  constructor(display: ProgressDisplay) {
    this.#display = display;
  }

  update({ service, tasks, activeNodes }: Observation): boolean {
    const ofIteration = tasks.filter((task) => isOfIteration(task, service));
    if (!this.#nodes) {
      if (tasks.length === 0 && activeNodes.size > 0) {
        this.#display.update({ id: 'job progress', action: 'waiting for tasks' });
        return false;
      }
      this.#nodes = new Set(ofIteration.map((task) => task.NodeID));
      this.#writeOverall(0, this.#nodes.size);
    }
    const total = this.#nodes.size;
    const current = taskOfEachNode(ofIteration, this.#nodes);
    if (total <= MOST_ROWS) {
      for (const task of current) writeTask(this.#display, task.NodeID, task, JOB_STEPS);
    }
    const complete = current.filter((task) => task.Status.State === 'complete').length;
    this.#writeOverall(complete, total);
    return complete === total;
  }

  #writeOverall(complete: number, total: number): void {
    const count = String(complete).padStart(String(total).length);
    this.#display.update({
      id: 'job progress',
      action: `${count} out of ${total} complete`,
      bar: { current: complete, total },
    });
  }
}

function isOfIteration(task: Task, service: Service): boolean {
  return task.JobIteration !== null && task.JobIteration.Index === (service.JobStatus?.JobIteration.Index ?? 0);
}

/** In the order of the daemon's answer; docker itself goes through them in random order. */
function taskOfEachNode(tasks: readonly Task[], nodes: ReadonlySet<string>): Task[] {
  const byNode = new Map<string, Task>();
  for (const task of tasks) {
    if (!nodes.has(task.NodeID)) continue;
    const existing = byNode.get(task.NodeID);
    if (!existing || rank(existing.Status.State) > rank(task.Status.State)) byNode.set(task.NodeID, task);
  }
  return [...byNode.values()];
}
